"""Files through the browser's own requests: permit, upload, check, show; and who gets what back."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.middleware import Middleware

from marketplace import db, integrations
from marketplace.domain.accounts.service import roles
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.media.models import Media, MediaStatus
from marketplace.http import auth, errors, headers, media
from marketplace.http.forms import proof_for
from marketplace.http.request import RequestScope
from marketplace.jobs.deliver import deliver
from marketplace.settings import settings
from tests.conftest import FrozenClock
from tests.http.conftest import a_member_of_staff, a_person, a_shop, signed_in
from tests.make.browsing import Browser
from tests.make.pictures import SCRIPT, a_bomb, a_pdf, a_picture

PDF = a_pdf()
JPEG = {"hat": "person", "purpose": "picture", "name": "cup.jpg", "content_type": "image/jpeg"}
PAPER = {
    "hat": "person",
    "purpose": "document",
    "name": "执照.pdf",
    "content_type": "application/pdf",
}


@pytest.fixture
def app(database: str, clock_at: FrozenClock) -> Starlette:
    db.call(roles.ensure_presets)
    return Starlette(
        routes=[*auth.routes, *media.routes],
        exception_handlers=errors.handlers,
        middleware=[Middleware(RequestScope)],
    )


@dataclass
class Sender:
    """What the script in the page does, one request at a time."""

    web: Browser

    async def ask(self, path: str, words: Any, **changed: str) -> httpx.Response:
        sent = {
            "origin": settings().origins[0],
            "sec-fetch-site": "same-origin",
            "content-type": "application/json",
            "x-proof": proof_for(self.web.cookie),
        }
        return await self.web.client.post(path, content=json.dumps(words), headers=sent | changed)

    async def permit(self, data: bytes, wish: dict[str, str]) -> dict[str, Any]:
        answer = await self.ask("/media/permits", {**wish, "size": len(data)})
        assert answer.status_code == 200, answer.text
        given: dict[str, Any] = answer.json()
        return given

    async def post(
        self, given: dict[str, Any], data: bytes, *, kind: str = "", **changed: str
    ) -> int:
        fields = given["fields"] | changed
        kind = kind or fields["Content-Type"]
        answer = await self.web.client.post(
            given["url"],
            data=fields,
            files={"file": ("file", data, kind)},
            headers={"origin": settings().origins[0], "sec-fetch-site": "same-origin"},
        )
        return answer.status_code

    async def upload(self, data: bytes, wish: dict[str, str]) -> dict[str, Any]:
        """All the way: the row as the server tells it after the check."""
        given = await self.permit(data, wish)
        assert await self.post(given, data) == 204
        told = await self.ask(f"/media/{given['id']}/arrived", {"hat": wish["hat"]})
        assert told.json()["status"] == "checking"
        deliver("test")
        row = await self.web.open(f"/media/{given['id']}?hat={wish['hat']}")
        found: dict[str, Any] = row.json()
        return found


@pytest.fixture
async def sender(app: Starlette, clock_at: FrozenClock) -> AsyncIterator[Callable[[str], Any]]:
    opened: list[Browser] = []

    async def work(email: str) -> Sender:
        opened.append(Browser(app))
        return Sender(await signed_in(opened[-1], email, clock_at.moment))

    yield work
    for browser in opened:
        await browser.close()


@pytest.fixture
def ada(app: Starlette, clock_at: FrozenClock) -> str:
    return a_person("ada@example.com", "Ada", clock_at.moment)


@pytest.fixture
def bob(app: Starlette, clock_at: FrozenClock) -> str:
    return a_person("bob@example.com", "Bob", clock_at.moment)


def the_only_file() -> Media:
    def find(session: Session) -> Media:
        row = session.exec(select(Media)).one()
        session.expunge(row)
        return row

    return db.call_reading(find)


def stored() -> list[str]:
    try:
        return list(integrations.storage().keys("private/"))
    except FileNotFoundError:
        return []


async def test_a_picture_goes_in_and_comes_out_for_everybody(
    sender: Any, ada: str, app: Starlette
) -> None:
    row = await (await sender("ada@example.com")).upload(a_picture(), JPEG)

    assert (row["status"], row["width"], row["height"]) == ("ready", 700, 500)
    stranger = Browser(app)
    answer = await stranger.open(row["url_480"])
    await stranger.close()
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_refused_file_comes_back_with_the_reason(sender: Any, ada: str) -> None:
    row = await (await sender("ada@example.com")).upload(SCRIPT, JPEG)

    assert (row["status"], row["url_480"]) == ("refused", "")
    assert row["refusal"] == "This file is no picture we can read. Accepted: JPEG, PNG, WebP."
    assert stored() == []


async def test_a_bomb_is_refused_and_the_next_picture_is_not(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    bomb = await page.upload(a_bomb(13_000, 13_000), JPEG | {"content_type": "image/png"})
    fine = await page.upload(a_picture(), JPEG)

    assert "40 megapixels" in bomb["refusal"]
    assert fine["status"] == "ready"


async def test_what_said_it_arrived_and_did_not_is_refused(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)
    await page.ask(f"/media/{given['id']}/arrived", {"hat": "person"})
    deliver("test")

    assert the_only_file().refusal == "The file did not arrive. Please upload it again."


@pytest.mark.parametrize(
    ("wish", "status", "sentence"),
    [
        ({"content_type": "image/svg+xml"}, 422, "This kind of file is not accepted here. Accepted: {types}."),
        ({"content_type": "text/html"}, 422, "This kind of file is not accepted here. Accepted: {types}."),
        ({"size": 300_000_000}, 413, "The file is larger than {megabytes} MB."),
        ({"size": 0}, 422, "The file is empty."),
        ({"purpose": "table"}, 403, "You do not have permission to do this."),
        ({"hat": "staff"}, 403, "You do not have permission to do this."),
        ({"hat": "seller"}, 403, "You do not have permission to do this."),
    ],
)  # fmt: skip
async def test_no_permit_but_the_reason(
    sender: Any, ada: str, wish: dict[str, Any], status: int, sentence: str
) -> None:
    page = await sender("ada@example.com")
    answer = await page.ask("/media/permits", {**JPEG, "size": 10, **wish})

    assert (answer.status_code, answer.json()["message"]) == (status, sentence)


async def test_a_wish_of_another_shape_is_bad(sender: Any, ada: str) -> None:
    page, whole = await sender("ada@example.com"), {**JPEG, "size": 1}

    for words in (
        *({}, [], None, {"hat": "person"}),
        *({**whole, "size": "10"}, {**whole, "size": -1}, {**whole, "key": "x"}),
        *({**whole, "hat": "system"}, {**whole, "purpose": "anything"}, {**whole, "name": "a\nb"}),
    ):
        assert (await page.ask("/media/permits", words)).status_code == 400, words


async def test_another_sites_page_gets_no_permit(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")

    for changed, status in (
        ({"x-proof": ""}, 403),
        ({"x-proof": "0" * 64}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-type": "text/plain"}, 415),
    ):
        answer = await page.ask("/media/permits", {**JPEG, "size": 10}, **changed)
        assert answer.status_code == status, changed
    assert db.call_reading(lambda s: s.exec(select(Media)).all()) == []


async def test_a_permit_is_for_exactly_what_it_says(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)
    policy = json.loads(given["fields"]["policy"])

    for changed in (
        *({"key": "private/kyc/per_bob/x"}, {"key": "public/0123/160.webp"}, {"key": "../etc/x"}),
        *({"Content-Type": "text/html"}, {"kind": "text/html"}),
        *({"signature": "0" * 64}, {"signature": ""}, {"policy": "{}"}, {"policy": "[" * 3000}),
        *(
            {"policy": json.dumps(policy | wider)}
            for wider in ({"most": 10**9}, {"content_type": "text/html"}, {"expires": 2**40})
        ),
    ):
        assert await page.post(given, a_picture(), **changed) == 403, changed
    assert stored() == []


async def test_a_file_larger_than_permitted_is_not_kept(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)

    assert await page.post(given, b"x" * 10_000_001) == 413
    assert await page.post(given, b"") == 413
    assert stored() == []


async def test_three_hundred_megabytes_are_refused_unread(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(300):
            read += 1
            yield b"x" * 1_000_000

    sent = {"origin": settings().origins[0], "content-type": "multipart/form-data; boundary=x"}
    told = {**sent, "content-length": "300000000"}
    honest = await page.web.client.post(given["url"], content=endless(), headers=told)
    assert (honest.status_code, read) == (413, 0)

    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'

    async def disguised() -> AsyncIterator[bytes]:
        yield part
        async for chunk in endless():
            yield chunk

    lying = await page.web.client.post(given["url"], content=disguised(), headers=sent)
    assert lying.status_code == 413
    assert read < 60
    assert stored() == []


async def test_a_permit_ends_after_a_quarter_of_an_hour(
    sender: Any, ada: str, clock_at: FrozenClock
) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)
    clock_at.moment += timedelta(minutes=15, seconds=1)

    assert await page.post(given, a_picture()) == 403


async def test_somebody_elses_permit_is_of_no_use(sender: Any, ada: str, bob: str) -> None:
    given = await (await sender("ada@example.com")).permit(a_picture(), JPEG)
    other = await sender("bob@example.com")

    assert await other.post(given, a_picture()) == 404
    told = await other.ask(f"/media/{given['id']}/arrived", {"hat": "person"})
    seen = await other.web.open(f"/media/{given['id']}?hat=person")
    assert (told.status_code, seen.status_code) == (404, 404)
    assert stored() == []
    assert the_only_file().status is MediaStatus.WAITING


async def test_what_was_checked_cannot_be_replaced_under_its_permit(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)
    await page.post(given, a_picture())
    await page.ask(f"/media/{given['id']}/arrived", {"hat": "person"})
    before = integrations.storage().size(stored()[0])

    assert await page.post(given, a_picture(900, 900)) == 404
    assert integrations.storage().size(stored()[0]) == before


async def test_a_form_from_another_site_brings_nothing(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    given = await page.permit(a_picture(), JPEG)
    answer = await page.web.client.post(
        given["url"],
        data=given["fields"],
        files={"file": ("file", a_picture(), "image/jpeg")},
        headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 403
    assert stored() == []


async def test_a_document_comes_back_as_an_attachment_for_a_minute(
    sender: Any, ada: str, clock_at: FrozenClock
) -> None:
    page = await sender("ada@example.com")
    row = await page.upload(PDF, PAPER)
    moved = await page.web.open(f"/files/document/{row['id']}")
    assert (moved.status_code, moved.headers["cache-control"]) == (303, "private, no-store")

    address = moved.headers["location"]
    answer = await page.web.open(address)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=UTF-8''%E6%89%A7%E7%85%A7.pdf"
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"

    clock_at.moment += timedelta(seconds=61)
    assert (await page.web.open(address)).status_code == 403


async def test_a_signed_address_opens_nothing_else(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    row = await page.upload(PDF, PAPER)
    address = (await page.web.open(f"/files/document/{row['id']}")).headers["location"]

    for wrong in (
        address.replace("kyc", "incoming"),
        address.replace("application%2Fpdf", "text%2Fhtml"),
        address.partition("&signature")[0],
        address.partition("?")[0],
    ):
        assert wrong != address
        assert (await page.web.open(wrong)).status_code == 403


async def test_nobody_else_reads_a_document_and_every_reading_is_written_down(
    sender: Any, ada: str, bob: str, app: Starlette, clock_at: FrozenClock
) -> None:
    a_member_of_staff("rita@example.com", "Rita", clock_at.moment, role="operations")
    a_member_of_staff("mo@example.com", "Mo", clock_at.moment, role="moderator")
    row = await (await sender("ada@example.com")).upload(PDF, PAPER)
    path = f"/files/document/{row['id']}"
    rita = await sender("rita@example.com")

    for _ in range(2):
        assert (await rita.web.open(path)).status_code == 303
    for other in ("bob@example.com", "mo@example.com"):
        assert (await (await sender(other)).web.open(path)).status_code == 404
    guest = Browser(app)
    assert (await guest.open(path)).status_code == 404
    await guest.close()

    def read(session: Session) -> list[str]:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == "media.document_read"))
        return [entry.actor_name for entry in entries]

    assert db.call_reading(read) == ["Rita", "Rita"]


async def test_a_shops_paper_is_for_those_who_run_it(
    sender: Any, ada: str, bob: str, app: Starlette, clock_at: FrozenClock
) -> None:
    for number, role in enumerate(("manager", "catalogue")):
        person_id = a_person(f"m{number}@example.com", f"M{number}", clock_at.moment)
        a_shop(f"Shop {number}", f"shop-{number}", person_id, clock_at.moment, role=role)
    manager, clerk = await sender("m0@example.com"), await sender("m1@example.com")
    row = await manager.upload(PDF, PAPER | {"hat": "seller"})

    assert (await manager.web.open(f"/files/document/{row['id']}")).status_code == 303
    assert (await clerk.web.open(f"/files/document/{row['id']}")).status_code == 404
    refused = await clerk.ask("/media/permits", {**PAPER, "hat": "seller", "size": 10})
    assert refused.status_code == 403


async def test_no_other_picture_exists(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    await page.upload(a_picture(), JPEG)
    token = the_only_file().token

    for path in (
        *(f"{token}/161.webp", f"{token}/480.png", f"{token}/480", f"{token}/480.webp.php"),
        *(f"{token}%00/480.webp", f"{'0' * 32}/480.webp", "0000/480.webp"),
        *("../480.webp", "..%2f..%2fprivate/480.webp"),
    ):
        assert (await page.web.open(f"/media/{path}")).status_code == 404, path


async def test_the_original_is_served_nowhere(sender: Any, ada: str) -> None:
    page = await sender("ada@example.com")
    await page.upload(a_picture(), JPEG)
    token = the_only_file().token

    for path in (f"/media/incoming/{token}", f"/media/file?key=private/incoming/{token}"):
        assert (await page.web.open(path)).status_code in (403, 404)


async def test_a_guest_uploads_nothing(app: Starlette) -> None:
    web = Browser(app)
    await web.open("/sign-in")
    answer = await Sender(web).ask("/media/permits", {**JPEG, "size": 10})
    await web.close()

    assert answer.status_code == 401


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[str, str]]]:
    def work(**chosen: str) -> dict[str, str]:
        for name, value in chosen.items():
            monkeypatch.setenv(f"MARKETPLACE_{name}".upper(), value)
        settings.cache_clear()
        rules = headers.content_policy([]).split("; ")
        return {rule.partition(" ")[0]: rule.partition(" ")[2] for rule in rules}

    yield work
    settings.cache_clear()


def test_pages_load_and_send_files_only_where_the_settings_say(
    policy: Callable[..., dict[str, str]],
) -> None:
    here = policy()
    there = policy(
        storage="s3",
        s3_endpoint="http://store:9000",
        s3_browser_endpoint="https://files.example.com",
        media_url="https://cdn.example.com/public",
    )

    assert here["img-src"] == "'self' data:"
    assert there["img-src"] == "'self' data: https://cdn.example.com https://files.example.com"
    assert there["connect-src"] == f"{here['connect-src']} https://files.example.com"
    assert there["script-src"] == here["script-src"] == "'self'"
