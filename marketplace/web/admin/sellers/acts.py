"""What staff may send about one seller, and the small steps between a form and a service."""

from datetime import UTC, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.moderation.queries import ViolationRow, violations
from marketplace.domain.sellers.models import Switch
from marketplace.domain.sellers.queries import directory
from marketplace.domain.sellers.queries.directory import SellerDetail
from marketplace.domain.sellers.service import standing
from marketplace.flows.penalties import Penalty, suggest_penalty
from marketplace.flows.seller_health import SellerHealth, seller_health
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Key, Prose
from marketplace.settings import settings
from marketplace.web.guard.forms import Form

Code = Annotated[str, StringConstraints(max_length=60)]


class Restriction(Form):
    """`until` is a day of the platform's calendar; empty: until somebody lifts it."""

    switches: Annotated[list[Key], Field(max_length=len(Switch))]
    reason: Code
    note: Prose = ""
    until: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""


class Suspension(Form):
    reason: Code
    note: Prose = ""
    typed: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class Ending(Form):
    note: Prose = ""
    typed: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class Note(Form):
    note: Prose = ""


class Reason(Form):
    reason: Prose = ""


class Answer(Form):
    answer: Prose = ""


class Level(Form):
    level: Code


def opened(
    session: Session, staff: Staff, seller_id: str, *, at: datetime
) -> tuple[SellerDetail, list[ViolationRow], Penalty, SellerHealth]:
    """Raises `NotFound`."""
    staff.require(Permission.SELLERS_READ)
    detail = directory.seller(session, staff, seller_id)
    broken = violations(session, staff, seller_id, at=at)
    health = seller_health(session, staff, seller_id, at=at)
    return detail, broken, suggest_penalty(session, staff, seller_id, at=at), health


def restrict(
    session: Session, staff: Staff, seller_id: str, form: Restriction, *, at: datetime
) -> None:
    staff.require(Permission.SELLERS_MANAGE)
    known = {switch.value for switch in Switch}
    chosen = [Switch(key) for key in form.switches if key in known]
    standing.restrict(
        session,
        staff,
        seller_id,
        chosen,
        reason=form.reason,
        note=form.note,
        until=_start_of(form.until),
        at=at,
    )


def suspend(
    session: Session, staff: Staff, seller_id: str, form: Suspension, *, at: datetime
) -> None:
    """Raises `Invalid` if the name of the shop was not typed."""
    staff.require(Permission.SELLERS_MANAGE)
    staff.require_fresh_proof(at)
    _check_name(session, staff, seller_id, form.typed)
    standing.suspend(session, staff, seller_id, reason=form.reason, note=form.note, at=at)


def terminate(
    session: Session, staff: Staff, seller_id: str, form: Ending, *, at: datetime
) -> None:
    """Raises `Invalid` if the name of the shop was not typed."""
    staff.require(Permission.SELLERS_MANAGE)
    staff.require_fresh_proof(at)
    _check_name(session, staff, seller_id, form.typed)
    standing.terminate(session, staff, seller_id, note=form.note, at=at)


def _check_name(session: Session, staff: Staff, seller_id: str, typed: str) -> None:
    row = directory.seller(session, staff, seller_id).row
    if typed not in {row.name, row.name_zh}:
        raise Invalid({"typed": N_("Type the name exactly as it is written above.")})


def _start_of(day: str) -> datetime | None:
    """The day's first moment in the platform's zone, as UTC."""
    if not day:
        return None
    try:
        first = datetime.fromisoformat(day).date()
    except ValueError:
        raise Invalid({"until": N_("This day does not exist.")}) from None
    start = datetime.combine(first, time.min, ZoneInfo(settings().time_zone))
    return start.astimezone(UTC)
