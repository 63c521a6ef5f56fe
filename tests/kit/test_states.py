"""State machines: one table of moves, and final is what has no row."""

from enum import StrEnum

import pytest

from marketplace.kit.states import Machine, MoveNotAllowed


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    BRICKED_UP = "bricked_up"


DOOR = Machine(
    Door,
    {
        Door.OPEN: frozenset({Door.SHUT}),
        Door.SHUT: frozenset({Door.OPEN, Door.BRICKED_UP}),
    },
)
ALLOWED = {(Door.OPEN, Door.SHUT), (Door.SHUT, Door.OPEN), (Door.SHUT, Door.BRICKED_UP)}


@pytest.mark.parametrize("now", Door)
@pytest.mark.parametrize("then", Door)
def test_only_the_moves_of_the_table_are_allowed(now: Door, then: Door) -> None:
    if (now, then) in ALLOWED:
        DOOR.check(now, then)
    else:
        with pytest.raises(MoveNotAllowed):
            DOOR.check(now, then)
    assert DOOR.allows(now, then) is ((now, then) in ALLOWED)


def test_a_state_without_moves_is_final() -> None:
    assert [state for state in Door if DOOR.is_final(state)] == [Door.BRICKED_UP]
