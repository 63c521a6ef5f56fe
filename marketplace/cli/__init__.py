"""The command line: one file per group of verbs; importing it registers them."""

from marketplace.cli import (
    check,
    doctor,
    export,
    migrate,
    people,
    quote,
    reindex,
    seed,
    serve,
    verify,
    version,
    worker,
)
from marketplace.cli.app import run as main

__all__ = [
    "check",
    "doctor",
    "export",
    "main",
    "migrate",
    "people",
    "quote",
    "reindex",
    "seed",
    "serve",
    "verify",
    "version",
    "worker",
]
