"""Versions of the seller agreement: each is followed by the next, never changed."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import Agreement
from marketplace.domain.sellers.queries.requirements import today_of
from marketplace.domain.sellers.service.requirements.forms import AgreementForm
from marketplace.kit import clock, days
from marketplace.kit.errors import Invalid, Stale
from marketplace.kit.languages import N_
from marketplace.settings import settings

BOTH_TEXTS = N_("Write the agreement in both languages.")
SAME_TEXTS = N_("Nothing was changed since the newest version.")
PAST = N_("Choose today or a later day.")
TOO_FAR = N_("Choose a day within a year.")
BEFORE_THE_LAST = N_("The newest version begins later than this. Choose its day or a later one.")
MOST_AHEAD = timedelta(days=365)


def publish_agreement(
    session: Session, staff: Staff, form: AgreementForm, *, version: int, at: datetime
) -> int:
    """The next version, for applications handed in from its day on.

    `version` is the newest that was on the page. A text that has not begun yet is replaced by
    one more version for the same day. Raises `Invalid`, `Stale`.
    """
    staff.require(Permission.SELLERS_MANAGE)
    newest = session.exec(
        select(Agreement).order_by(col(Agreement.version).desc()).limit(1).with_for_update()
    ).first()
    if version != (newest.version if newest else 0):
        raise Stale
    begins = _checked(form, newest, at)
    row = Agreement(version=version + 1, text=form.text, text_zh=form.text_zh, published_at=begins)
    session.add(row)
    session.flush()
    audit.record(
        session,
        staff,
        "sellers.agreement_published",
        "agreement",
        str(row.version),
        at=at,
        after={"version": row.version, "from": clock.iso(begins)},
    )
    return row.version


def check_agreement(
    session: Session, staff: Staff, form: AgreementForm, *, at: datetime
) -> datetime:
    """From when it would count. Raises `Invalid`, as publishing it would."""
    staff.require(Permission.SELLERS_MANAGE)
    newest = session.exec(
        select(Agreement).order_by(col(Agreement.version).desc()).limit(1)
    ).first()
    return _checked(form, newest, at)


def _checked(form: AgreementForm, newest: Agreement | None, at: datetime) -> datetime:
    errors = {name: BOTH_TEXTS for name in ("text", "text_zh") if not getattr(form, name).strip()}
    if newest and not errors and (form.text, form.text_zh) == (newest.text, newest.text_zh):
        errors["text"] = SAME_TEXTS
    begins = _begins(form.begins_on, at, errors)
    if newest and "begins_on" not in errors and begins < newest.published_at:
        errors["begins_on"] = BEFORE_THE_LAST
    if errors:
        raise Invalid(errors)
    return begins


def _begins(day: date | None, at: datetime, errors: dict[str, str]) -> datetime:
    """At once, or at the beginning of a day to come in the platform's own time zone."""
    today = today_of(at)
    if day is None or day == today:
        return at
    if day < today:
        errors["begins_on"] = PAST
    elif day > today + MOST_AHEAD:
        errors["begins_on"] = TOO_FAR
    return days.day_bounds(day, settings().time_zone)[0]
