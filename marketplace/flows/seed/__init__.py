"""Demo data: the same believable people and shops on every machine, in both languages.

Everything goes through the services a person would use, so the audit log, letters and notices
are real ones. Later capabilities add their part here.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlmodel import Session, func, select

from marketplace.domain.access.models import Audience, System
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import people, roles
from marketplace.domain.accounts.service.second_factor import PURPOSE
from marketplace.domain.notifications import service as notifications
from marketplace.domain.sellers import service as sellers
from marketplace.kit import clock, ids
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_, Locale
from marketplace.kit.sealing import seal, unseal
from marketplace.settings import settings

DOMAIN = "jishi.example"
PASSWORD = "paper-lantern-river"  # noqa: S105  a demo's, printed at start and refused in production
HISTORY = timedelta(days=40)


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


SHOPS = (
    DemoShop(
        "qingshan-ceramics",
        "Qingshan Ceramics",
        "青山陶瓷",
        "Celadon and stoneware for the daily pot of tea, fired in Longquan.",
        "龙泉窑口烧制的青瓷与粗陶，为每天的一壶茶。",
    ),
    DemoShop(
        "strider-lab",
        "Strider Lab",
        "健步实验室",
        "Road and trail shoes, fitted by weekly distance.",
        "公路与越野跑鞋，按每周跑量挑选。",
    ),
)

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
    session: Session, *, password_hash: str, at: datetime, size: str = "s", number: int = 42
) -> int:
    """Fill an empty database and return how many people it has now.

    The same `number` and `at` give the same rows, secrets apart. Raises `NotEmpty`.
    """
    if session.exec(select(func.count()).select_from(PersonAccount)).one():
        raise NotEmpty
    chance = random.Random(number)  # noqa: S311  believable, not secret
    teller = _Teller(at - HISTORY, chance)
    with clock.running_on(teller.now), ids.drawing_from(chance.getrandbits):
        roles.ensure_presets(session)
        hello = System(id="seed", name="Demo data")
        shops = {shop.slug: _open(session, hello, shop, at=teller.next()) for shop in SHOPS}
        for person in PEOPLE:
            _settle(session, hello, person, shops, password_hash, at=teller.next())
        for count in range(BUYERS[size]):
            buyer = _buyer(chance, count)
            _settle(session, hello, buyer, shops, password_hash, at=teller.now())
    return len(PEOPLE) + BUYERS[size]


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

    def now(self) -> datetime:
        return self._at

    def next(self) -> datetime:
        self._at += timedelta(minutes=self._chance.randint(60, 60 * 40))
        return self._at


def _open(session: Session, actor: System, shop: DemoShop, *, at: datetime) -> str:
    return sellers.open_seller(
        session,
        actor,
        name=shop.name,
        name_zh=shop.name_zh,
        slug=shop.slug,
        about=shop.about,
        about_zh=shop.about_zh,
        at=at,
    )


def _settle(
    session: Session,
    actor: System,
    person: DemoPerson,
    shops: dict[str, str],
    password_hash: str,
    *,
    at: datetime,
) -> None:
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
        roles.grant(session, actor, row.id, role.id, at=at)
        row.totp_secret = seal(settings().key(), PURPOSE, pyotp.random_base32())
        row.totp_enrolled_at = at
        session.add(row)
    for slug, code in person.shops:
        role = roles.role_by_code(session, Audience.SELLER, code)
        assert role is not None
        sellers.add_member(session, actor, shops[slug], row.id, role.id, at=at)
    notifications.notify(
        session,
        row.id,
        "team",
        N_("Welcome to {place}. Look around: everything here is demo data."),
        at=at,
        place=settings().name,
    )
