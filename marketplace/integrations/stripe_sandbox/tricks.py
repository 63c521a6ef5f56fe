"""Faults on purpose: of answers (`api`) and of webhooks (`webhook`), each for a number of times."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

Side = Literal["api", "webhook"]
Fault = Literal["before", "after", "saved500", "after500", "409", "429", "slow"]
Mishap = Literal["drop", "duplicate", "second_event", "reorder", "delay", "hold"]


@dataclass(frozen=True, slots=True)
class Trick:
    kind: str
    seconds: int


def plan(  # noqa: PLR0917  the columns of the plan
    db: sqlite3.Connection,
    side: Side,
    kind: Fault | Mishap,
    method: str,
    prefix: str,
    seconds: int,
    times: int,
) -> None:
    """The next `times` that `method` (empty: any) meets something that begins with `prefix`."""
    db.execute(
        "INSERT INTO trick(side, kind, method, prefix, seconds, remaining) VALUES (?,?,?,?,?,?)",
        (side, kind, method, prefix, seconds, times),
    )


def taken(db: sqlite3.Connection, side: Side, method: str, name: str) -> Trick | None:
    """The first planned trick that fits, which is then used up by one."""
    row = db.execute(
        "SELECT seq, kind, seconds FROM trick WHERE side = ? AND remaining > 0 "
        "AND method IN ('', ?) AND substr(?, 1, length(prefix)) = prefix ORDER BY seq LIMIT 1",
        (side, method, name),
    ).fetchone()
    if row is None:
        return None
    db.execute("UPDATE trick SET remaining = remaining - 1 WHERE seq = ?", (row[0],))
    return Trick(row[1], row[2])


def is_planned(db: sqlite3.Connection) -> bool:
    """Asked first, because reading is cheap and almost always says no."""
    return db.execute("SELECT 1 FROM trick WHERE remaining > 0 LIMIT 1").fetchone() is not None
