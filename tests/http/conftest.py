"""Our plain pages as an app of their own, people to use them, and browsers."""

import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyotp
import pytest
import redis
from argon2 import PasswordHasher
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.middleware import Middleware

from marketplace import db
from marketplace.domain.access.models import Audience, System
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import people, roles, second_factor
from marketplace.domain.notifications import service as notifications
from marketplace.domain.notifications.models import Mail
from marketplace.domain.sellers import service as sellers
from marketplace.http import account, auth, errors, public_pages
from marketplace.http.request import RequestScope
from marketplace.kit import passwords
from marketplace.kit.sealing import seal
from marketplace.settings import settings
from tests.conftest import FrozenClock
from tests.make import servers
from tests.make.browsing import Browser

PASSWORD = "paper-lantern-river"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
JOB = System(id="test", name="A test")


@pytest.fixture(autouse=True)
def quick_argon2(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same hash with the least work: these tests sign in hundreds of times."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    passwords._nobody.cache_clear()
    yield
    passwords._nobody.cache_clear()


BUILT = (
    '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main></main></body></html>'
)


@pytest.fixture
def built_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A front end as the build leaves it, as far as public pages look."""
    client = tmp_path / "web" / "build" / "client"
    client.mkdir(parents=True)
    (client / "__spa-fallback.html").write_text(BUILT)
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path / "web"))
    public_pages._shell_parts.cache_clear()
    yield
    public_pages._shell_parts.cache_clear()


@pytest.fixture
def app(database: str, clock_at: FrozenClock) -> Starlette:
    db.call(roles.ensure_presets)
    return Starlette(
        routes=[*auth.routes, *account.routes],
        exception_handlers=errors.handlers,
        middleware=[Middleware(RequestScope)],
    )


@pytest.fixture
async def open_browser(app: Starlette) -> AsyncIterator[Callable[..., Browser]]:
    opened: list[Browser] = []

    def open_one(**chosen: str) -> Browser:
        opened.append(Browser(app, **chosen))
        return opened[-1]

    yield open_one
    for browser in opened:
        await browser.close()


@pytest.fixture
def web(open_browser: Callable[..., Browser]) -> Browser:
    return open_browser()


@dataclass
class OwnRedis:
    """A Redis of this test alone, so that it may be stopped."""

    url: str
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    if shutil.which("redis-server") is None:
        servers.do_without(servers.Missing("redis-server is not installed"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with (tmp_path / "redis.log").open("wb") as log:
        process = subprocess.Popen([*command, "--dir", str(tmp_path)], stdout=log, stderr=log)
    own = OwnRedis(f"redis://127.0.0.1:{port}/0", process)
    with redis.Redis.from_url(own.url) as connection:
        for _ in range(100):
            try:
                connection.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
    yield own
    own.stop()


@pytest.fixture
def ada(app: Starlette, clock_at: FrozenClock) -> str:
    """A buyer: her id."""
    return a_person("ada@example.com", "Ada Lovelace", clock_at.moment)


@pytest.fixture
def sam(app: Starlette, clock_at: FrozenClock) -> str:
    """A super administrator with an authenticator app: his id."""
    return a_member_of_staff("sam@example.com", "Sam Carter", clock_at.moment)


def a_person(email: str, name: str, at: datetime, *, is_verified: bool = True) -> str:
    def make(session):  # type: ignore[no-untyped-def]
        return people.create(
            session,
            email=email,
            name=name,
            password_hash=passwords.hash_password(PASSWORD),
            locale="en",
            at=at,
            is_verified=is_verified,
        ).id

    return db.call(make)


def a_member_of_staff(
    email: str, name: str, at: datetime, *, role: str = "super", has_app: bool = True
) -> str:
    person_id = a_person(email, name, at)

    def appoint(session):  # type: ignore[no-untyped-def]
        wanted = roles.role_by_code(session, Audience.STAFF, role)
        roles.grant(session, JOB, person_id, wanted.id, at=at)
        if has_app:
            give_app(session, person_id, at)

    db.call(appoint)
    return person_id


def give_app(session, person_id: str, at: datetime) -> None:  # type: ignore[no-untyped-def]
    row = session.get_one(PersonAccount, person_id)
    row.totp_secret = seal(settings().key(), second_factor.PURPOSE, SECRET)
    row.totp_enrolled_at = at
    session.add(row)


def a_shop(name: str, slug: str, owner_id: str, at: datetime, *, role: str = "owner") -> str:
    def open_it(session):  # type: ignore[no-untyped-def]
        seller_id = sellers.open_seller(session, JOB, name=name, slug=slug, at=at)
        wanted = roles.role_by_code(session, Audience.SELLER, role)
        sellers.add_member(session, JOB, seller_id, owner_id, wanted.id, at=at)
        return seller_id

    return db.call(open_it)


def code_at(moment: datetime) -> str:
    """What the authenticator app shows."""
    return pyotp.TOTP(SECRET).at(moment)


def letters_to(email: str) -> list[Mail]:
    """Oldest first; letters of one moment in any order."""
    with db.transaction() as session:
        found = select(Mail).where(Mail.to == email).order_by(col(Mail.created_at), col(Mail.id))
        return list(session.exec(found))


def link_in(mail: Mail) -> str:
    return notifications.secret_words_of(mail)["link"]


def token_in(mail: Mail) -> str:
    return link_in(mail).split("?token=")[1]


async def signed_in(web: Browser, email: str, at: datetime) -> Browser:
    """Password and, where one is asked for, code."""
    answer = await web.sign_in(email, PASSWORD)
    assert answer.status_code == 303, answer.text
    if answer.headers["location"].startswith("/sign-in/code"):
        answer = await web.post("/sign-in/code", code=code_at(at))
        assert answer.status_code == 303, answer.text
    return web
