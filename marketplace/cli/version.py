"""`marketplace version`: what is running here."""

import platform
from importlib.metadata import version as of

from marketplace import migrations
from marketplace.cli.app import AsJson, answer, app
from marketplace.kit.version import VERSION


@app.command()
def version(as_json: AsJson = False) -> None:
    """Print the versions of Jishi, Python, Reflex and the database's shape."""
    told = {
        "version": VERSION,
        "python": platform.python_version(),
        "reflex": of("reflex"),
        "schema": migrations.head(),
    }
    words = f"Jishi {VERSION} (Python {told['python']}, Reflex {told['reflex']})"
    answer(told, as_json=as_json, words=words)
