"""What the staff come to do: bring a colleague in, find them in the log, take a table away, look
at the books. Each goes through real pages, letters and files."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server

NEWCOMER = "iris.park@newcomer.example"
OWN_PASSWORD = "seven-quiet-lanterns-88"


def with_part(part: str) -> re.Pattern[str]:
    return re.compile(re.escape(part))


def test_a_colleague_is_invited_joins_and_sees_only_what_their_role_allows(
    page: Page,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    letter_to: Callable[[str], str],
) -> None:
    sign_in(page, "lin.na")
    page.goto("/admin/staff")
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill(NEWCOMER)
    dialog.get_by_role("radio", name="Moderator").check()
    dialog.get_by_role("button", name="Send invitation").click()
    expect(dialog).to_be_hidden()

    theirs = new_page()
    theirs.goto(letter_to(NEWCOMER))
    expect(theirs.get_by_text(NEWCOMER)).to_be_visible()
    theirs.fill("input[name=name]", "Iris Park")
    theirs.fill("input[name=password]", OWN_PASSWORD)
    theirs.get_by_role("button", name="Accept the invitation").click()
    _set_up_two_steps(theirs)

    theirs.goto("/admin")
    expect(theirs.get_by_role("heading", name="Good to see you, Iris Park")).to_be_visible()
    expect(theirs.get_by_role("link", name="Audit log")).to_have_count(0)
    theirs.goto("/admin/audit")
    expect(theirs.get_by_role("heading", name="Audit log")).to_be_visible()
    expect(theirs.get_by_text("accounts.registered")).to_have_count(0)

    page.goto("/admin/audit?q=accounts.invited")
    expect(page.get_by_text("sent an invitation").first).to_be_visible()


def _set_up_two_steps(page: Page) -> None:
    """Enrol with the key the page shows, as an authenticator app would."""
    if "/sign-in" in page.url:
        page.fill("input[name=email]", NEWCOMER)
        page.fill("input[name=password]", OWN_PASSWORD)
        page.locator("main form button").first.click()
    expect(page).to_have_url(with_part("/account/two-step"))
    page.get_by_role("button", name="Set up").click()
    key = page.locator(".p-key").inner_text().replace(" ", "")
    page.fill("input[name=code]", pyotp.TOTP(key).now())
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("Your recovery codes")).to_be_visible()
    assert page.locator(".p-codes li").count() == 10


def test_an_old_proof_of_identity_is_asked_for_again_and_leads_back(
    page: Page, server: Server, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "lin.na", is_new=True)
    page.goto("/admin/staff")
    server.tamper("UPDATE auth_session SET proved_at = :then", then="2026-01-01 00:00:00.000000")
    page.reload()
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill("somebody@newcomer.example")
    dialog.get_by_role("radio", name="Analyst").check()
    dialog.get_by_role("button", name="Send invitation").click()
    expect(page).to_have_url(with_part("/confirm-identity?next="))

    page.goto("/admin/staff/invitations")
    expect(page.get_by_text("somebody@newcomer.example")).to_have_count(0)


def test_the_audit_log_is_taken_away_as_a_table_that_opens_in_a_spreadsheet(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "lin.na")
    page.goto("/admin/audit")
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_text("Your file is being written").first).to_be_visible()
    page.goto("/admin/tasks")
    download = page.get_by_role("link", name="Download").first
    for _ in range(20):
        if download.count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("button", name="Refresh").click()
    with page.expect_download() as waiting:
        download.click()
    content = waiting.value.path().read_bytes()

    assert content.startswith(b"\xef\xbb\xbf"), "without it a spreadsheet shows no Chinese"
    lines = content.decode("utf-8-sig").splitlines()
    assert len(lines) > 20
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line.split(","))


def test_a_job_started_by_hand_runs_and_the_books_are_green(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "lin.na")
    page.goto("/admin/books")
    expect(page.get_by_text("invariants hold")).to_be_visible()
    page.get_by_role("button", name="Run checks now").click()
    expect(page.get_by_text("invariants hold")).to_be_visible()


def test_a_list_lives_in_its_address(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "lin.na")
    page.goto("/admin/staff")
    expect(page.get_by_role("row", name="zhao.yi@jishi.example")).to_be_visible()
    page.get_by_role("searchbox").fill("zhao")
    expect(page).to_have_url(with_part("q=zhao"))
    expect(page.get_by_role("row")).to_have_count(2)
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")


@pytest.mark.parametrize("path", ["/admin", "/admin/staff", "/admin/audit"])
def test_a_buyer_is_shown_the_door_once(
    page: Page, sign_in: Callable[..., None], path: str
) -> None:
    """Once: the page of refusal must not send its reader away again."""
    sign_in(page, "xu.lei")
    page.goto(path)
    expect(page.get_by_role("heading", name="This page is not open to you")).to_be_visible()
    visits: list[str] = []
    page.on("domcontentloaded", lambda loaded: visits.append(loaded.url))
    page.wait_for_timeout(1_500)
    assert visits == []
