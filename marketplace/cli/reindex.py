"""`marketplace reindex`: the search index built anew."""

from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from marketplace import db
from marketplace.cli.app import AsJson, answer, app
from marketplace.flows import index_listing
from marketplace.jobs import reindex as job


@app.command("reindex")
def reindex(as_json: AsJson = False) -> None:
    """Build the search index anew from what is on sale."""
    total = db.call_reading(index_listing.count_live)
    columns = (TextColumn("Indexing"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True, disable=as_json) as progress:
        shown = progress.add_task("index", total=total)
        done = job.reindex(lambda count: progress.update(shown, completed=count))
    words = f"{done['listings']} listings are in the index, {done['forgotten']} left it."
    answer(done, as_json=as_json, words=words)
