"""State machines as one table of allowed moves (DESIGN part 5)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

S = TypeVar("S", bound=StrEnum)


class MoveNotAllowed(DomainError):
    """The thing is in a state from which this move does not exist."""

    message = N_("This is not possible in its present state.")


class Machine(Generic[S]):
    """Which states follow which. States without a row are final."""

    def __init__(self, states: type[S], moves: Mapping[S, frozenset[S]]) -> None:
        self.states = states
        self.moves = {state: moves.get(state, frozenset()) for state in states}

    def allows(self, now: S, then: S) -> bool:
        return then in self.moves[now]

    def check(self, now: S, then: S) -> None:
        """Raise `MoveNotAllowed` unless the table has the move."""
        if not self.allows(now, then):
            raise MoveNotAllowed

    def is_final(self, state: S) -> bool:
        return not self.moves[state]
