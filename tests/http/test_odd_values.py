"""What no page of ours would send: refused, without effect, not repeated in the log (SEC-08)."""

import io
from urllib.parse import quote

import pytest
import structlog

from marketplace import integrations
from marketplace.http.forms import proof_for
from tests.conftest import FrozenClock
from tests.http.conftest import PASSWORD, signed_in
from tests.make.browsing import Browser, everything

SURROGATE, NUL, OVERRIDE = "%ED%A0%80", "%00", "%E2%80%AE"
ODD = [
    "-1", "0", str(2**31), str(2**53 + 1), str(2**63), str(10**50), "1.5", "true", "null", "",
    "1", "1e3", "0x10", "%205", "NaN", "Infinity", "[]", "{}", "[1]", quote('{"$gt":0}'),
    NUL, SURROGATE, OVERRIDE, "m" * 1_000_000,
]  # fmt: skip
"""As they stand in a form; the surrogate is what some other languages make of half a character."""
UNREADABLE = {NUL, SURROGATE, OVERRIDE, "", "m" * 1_000_000}

ID = "ses_" + "0" * 26
FORMS: dict[str, dict[str, str]] = {
    "/sign-in": {"email": "ada@example.com", "password": "wrong"},
    "/sign-in/code": {"code": "000000"},
    "/register": {"name": "Bo", "email": "bo@example.com", "password": "seven-blue-kites"},
    "/verify-email": {"token": "t" * 43},
    "/forgot-password": {"email": "bo@example.com"},
    "/reset-password": {"token": "t" * 43, "password": "seven-blue-kites"},
    "/invitation": {"token": "t" * 43, "name": "Bo", "password": "seven-blue-kites"},
    "/confirm-email": {"token": "t" * 43},
    "/auth/language": {"locale": "en", "next": "/"},
    "/auth/switch": {"seller_id": ID},
    "/account": {"name": "Ada", "locale": "en", "theme": "dark", "version": "1"},
    "/account/password": {"current_password": PASSWORD, "password": "seven-blue-kites"},
    "/account/email": {"email": "ada@new.example"},
    "/account/two-step/confirm": {"code": "000000"},
    "/account/two-step/stop-reset": {"reset_id": ID},
    "/account/sessions/end": {"session_id": ID},
    "/confirm-identity": {"password": "wrong", "code": "000000"},
}
ANY_TEXT = {
    ("/register", "name"),
    ("/register", "password"),
    ("/account", "name"),
    ("/account/password", "password"),
    ("/confirm-identity", "code"),
}
"""Where `-1` and the like are as good as any other text; only what is unreadable is refused."""
HARMLESS = {
    ("/account", "version", "1"),
    ("/auth/language", "next", ""),
    *(("/auth/language", "next", value) for value in ODD[:-1]),
}
"""The right version; and a next page that is not ours is forgotten, see `test_next_page`."""


@pytest.mark.parametrize(
    ("path", "field"), [(path, field) for path, fields in FORMS.items() for field in fields]
)
async def test_an_odd_value_is_refused_and_changes_nothing(
    path: str, field: str, web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    if path.startswith(("/account", "/auth/switch", "/confirm-identity")):
        await signed_in(web, "ada@example.com", clock_at.moment)
        await web.post("/account/two-step/set-up")
    else:
        await web.open("/sign-in")
    for odd in ODD:
        if (path, field, odd) in HARMLESS or ((path, field) in ANY_TEXT and odd not in UNREADABLE):
            continue
        if path == "/confirm-identity" and field == "code" and odd == "":
            continue
        integrations.throttle.cache_clear()
        before = everything()
        fields = {name: quote(value) for name, value in FORMS[path].items()} | {field: odd}
        body = "&".join(f"{name}={value}" for name, value in fields.items())

        answer = await web.client.post(
            path,
            content=f"{body}&proof={proof_for(web.cookie)}",
            headers={"content-type": "application/x-www-form-urlencoded"},
        )

        is_refused = 400 <= answer.status_code < 500
        is_sent_away = answer.headers.get("location") == "/sign-in"  # no code is awaited
        assert is_refused or is_sent_away, (odd[:30], answer.status_code)
        assert everything() == before, odd[:30]


@pytest.mark.parametrize("path", FORMS)
async def test_a_field_that_does_not_belong_there_is_refused(
    path: str, web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    """Mass assignment: no form takes `is_verified`, `role` or `person_id` along."""
    if path.startswith(("/account", "/auth/switch", "/confirm-identity")):
        await signed_in(web, "ada@example.com", clock_at.moment)
        await web.post("/account/two-step/set-up")
    before = everything()

    answer = await web.post(path, **FORMS[path], person_id=ada, is_verified="on", role="super")

    assert 400 <= answer.status_code < 500 or answer.headers["location"] == "/sign-in"
    assert everything() == before


@pytest.mark.parametrize("path", FORMS)
async def test_what_was_typed_is_not_in_the_log(
    path: str, web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await signed_in(web, "ada@example.com", clock_at.moment)
    log = io.StringIO()
    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
    try:
        for field in FORMS[path]:
            await web.post(path, **{**FORMS[path], field: "mimosa\x00pudica"})
        await web.open(f"{path}?token=mimosa&next=/mimosa")
    finally:
        structlog.configure(**before)

    assert path in log.getvalue()
    assert "mimosa" not in log.getvalue()
