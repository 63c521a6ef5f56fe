"""`marketplace migrate`: bring the database to the shape this code expects."""

from typing import Annotated

import typer

from marketplace import migrations
from marketplace.cli.app import AsJson, Exit, answer, app

To = Annotated[str, typer.Option(help="A revision, or `head`, or `-1` to take one step back.")]
Check = Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 if it is behind.")]


@app.command()
def migrate(to: To = "head", check: Check = False, as_json: AsJson = False) -> None:
    """Bring the database up to date. Running it twice does nothing twice."""
    before = migrations.current()
    if not check:
        if to.startswith("-") or to == "base":
            migrations.downgrade(to=to)
        else:
            migrations.upgrade(to=to)
    now = migrations.current()
    told = {"before": before, "now": now, "head": migrations.head()}
    answer(told, as_json=as_json, words=_in_words(before, now))
    if check and now != migrations.head():
        raise typer.Exit(Exit.WRONG)


def _in_words(before: str | None, now: str | None) -> str:
    if now == before:
        is_newest = now == migrations.head()
        return "The database is up to date." if is_newest else f"The database stays at {now}."
    return f"The database went from {before or 'empty'} to {now or 'empty'}."
