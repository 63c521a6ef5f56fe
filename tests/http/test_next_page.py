"""After signing in nobody is sent to another site (SEC-22)."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.http.auth.next_page import know_pages, safe_next
from tests.http.conftest import PASSWORD
from tests.make.browsing import Browser, hidden_fields

HOME = "http://localhost:3000"
PAYLOADS = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "http://localhost:3000@evil.example/account",
    "http://localhost:3000.evil.example/account",
    "http://evil.example#@localhost:3000/account",
    "/%2f/evil.example",
    "/%2fevil.example",
    "/%252fevil.example",
    "/%25252fevil.example",
    "%2f%2fevil.example",
    "/%5cevil.example",
    "/%255cevil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aLocation:https://evil.example",
    "/account\r\nLocation: https://evil.example",
    "/account%0d%0aSet-Cookie:sid=x",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "/javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/。。/evil.example",
    "/．．/evil.example",  # noqa: RUF001  dots that are none
    "／／evil.example",
    "//evil%E3%80%82example",
    "/account/../..//evil.example",
    "/account/%2e%2e/%2e%2e//evil.example",
    "/./account/..//evil.example",
    "/account;@evil.example",
    "/@evil.example",
    ".evil.example",
    "evil.example",
    "?next=https://evil.example",
    "#//evil.example",
    " //evil.example",
    "\u00a0//evil.example",
    "/\u200b/evil.example",
    "/\u202e/evil.example",
    "/account\x00",
    "/auth/sign-out",
    "/nowhere",
    "/account" + "/x" * 2000,
]


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_made_up_next_page_is_forgotten(payload: str, web: Browser, ada: str) -> None:
    page = await web.open(f"/sign-in?next={quote(payload)}")

    answer = await web.sign_in("ada@example.com", PASSWORD, next=payload)

    assert hidden_fields(page)["next"] == ""
    if answer.status_code == 303:
        assert answer.headers["location"] == "/"
    else:
        assert answer.status_code == 422


@pytest.mark.parametrize(
    "ours",
    ["/account", "/account/sessions", "/account/sessions?done=ended", "/", "/account/", "/seller"],
)
def test_a_page_of_ours_is_kept(ours: str) -> None:
    assert safe_next(ours) == ours


@pytest.mark.parametrize(
    ("address", "is_known"),
    [
        ("/products/tea-pot", True),
        ("/products/a%20b?q=red%20tea", True),
        ("/products", False),
        ("/products/a/b", False),
        ("/products/../account", False),
    ],
)
def test_pages_with_a_part_of_their_own_are_known(
    address: str, is_known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.http.auth.next_page._known", set())
    know_pages(["/products/[slug]", "/account"])

    assert safe_next(address) == (address if is_known else "")


@given(st.text(alphabet="/\\%25c.f0ae:@?#;evil\t \n", max_size=30))
def test_whatever_is_kept_stays_on_this_site(text: str) -> None:
    kept = safe_next(text)

    assert urlsplit(urljoin(HOME + "/sign-in", kept)).netloc == "localhost:3000"


async def test_the_page_one_came_from_is_kept_only_if_it_is_ours(web: Browser, ada: str) -> None:
    own = await web.open("/sign-in", referer="http://localhost:3000/account/sessions")
    foreign = await web.open("/sign-in", referer="https://evil.example/account/sessions")
    similar = await web.open("/sign-in", referer="http://localhost:3000.evil.example/account")

    found = [
        'name="next" value="/account/sessions"' in page.text for page in (own, foreign, similar)
    ]
    assert found == [True, False, False]
