"""The one clock of all business code, settable in tests.

Times are UTC everywhere (DESIGN part 7); calendar days are in `kit/days.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """The present moment, UTC, to the microsecond."""
    moment = _source() if _source else datetime.now(UTC)
    if moment.tzinfo is None:
        raise ValueError("the clock gave a naive moment")
    return moment.astimezone(UTC)


@contextmanager
def running_on(source: Callable[[], datetime]) -> Iterator[None]:
    """Let `source` tell the time inside the block; for tests and simulations."""
    global _source  # noqa: PLW0603  the one place that sets it
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


def iso(moment: datetime | None) -> str:
    """ISO 8601 in UTC, as rows carry moments to a screen; empty for none."""
    return moment.astimezone(UTC).isoformat() if moment else ""
