"""What an invariant, an offender and a finding are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.audit.rules import Head


@dataclass(frozen=True, slots=True)
class Offender:
    """Something that breaks an invariant: what kind of thing, which one, and how."""

    kind: str
    id: str
    detail: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is checked, and what is known from outside the database."""

    at: datetime
    witness: Head | None = None


@dataclass(frozen=True, slots=True)
class Invariant:
    id: str
    title: str
    find: Callable[[Session, Moment], Sequence[Offender]]


@dataclass(frozen=True, slots=True)
class Finding:
    id: str
    title: str
    offenders: tuple[Offender, ...]

    @property
    def is_green(self) -> bool:
        return not self.offenders
