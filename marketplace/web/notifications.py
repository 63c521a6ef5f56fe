"""What is under the bell: loaded when it is opened, marked as read one by one or all at once."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.notifications import queries, service
from marketplace.kit import clock
from marketplace.kit.text import Id
from marketplace.settings import settings
from marketplace.web.guard.policy import allows
from marketplace.web.session import current_person
from marketplace.web.shell import ShellState


@dataclass(frozen=True, slots=True)
class Notice:
    """One line under the bell; `begins_day` puts the day above it."""

    id: str
    kind: str
    text: str
    link: str
    at: str
    begins_day: bool
    is_read: bool


class BellState(rx.State):
    """The twenty newest notices of whoever is here."""

    is_loaded: rx.Field[bool] = rx.field(False)
    notices: rx.Field[list[Notice]] = rx.field(default_factory=list)

    @rx.event
    @allows(Audience.PERSON)
    async def load(self):
        rows = await db.read(queries.recent, await current_person(self))
        self.notices, self.is_loaded = _by_day(rows), True

    @rx.event
    @allows(Audience.PERSON)
    async def open_or_shut(self, is_open: bool):
        return BellState.load if is_open else None

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def mark_read(self, notice_id: Id):
        await db.run(service.mark_read, await current_person(self), notice_id, at=clock.now())
        return [BellState.load, ShellState.load]

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def mark_all(self):
        await db.run(service.mark_all_read, await current_person(self), at=clock.now())
        return [BellState.load, ShellState.load]


def _by_day(rows: list[queries.NoticeRow]) -> list[Notice]:
    zone = ZoneInfo(settings().time_zone)
    notices: list[Notice] = []
    day = None
    for row in rows:
        own_day = row.created_at.astimezone(zone).date()
        notices.append(
            Notice(
                id=row.id,
                kind=row.kind,
                text=row.text,
                link=row.link,
                at=row.created_at.isoformat(),
                begins_day=own_day != day,
                is_read=row.is_read,
            )
        )
        day = own_day
    return notices
