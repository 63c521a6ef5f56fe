"""The one clock of all business code, settable in tests.

Times are UTC everywhere; only day boundaries know a place (DESIGN part 7).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

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


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day `moment` falls on in `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Start (inclusive) and end (exclusive) of `day` in `zone`, as UTC moments.

    The day is 23 or 25 hours long where the zone changes its clocks.
    """
    place = ZoneInfo(zone)
    start = datetime.combine(day, time.min, place)
    end = datetime.combine(day + timedelta(days=1), time.min, place)
    return start.astimezone(UTC), end.astimezone(UTC)


def day_start(moment: datetime, zone: str) -> datetime:
    """When the day of `moment` begins in `zone`, UTC: "from that day on" means from then on."""
    return day_bounds(day_of(moment, zone), zone)[0]


def day_end(moment: datetime, zone: str) -> datetime:
    """The last second of the day of `moment` in `zone`, UTC: "until that day" includes it."""
    return day_bounds(day_of(moment, zone), zone)[1] - timedelta(seconds=1)
