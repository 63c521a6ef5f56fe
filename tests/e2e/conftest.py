"""The real server over the built bundle, with demo people, for a real browser."""

import email
import email.policy
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from marketplace.flows.seed import DOMAIN, PASSWORD
from tests.e2e.places import UNHURRIED, speaks

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / ".web" / "build" / "client" / "index.html"
DATABASE = "jishi.sqlite3"
PATIENCE = 60
LOG_SHOWN = 8_000
expect.set_options(timeout=UNHURRIED)


@dataclass(frozen=True)
class Server:
    url: str
    data: Path
    environ: dict[str, str]

    def command(self, *words: str) -> str:
        """Run a verb of the command line against this server's data."""
        done = subprocess.run(
            [sys.executable, "-m", "marketplace", *words],
            cwd=ROOT, env=self.environ, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def tamper(self, statement: str, **values: object) -> None:
        """Change a row behind the server's back, such as one that must have grown old."""
        with closing(sqlite3.connect(self.data / DATABASE, timeout=10)) as connection:
            connection.execute(statement, values)
            connection.commit()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`marketplace serve` on a free port, on SQLite, with the demo's people."""
    if not BUNDLE.exists():
        pytest.fail("There is no built front end: run `make build` first.", pytrace=False)
    data = tmp_path_factory.mktemp("server")
    port = _free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")
    }
    environ = {
        **kept,
        "MARKETPLACE_ENVIRONMENT": "local",
        "MARKETPLACE_DATA_DIR": str(data),
        "MARKETPLACE_PORT": str(port),
        "MARKETPLACE_DEMO": "true",
    }
    running = Server(f"http://localhost:{port}", data, environ)
    running.command("migrate")
    running.command("seed")
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "marketplace", "serve"],
            cwd=ROOT,
            env=environ,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_ready(running.url, process, data / "server.log")
            yield running
        finally:
            process.terminate()
            process.wait(20)
            shutil.rmtree(data, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure says what the page showed and what the server logged: elsewhere nobody can look."""
    report = yield
    given = getattr(item, "funcargs", {})
    page = given.get("page") or getattr(given.get("opened"), "page", None)
    if report.failed and isinstance(page, Page) and not page.is_closed():
        report.sections.append(("page", f"{page.url}\n{page.locator('body').aria_snapshot()}"))
    if report.failed and isinstance(running := given.get("server"), Server):
        log = (running.data / "server.log").read_text(errors="replace")
        report.sections.append(("server log", log[-LOG_SHOWN:]))
    return report


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session")
def kept_cookies() -> dict[str, list[Any]]:
    """Sessions of demo people, by key: a code of the second step works only once in 30 seconds."""
    return {}


@pytest.fixture(scope="session")
def sign_in(server: Server, kept_cookies: dict[str, list[Any]]) -> Callable[..., None]:
    """Sign a demo person in through the real pages, second step included.

    A later test gets the same session with a fresh proof of identity, which would otherwise run
    out in the course of a slow run; `is_new` asks for one that the test may end. The pages
    speak English unless the test chose a language before: the person's own would otherwise show,
    and only to the first test that signs them in.
    """

    def work(page: Page, key: str, *, is_new: bool = False) -> None:
        if not any(cookie["name"] == "locale" for cookie in page.context.cookies()):
            speaks(page, "en")
        if key in kept_cookies and not is_new:
            server.tamper(
                "UPDATE auth_session SET proved_at = :now WHERE proved_at IS NOT NULL"
                " AND person_id = (SELECT id FROM person WHERE email = :email)",
                now=datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),
                email=f"{key}@{DOMAIN}",
            )
            page.context.add_cookies(kept_cookies[key])
            return
        page.goto(f"{server.url}/sign-in")
        page.fill("input[name=email]", f"{key}@{DOMAIN}")
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        if page.url.split("?")[0].endswith("/sign-in/code"):
            # each code works once in 30 seconds, and an earlier test may have had this one
            server.tamper(
                "UPDATE person SET totp_last_step = 0 WHERE email = :email", email=f"{key}@{DOMAIN}"
            )
            page.fill("input[name=code]", server.command("demo", "code", f"{key}@{DOMAIN}").strip())
            page.locator("main form button").first.click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
        if not is_new:
            kept_cookies[key] = [c for c in page.context.cookies() if c["name"] == "sid"]

    return work


@pytest.fixture
def new_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Pages in contexts of their own: a phone, a Chinese reader, a dark room."""
    contexts = []

    def work(**choices: object) -> Page:
        context = browser.new_context(base_url=server.url, **choices)  # type: ignore[arg-type]
        contexts.append(context)
        return context.new_page()

    yield work
    for context in contexts:
        context.close()


@pytest.fixture
def letter_to(server: Server) -> Callable[[str], str]:
    """The link in the newest letter to an address, once it has been written into the folder."""

    def work(address: str) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for path in sorted(
                (server.data / "mail").glob("*.eml"), key=lambda p: -p.stat().st_mtime_ns
            ):
                letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                plain = letter.get_body(("plain",))
                link = plain and re.search(r"https?://\S+token=\S+", plain.get_content())
                if link and address in str(letter["To"]):
                    return link.group()
            time.sleep(0.1)
        pytest.fail(f"No letter to {address} was written.", pytrace=False)

    return work


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The server stopped:\n{log.read_text()[-4000:]}", pytrace=False)
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The server did not get ready:\n{log.read_text()[-4000:]}", pytrace=False)
