"""The root of the command, and how every verb answers: people in words, programs in JSON."""

import json
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from marketplace.kit.errors import DomainError
from marketplace.kit.languages import translate

app = typer.Typer(
    name="marketplace",
    help="Jishi: run and look after the marketplace.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


class Exit(IntEnum):
    """What the shell learns: all is well, something was found wrong, or the call was wrong."""

    FINE = 0
    WRONG = 1
    USAGE = 2


def run() -> None:
    """Run the command line."""
    told_plainly(app)


def told_plainly(work: Callable[[], None]) -> None:
    """Do `work`; a broken rule or setting is one sentence and an exit code, not a traceback."""
    try:
        work()
    except typer.Exit as end:
        sys.exit(end.exit_code)
    except ValidationError as invalid:
        for fault in invalid.errors():
            variable = "MARKETPLACE_" + "_".join(str(part) for part in fault["loc"]).upper()
            err.print(f"{variable}: {fault['msg']}", markup=False)
        sys.exit(Exit.USAGE)
    except DomainError as broken:
        err.print(translate("en", broken.message, **broken.words), markup=False)
        sys.exit(Exit.WRONG)


def answer(result: dict[str, Any], *, as_json: bool, words: str) -> None:
    """Print `result` as one JSON object, or `words` for a person."""
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    else:
        out.print(words, markup=False, soft_wrap=True)


def refuse(words: str, code: Exit = Exit.WRONG) -> typer.Exit:
    """Say why not, on standard error. Use as `raise refuse("…")`."""
    err.print(words, markup=False)
    return typer.Exit(code)
