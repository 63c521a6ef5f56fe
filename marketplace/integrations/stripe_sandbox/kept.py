"""Answers kept under their idempotency key for a day, the 500 among them (money.md 1.4)."""

import sqlite3

from marketplace.integrations.stripe_sandbox.wire import ApiError

KEPT_FOR = 24 * 60 * 60  # seconds
STALE_AFTER = 120  # seconds after which a request that never ended counts as dead


def claim(
    db: sqlite3.Connection, account: str, key: str, fingerprint: str, at: int
) -> tuple[int, dict[str, str], bytes] | None:
    """The kept answer; None if the key is ours now. Raises where it is in use or meant something else."""
    row = db.execute(
        "SELECT fingerprint, at, status, body FROM kept WHERE account = ? AND key = ?",
        (account, key),
    ).fetchone()
    if row is not None:
        before, since, status, body = row
        is_forgotten = at - since >= (KEPT_FOR if status else STALE_AFTER)
        if not is_forgotten:
            return _replayed(before, fingerprint, key, status, body)
    db.execute("DELETE FROM kept WHERE at <= ?", (at - KEPT_FOR,))
    forget(db, account, key)
    db.execute("INSERT INTO kept VALUES (?,?,?,?,NULL,NULL)", (account, key, fingerprint, at))
    return None


def _replayed(
    before: str, fingerprint: str, key: str, status: int | None, body: bytes
) -> tuple[int, dict[str, str], bytes]:
    if before != fingerprint:
        message = (
            "Keys for idempotent requests can only be used with the same parameters "
            f"they were first used with: '{key}'."
        )
        raise ApiError(400, message, kind="idempotency_error", is_kept=False)
    if status is None:
        message = f"There is currently another in-progress request using the key '{key}'."
        raise ApiError(409, message, "idempotency_key_in_use", kind="idempotency_error")
    should_retry = {"Stripe-Should-Retry": "false"} if status >= 500 else {}
    return status, {"Idempotent-Replayed": "true"} | should_retry, body


def keep(db: sqlite3.Connection, account: str, key: str, status: int, body: bytes) -> None:
    db.execute(
        "UPDATE kept SET status = ?, body = ? WHERE account = ? AND key = ?",
        (status, body, account, key),
    )


def forget(db: sqlite3.Connection, account: str, key: str) -> None:
    db.execute("DELETE FROM kept WHERE account = ? AND key = ?", (account, key))
