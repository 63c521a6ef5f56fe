"""Who hears what of a seller or an application: bell, letter, and the rest of the market."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import PersonAccount, RolePermission, StaffRole
from marketplace.domain.notifications import service as notifications
from marketplace.domain.outbox import service as outbox
from marketplace.domain.sellers.models import SellerMembership
from marketplace.kit import days, formats
from marketplace.kit.errors import Words
from marketplace.kit.ids import new_id
from marketplace.kit.languages import Locale, as_locale, translate
from marketplace.settings import settings

CHANGED = "seller.changed"
"""The outbox topic that says: switches or face of this seller changed without a move."""


@dataclass(frozen=True, slots=True)
class Both:
    """A name in both languages; the reader gets theirs."""

    en: str
    zh: str

    def in_(self, locale: Locale) -> str:
        return self.zh or self.en if locale == "zh-CN" else self.en


MOST_TOLD = 50
"""Staff who get a notice of one event."""


def tell_market(session: Session, seller_id: str, *, at: datetime) -> None:
    """Owe the reactions (`flows.reactions`) to a seller whose switches or shop changed."""
    outbox.put(session, CHANGED, f"{CHANGED}:{new_id('msg')}", {"seller_id": seller_id}, at=at)


def tell_person(
    session: Session,
    person_id: str,
    kind: str,
    message: str,
    *,
    at: datetime,
    link: str,
    letter: str = "",
    labels: Mapping[str, str] | None = None,
    days: Mapping[str, date] | None = None,
    **words: Words | Both,
) -> None:
    """A line under the bell and, where `letter` names one and is wanted, a letter.

    `labels` (message ids) and `days` are said in the reader's language, in the letter alone.
    """
    reader = session.get(PersonAccount, person_id)
    if reader is None or reader.disabled_at is not None:
        return
    locale: Locale = as_locale(reader.locale) or "en"
    told = {
        name: word.in_(locale) if isinstance(word, Both) else word for name, word in words.items()
    }
    notifications.notify(session, person_id, kind, message, at=at, link=link, **told)
    if not letter or not notifications.wants_mail(session, person_id, kind):
        return
    spoken: dict[str, Words] = {
        "name": reader.name,
        "link": settings().public_url + link,
        **told,
        **{name: translate(locale, label) for name, label in (labels or {}).items()},
        **{name: formats.day(day, locale) for name, day in (days or {}).items()},
    }
    notifications.write_letter(
        session, reader.email, locale, letter, spoken, at=at, person_id=person_id
    )


def tell_shop(
    session: Session,
    seller_id: str,
    message: str,
    *,
    at: datetime,
    link: str,
    letter: str = "",
    labels: Mapping[str, str] | None = None,
    days: Mapping[str, date] | None = None,
    **words: Words | Both,
) -> None:
    """`tell_person` for every member who manages the shop."""
    for person_id in managers(session, seller_id):
        tell_person(
            session,
            person_id,
            "shop",
            message,
            at=at,
            link=link,
            letter=letter,
            labels=labels,
            days=days,
            **words,
        )


def tell_reviewers(
    session: Session,
    permission: Permission,
    message: str,
    *,
    at: datetime,
    link: str,
    **words: Words,
) -> None:
    """A line under the bell of the staff who may decide."""
    people = session.exec(
        select(StaffRole.person_id)
        .join(RolePermission, col(RolePermission.role_id) == col(StaffRole.role_id))
        .where(RolePermission.permission == permission.value)
        .distinct()
        .order_by(col(StaffRole.person_id))
        .limit(MOST_TOLD)
    )
    for person_id in people.all():
        notifications.notify(session, person_id, "review", message, at=at, link=link, **words)


def managers(session: Session, seller_id: str) -> list[str]:
    """The members who manage the shop, by id."""
    found = session.exec(
        select(SellerMembership.person_id)
        .join(RolePermission, col(RolePermission.role_id) == col(SellerMembership.role_id))
        .where(
            SellerMembership.seller_id == seller_id,
            RolePermission.permission == Permission.SHOP_MANAGE.value,
        )
        .order_by(col(SellerMembership.joined_at), col(SellerMembership.person_id))
    )
    return list(found)


def day(moment: datetime) -> date:
    """The platform's calendar day of a moment, for letters."""
    return days.day_of(moment, settings().time_zone)
