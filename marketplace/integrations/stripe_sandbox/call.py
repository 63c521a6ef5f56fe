"""One call under way: whose it is, when it is, and the objects of that account."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.integrations.stripe_sandbox.store import Store
from marketplace.integrations.stripe_sandbox.wire import Body, Params, invalid, missing

PAGE = ("limit", "starting_after", "ending_before", "expand")
MOMENTS = ("gt", "gte", "lt", "lte")
COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(frozen=True, slots=True)
class World:
    """What the operator of the sandbox decided."""

    store: Store
    pay_url: str  # the hosted page is at this address, with the session's id behind it
    overdraft: int  # minor units by which refunds may take the balance below nothing


@dataclass(frozen=True, slots=True)
class Call:
    world: World
    db: sqlite3.Connection
    account: str  # empty for the platform itself
    now: int  # seconds since 1970, UTC
    request_id: str | None = None
    key: str | None = None

    def draw(self, prefix: str, length: int = 24) -> str:
        return self.world.store.drawn(self.db, prefix, length)

    def add(self, body: Body, **hidden: Any) -> Body:
        self.db.execute(
            "INSERT INTO object(account, kind, id, created, body, hidden) VALUES (?,?,?,?,?,?)",
            (
                self.account,
                body["object"],
                body["id"],
                body["created"],
                json.dumps(body),
                json.dumps(hidden),
            ),
        )
        return body

    def keep(self, body: Body) -> Body:
        """Write an object back."""
        self.db.execute(
            "UPDATE object SET body = ? WHERE account = ? AND id = ?",
            (json.dumps(body), self.account, body["id"]),
        )
        return body

    def find(self, kind: str, name: str, param: str = "id") -> Body:
        """Raises the 404 that also answers for what belongs to another account."""
        found = self.peek(name)
        if found is None or found["object"] != kind:
            raise missing(kind, name, param)
        return found

    def peek(self, name: str) -> Body | None:
        row = self.db.execute(
            "SELECT body FROM object WHERE account = ? AND id = ?", (self.account, name)
        ).fetchone()
        return _loaded(row) if row else None

    def hidden(self, name: str) -> Body:
        """What the sandbox knows of an object and does not show."""
        row = self.db.execute(
            "SELECT hidden FROM object WHERE account = ? AND id = ?", (self.account, name)
        ).fetchone()
        return _loaded(row) if row else {}

    def hide(self, name: str, **parts: Any) -> None:
        self.db.execute(
            "UPDATE object SET hidden = ? WHERE account = ? AND id = ?",
            (json.dumps(self.hidden(name) | parts), self.account, name),
        )

    def those(self, kind: str, field: str, value: str) -> list[Body]:
        """All objects with this value in this field, oldest first."""
        rows = self.db.execute(
            f"SELECT body FROM object WHERE account = ? AND kind = ? "  # noqa: S608  our own names
            f"AND json_extract(body, '$.{field}') = ? ORDER BY seq",
            (self.account, kind, value),
        )
        return [_loaded(row) for row in rows]

    def later(self, at: int, deed: str, name: str) -> None:
        """Let `deed` happen to an object when the clock has reached `at`."""
        self.db.execute("INSERT INTO due VALUES (?,?,?,?)", (at, self.account, deed, name))


def page(
    call: Call,
    kind: str,
    url: str,
    values: Body,
    *filters: str,
    extra: tuple[str, ...] = (),
    also: Callable[[Body], bool] | None = None,
) -> Body:
    """Stripe's list: newest first, up to 100, by cursor. `filters` are fields to compare;
    `extra` parameters are known, and `also` judges by them."""
    params = Params(values, "created", *PAGE, *filters, *extra)
    asked = params.number("limit")
    limit = 10 if asked is None else asked
    if not 1 <= limit <= 100:
        raise invalid("limit must be between 1 and 100.", "limit", "parameter_invalid_integer")
    where: list[str]
    words: list[str | int | None]
    where, words = ["account = ?", "kind = ?"], [call.account, kind]
    for name in filters:
        if value := params.text(name):
            where.append(f"json_extract(body, '$.{name}') = ?")
            words.append(value)
    _narrow(params, values, where, words)
    is_backwards = "ending_before" in params
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if cursor := params.text(name):
            where.append(f"seq {sign} ?")
            words.append(_place(call, kind, cursor, name))
    rows = call.db.execute(
        f"SELECT body FROM object WHERE {' AND '.join(where)} "  # noqa: S608  our own names
        f"ORDER BY seq {'ASC' if is_backwards else 'DESC'}",
        words,
    )
    found: list[Body] = []
    for row in rows:
        body = _loaded(row)
        if also is None or also(body):
            found.append(body)
        if len(found) > limit:
            break
    shown = found[:limit]
    if is_backwards:
        shown.reverse()
    return {"object": "list", "url": url, "has_more": len(found) > limit, "data": shown}


def _narrow(params: Params, values: Body, where: list[str], words: list[str | int | None]) -> None:
    """`created=…` or `created[gte]=…`."""
    if isinstance(values.get("created"), str):
        where.append("created = ?")
        words.append(params.number("created"))
    elif "created" in params:
        moments = params.below("created", *MOMENTS)
        for name in MOMENTS:
            if (moment := moments.number(name)) is not None:
                where.append(f"created {COMPARISONS[name]} ?")
                words.append(moment)


def _place(call: Call, kind: str, cursor: str, param: str) -> int:
    row = call.db.execute(
        "SELECT seq FROM object WHERE account = ? AND kind = ? AND id = ?",
        (call.account, kind, cursor),
    ).fetchone()
    if row is None:
        raise invalid(f"No such {kind}: '{cursor}'", param, "resource_missing")
    place: int = row[0]
    return place


def _loaded(row: tuple[str]) -> Body:
    body: Body = json.loads(row[0])
    return body
