"""Demo data: the same believable people and shops on every machine, in both languages.

Everything goes through the services a person would use, so the audit log, letters and notices
are real ones. Later capabilities add their part here.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyotp
from sqlalchemy import update
from sqlmodel import Session, func, select

from marketplace.domain.access.models import Audience, Person, Staff, System
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.service import people, roles
from marketplace.domain.accounts.service.second_factor import PURPOSE
from marketplace.domain.moderation import service as moderation
from marketplace.domain.notifications import service as notifications
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.domain.sellers import service as sellers
from marketplace.domain.sellers.service import documents, requirements
from marketplace.flows.seed.businesses import APPLICANTS, FIRST, SELLERS
from marketplace.flows.seed.shops import (
    Office,
    bring_application,
    bring_to_state,
    open_shop,
)
from marketplace.flows.seed.shops import papers as papers
from marketplace.flows.seed.taxonomy import seed_taxonomy
from marketplace.kit import clock, ids
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_, Locale
from marketplace.kit.sealing import seal, unseal
from marketplace.settings import settings

DOMAIN = "jishi.example"
PASSWORD = "paper-lantern-river"  # noqa: S105  a demo's, printed at start and refused in production
HISTORY = timedelta(days=75)
HELLO = System(id="seed", name="Demo data")


class NotEmpty(DomainError):
    """There are people already; demo data is for an empty database."""

    message = N_("The database is not empty. Demo data is only for an empty one.")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    key: str
    name: str
    locale: Locale
    staff_role: str = ""
    shops: tuple[tuple[str, str], ...] = ()
    """(shop slug, role code) pairs."""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class DemoShop:
    slug: str
    name: str
    name_zh: str
    about: str
    about_zh: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of what `make run` prints."""

    email: str
    name: str
    role: str
    place: str
    needs_code: bool


SHOPS = tuple(DemoShop(one.slug, one.name, one.name_zh, one.about, one.about_zh) for one in FIRST)

PEOPLE = (
    DemoPerson("lin.na", "Lin Na", "en", staff_role="super"),
    DemoPerson("chen.hao", "Chen Hao", "zh-CN", staff_role="operations"),
    DemoPerson("wang.qi", "Wang Qi", "zh-CN", staff_role="moderator"),
    DemoPerson("huang.jing", "Huang Jing", "en", staff_role="finance_maker"),
    DemoPerson("zhao.yi", "Zhao Yi", "zh-CN", staff_role="finance_checker"),
    DemoPerson("sun.mei", "Sun Mei", "zh-CN", staff_role="support"),
    DemoPerson("emma.clark", "Emma Clark", "en", staff_role="auditor"),
    DemoPerson("qiu.shan", "Qiu Shan", "zh-CN", shops=(("qingshan-ceramics", "owner"),)),
    DemoPerson("tao.yun", "Tao Yun", "zh-CN", shops=(("qingshan-ceramics", "catalogue"),)),
    DemoPerson(
        "daniel.reed",
        "Daniel Reed",
        "en",
        shops=(("strider-lab", "owner"), ("qingshan-ceramics", "seller_support")),
    ),
    DemoPerson("mia.torres", "Mia Torres", "en", shops=(("strider-lab", "fulfilment"),)),
    DemoPerson("xu.lei", "Xu Lei", "zh-CN"),
    DemoPerson("grace.ho", "Grace Ho", "en"),
)


OWNERS = tuple(DemoPerson(one.key, one.owner, one.locale) for one in (*SELLERS, *APPLICANTS))
"""People behind the other shops and the applications; the demo does not print them."""

FAMILY = ("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Baker", "Hughes", "Moreau", "Novak")
GIVEN = (
    "Yan",
    "Jun",
    "Mei",
    "Hao",
    "Lan",
    "Ping",
    "Alice",
    "Oscar",
    "Nina",
    "Victor",
    "Clara",
    "Hugo",
)
BUYERS = {"s": 0, "m": 200, "l": 2_000}
"""Buyers beyond the named ones, by size."""


def seed(
    session: Session,
    *,
    password_hash: str,
    at: datetime,
    size: str = "s",
    number: int = 42,
    only_named: bool = False,
) -> int:
    """Fill an empty database and return how many people it has now.

    `only_named` leaves it at the people and shops the demo prints, which is quick. The same `number` and `at` give the same rows, secrets apart. Raises `NotEmpty`.
    """
    if session.exec(select(func.count()).select_from(PersonAccount)).one():
        raise NotEmpty
    chance = random.Random(number)  # noqa: S311  believable, not secret
    teller = _Teller(at - HISTORY, chance)
    with clock.running_on(teller.now), ids.drawing_from(chance.getrandbits):
        roles.ensure_presets(session)
        requirements.ensure_defaults(session, at=teller.now())
        moderation.install_defaults(session)
        if not only_named:
            seed_taxonomy(session, HELLO, at=teller.now())
        for person in PEOPLE if only_named else (*PEOPLE, *OWNERS):
            _settle(session, person, password_hash, at=teller.next())
        office = Office(_staff(session, "chen.hao"), _staff(session, "lin.na"))
        teller.spread(3 * len(OWNERS) + 20, until=at - timedelta(hours=1))
        shops = (
            _open_plainly(session, teller) if only_named else _open_all(session, office, teller, at)
        )
        for person in PEOPLE:
            _employ(session, person, shops, at=teller.now())
        for business in () if only_named else APPLICANTS:
            bring_application(
                session, business, _person(session, business.key), office, teller.next(), at
            )
        for count in range(BUYERS[size]):
            buyer = _buyer(chance, count)
            _settle(session, buyer, password_hash, at=teller.now())
    for seller_id in documents.due_sellers(session):
        documents.perform_due_of(session, seller_id, at=at)
    # what the past owed is owed from today: nobody was there to be late
    session.exec(update(OutboxMessage).values(due_at=at))
    return len(PEOPLE) + (0 if only_named else len(OWNERS)) + BUYERS[size]


def sign_ins() -> list[SignIn]:
    """Who can sign in to the demo, and as what."""
    names = {shop.slug: shop.name for shop in SHOPS}
    return [
        SignIn(
            person.email,
            person.name,
            person.staff_role or (person.shops[0][1] if person.shops else "buyer"),
            "staff" if person.staff_role else (names[person.shops[0][0]] if person.shops else ""),
            bool(person.staff_role),
        )
        for person in PEOPLE
    ]


def demo_code(session: Session, email: str, *, at: datetime) -> str:
    """The code a demo person's authenticator would show now; empty for anybody else."""
    if not settings().demo or not email.endswith(f"@{DOMAIN}"):
        return ""
    person = people.find(session, email)
    if person is None or not person.totp_secret:
        return ""
    return pyotp.TOTP(unseal(settings().key(), PURPOSE, person.totp_secret)).at(at)


def _buyer(chance: random.Random, count: int) -> DemoPerson:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    key = f"{given}.{family}.{count + 1}".lower()
    return DemoPerson(key, f"{given} {family}", chance.choice(("en", "zh-CN")))


class _Teller:
    """Tells the time of the demo's past: each thing happens some hours after the one before."""

    def __init__(self, start: datetime, chance: random.Random) -> None:
        self._at, self._chance = start, chance
        self._step: timedelta | None = None

    def now(self) -> datetime:
        return self._at

    def next(self) -> datetime:
        self._at += self._step or timedelta(minutes=self._chance.randint(60, 60 * 40))
        return self._at

    def spread(self, count: int, *, until: datetime) -> None:
        """From now on `count` steps of the same length fit before `until`."""
        self._step = (until - self._at) / (count + 1)


def _open_plainly(session: Session, teller: _Teller) -> dict[str, str]:
    """The shops whose people the demo prints, without the way that led there."""
    return {
        shop.slug: sellers.open_seller(
            session,
            HELLO,
            name=shop.name,
            name_zh=shop.name_zh,
            slug=shop.slug,
            about=shop.about,
            about_zh=shop.about_zh,
            at=teller.next(),
        )
        for shop in SHOPS
    }


def _open_all(
    session: Session, office: Office, teller: _Teller, seeded: datetime
) -> dict[str, str]:
    """Every shop by its slug; those with a fate of their own meet it afterwards."""
    shops = {}
    for business in (*FIRST, *SELLERS):
        owner = _person(session, business.key)
        shops[business.slug] = open_shop(session, business, owner, office, teller.next(), seeded)
    for business in SELLERS:
        owner = _person(session, business.key)
        seller_id, then = shops[business.slug], teller.next()
        bring_to_state(session, business, owner, seller_id, office, at=then, seeded=seeded)
    return shops


def _person(session: Session, key: str) -> Person:
    row = people.find(session, f"{key}@{DOMAIN}")
    assert row is not None
    return Person(id=row.id, name=row.name, ip=f"198.51.100.{len(row.id + key) % 200 + 1}")


def _staff(session: Session, key: str) -> Staff:
    """A member of staff as they would be in the middle of their work."""
    person = _person(session, key)
    names, rights = identity.staff_rights(session, person.id)
    return Staff(
        id=person.id,
        name=person.name,
        roles=names,
        permissions=rights,
        proved_at=datetime.max.replace(tzinfo=UTC),
    )


def _settle(session: Session, person: DemoPerson, password_hash: str, *, at: datetime) -> None:
    row = people.create(
        session,
        email=person.email,
        name=person.name,
        password_hash=password_hash,
        locale=person.locale,
        at=at,
        is_verified=True,
    )
    if person.staff_role:
        role = roles.role_by_code(session, Audience.STAFF, person.staff_role)
        assert role is not None
        roles.grant(session, HELLO, row.id, role.id, at=at)
        row.totp_secret = seal(settings().key(), PURPOSE, pyotp.random_base32())
        row.totp_enrolled_at = at
        session.add(row)
    notifications.notify(
        session,
        row.id,
        "team",
        N_("Welcome to {place}. Look around: everything here is demo data."),
        at=at,
        place=settings().name,
    )


def _employ(session: Session, person: DemoPerson, shops: dict[str, str], *, at: datetime) -> None:
    """Owners work for their shop already."""
    for slug, code in person.shops:
        role = roles.role_by_code(session, Audience.SELLER, code)
        assert role is not None
        id_ = _person(session, person.key).id
        sellers.add_member(session, HELLO, shops[slug], id_, role.id, at=at)
