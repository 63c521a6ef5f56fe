"""One deed for many rows: each in its own transaction, and what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

from pydantic import Field
from reflex_base.event import EventSpec
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Actor
from marketplace.kit.errors import DomainError, StepUpNeeded
from marketplace.kit.languages import N_, translate
from marketplace.kit.text import Id
from marketplace.web.messages import say

A = TypeVar("A", bound=Actor)
P = ParamSpec("P")
Ids = Annotated[list[Id], Field(min_length=1, max_length=50)]


@dataclass(frozen=True, slots=True)
class Outcome:
    done: int
    refused: int = 0
    reason: str = ""
    """Why the first of the refused was."""


async def each(
    work: Callable[Concatenate[Session, A, str, P], Any],
    actor: A,
    ids: Sequence[str],
    *args: P.args,
    **words: P.kwargs,
) -> Outcome:
    """`work(session, actor, id, …)` for every id; one that is refused stops no other.

    Raises `StepUpNeeded` at once: it would refuse all of them.
    """
    done, reasons = 0, []
    for id_ in dict.fromkeys(ids):
        try:
            await db.run(work, actor, id_, *args, **words)
            done += 1
        except StepUpNeeded:
            raise
        except DomainError as refusal:
            reasons.append(translate(actor.locale, refusal.message, **refusal.words))
    return Outcome(done, len(reasons), reasons[0] if reasons else "")


def say_outcome(outcome: Outcome) -> EventSpec:
    """A toast with the counts; with the first reason if any was refused."""
    if not outcome.refused:
        return say(N_("Done: {done}."), done=outcome.done)
    return say(
        N_("Done: {done}. Refused: {refused}. {reason}"),
        "warning",
        done=outcome.done,
        refused=outcome.refused,
        reason=outcome.reason,
    )
