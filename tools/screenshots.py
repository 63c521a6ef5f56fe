"""`make screenshots`: every page, desktop and phone, both languages, light and dark.

Starts the built application on a free port with demo data, signs in as the demo people, and
puts the pictures into screenshots/. Words after the command choose pages by part of their address.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from marketplace.cli.serve import can_listen
from marketplace.domain.access.models import Audience
from marketplace.flows.seed import DOMAIN, PASSWORD
from marketplace.web.sitemap import PAGES

TARGET = Path("screenshots")
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
SCHEMES = ("light", "dark")
WHO = {Audience.PERSON: "xu.lei", Audience.SELLER: "qiu.shan", Audience.STAFF: "lin.na"}
START_SECONDS = 60


def main() -> None:
    wanted = sys.argv[1:]
    pages = [page for page in PAGES if "[" not in page.route]
    chosen = [p for p in pages if not wanted or any(word in p.route for word in wanted)]
    TARGET.mkdir(exist_ok=True)
    with served() as (url, environ), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        for audience in Audience:
            routes = [page.route for page in chosen if page.audience is audience]
            if routes:
                take(browser, url, environ, WHO.get(audience, ""), routes)
        browser.close()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET}/")


def take(browser: Browser, url: str, environ: dict[str, str], who: str, routes: list[str]) -> None:
    """Pictures of `routes` as one demo person sees them, signed in once."""
    context = browser.new_context(base_url=url)
    if who:
        sign_in(context.new_page(), environ, who)
    kept = context.storage_state()
    context.close()
    for size, (width, height) in SIZES.items():
        for language, locale in LANGUAGES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    base_url=url,
                    storage_state=kept,
                    viewport={"width": width, "height": height},
                    locale=locale,
                    color_scheme=scheme,
                )
                page = context.new_page()
                for route in routes:
                    page.goto(route)
                    page.wait_for_load_state("networkidle")
                    name = route.strip("/").replace("/", "-") or "home"
                    page.screenshot(path=TARGET / f"{name}-{size}-{language}-{scheme}.png")
                context.close()


def sign_in(page: Page, environ: dict[str, str], who: str) -> None:
    page.goto("/sign-in")
    page.fill("input[name=email]", f"{who}@{DOMAIN}")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    if page.url.split("?")[0].endswith("/sign-in/code"):
        page.fill("input[name=code]", marketplace(environ, "demo", "code", f"{who}@{DOMAIN}"))
        page.locator("main form button").first.click()
        page.wait_for_load_state()


@contextmanager
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """The application with fresh demo data, and the environment its commands need."""
    port = next(port for port in range(4300, 4400) if can_listen("127.0.0.1", port))
    with tempfile.TemporaryDirectory() as data:
        environ = {
            **os.environ,
            "MARKETPLACE_DATA_DIR": data,
            "MARKETPLACE_PORT": str(port),
            "MARKETPLACE_DEMO": "true",
        }
        marketplace(environ, "migrate")
        marketplace(environ, "seed")
        with (Path(data) / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "marketplace", "serve"], env=environ, stdout=log, stderr=log
            )
        try:
            wait_for(f"http://localhost:{port}/livez")
            yield f"http://localhost:{port}", environ
        finally:
            server.terminate()
            server.wait(20)


def marketplace(environ: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "marketplace", *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def wait_for(address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  our own http
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start.")


if __name__ == "__main__":
    main()
