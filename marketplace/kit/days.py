"""Calendar days of a place: the only thing that knows one, for times are UTC (DESIGN part 7)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


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
