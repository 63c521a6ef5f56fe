"""What must hold on the way of an import. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

SHOWN_FAULTS = 50


class NotChecked(DomainError):
    """Nothing is written before the whole file was looked at."""

    message = N_("This file was not checked yet.")


class AlreadyRunning(DomainError):
    message = N_("This import is at work already.")


class HasFaults(DomainError):
    """Some rows cannot be imported, and nobody asked for the others alone: nothing is written."""

    message = N_("Some rows have errors, so nothing was imported. Choose “valid rows only”.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A fault or a note as its reader sees it: a sentence in their language."""

    row: int
    column: str
    name: str
    handle: str
    message: str
    is_note: bool


def signature(header: Iterable[str]) -> str:
    """The same columns in the same order, whatever their case."""
    return sha256("\n".join(name.casefold() for name in header).encode()).hexdigest()
