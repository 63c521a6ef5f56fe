"""Time in tests: four in the afternoon of a Monday in Shanghai, standing still."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass
class FrozenClock:
    """Time as the test says: `moment` can be set, or moved on."""

    moment: datetime = MONDAY

    def advance(self, **by: float) -> datetime:
        """Move on by `hours=3` or whatever `timedelta` takes; returns the new moment."""
        self.moment += timedelta(**by)
        return self.moment
