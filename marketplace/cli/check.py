"""`marketplace check --deploy`: is this configuration fit for production?"""

from typing import Annotated

import typer

from marketplace.cli.app import AsJson, Exit, answer, app, refuse
from marketplace.settings import settings
from marketplace.settings.checks import faults


@app.command()
def check(
    deploy: Annotated[bool, typer.Option("--deploy", help="Check what production needs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Refuse unsafe settings, one line per fault; the values are never printed."""
    if not deploy:
        raise refuse("Say what to check: --deploy.", Exit.USAGE)
    found = faults(settings())
    lines = [f"{fault.variable} {fault.sentence}" for fault in found]
    answer(
        {
            "ok": not found,
            "faults": [{"variable": f.variable, "sentence": f.sentence} for f in found],
        },
        as_json=as_json,
        words="\n".join(lines) or "Fit for production.",
    )
    if found:
        raise typer.Exit(Exit.WRONG)
