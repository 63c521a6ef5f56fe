"""The event socket, spoken to without a browser (SEC-01, 08, 10, 12, 53; reference/security.md 4.1)."""

import base64
import contextlib
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from simple_websocket import Client, ConnectionClosed

from tests.e2e.conftest import Server

ROOT = "reflex___state____state"
SHELL = f"{ROOT}.marketplace___web___shell____shell_state"
ADMIN = f"{ROOT}.marketplace___web___admin___home____admin_home_state"
TOKEN = "tab-0123456789abcdef-0123"
COOKIE = "sid"
ENGINE_CLOSE = "1"


class Socket:
    """Engine.IO and Socket.IO by hand, as an attacker would."""

    def __init__(
        self, server: Server, *, cookie: str = "", origin: str | None = "own", token: str = TOKEN
    ) -> None:
        address = (
            server.url.replace("http", "ws") + f"/_event/?EIO=4&transport=websocket&token={token}"
        )
        headers = {}
        if cookie:
            headers["Cookie"] = f"{COOKIE}={cookie}"
        if origin is not None:
            headers["Origin"] = server.url if origin == "own" else origin
        self._client = Client(address, headers=headers)
        self.frames: list[str] = []
        self.receive()
        self._client.send("40/_event,")
        self.receive()

    def send(self, name: str, payload: Any = None, path: str = "/admin") -> None:
        event = {
            "name": name,
            "payload": payload or {},
            "router_data": {"pathname": path, "asPath": path},
        }
        self.raw(json.dumps(["event", event]))

    def raw(self, text: str) -> None:
        self._client.send(f"42/_event,{text}")

    def receive(self, timeout: float = 5) -> str | None:
        try:
            frame = self._client.receive(timeout)
        except ConnectionClosed:
            return None
        if frame == "2":
            self._client.send("3")
            return self.receive(timeout)
        if frame is not None:
            self.frames.append(str(frame))
        return frame if frame is None else str(frame)

    def all_within(self, seconds: float) -> str:
        """Everything that arrives until it is quiet for `seconds`."""
        while self.receive(seconds) is not None:
            pass
        return "\n".join(self.frames)

    def close(self) -> None:
        self._client.close()


def handshake(server: Server, origin: str) -> int:
    """The status that a browser on a page of `origin` gets when it asks for the socket."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
    try:
        connection.request(
            "GET",
            f"/_event/?EIO=4&transport=websocket&token={TOKEN}",
            headers={
                "Origin": origin,
                "Connection": "Upgrade",
                "Upgrade": "websocket",
                "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
            },
        )
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def opened(server: Server, **choices: Any) -> Iterator[Socket]:
    socket = Socket(server, **choices)
    try:
        yield socket
    finally:
        socket.close()


@pytest.fixture
def staff_cookie(page: Page, sign_in: Callable[..., None]) -> str:
    sign_in(page, "lin.na")
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:1",
        "https://localhost",
        "http://localhost.evil.example",
    ],
)
def test_a_foreign_origin_cannot_open_the_socket(server: Server, origin: str) -> None:
    assert handshake(server, origin) in (400, 403)


def test_our_own_origin_can(server: Server) -> None:
    assert handshake(server, server.url) == 101


@pytest.mark.parametrize("token", ["", "x", "short-token", "y" * 65])
def test_a_token_of_the_wrong_length_is_refused(server: Server, token: str) -> None:
    with opened(server, token=token) as socket:
        socket.send(f"{SHELL}.load")
        assert "shell_state" not in socket.all_within(0.5)


def test_names_nobody_has_are_dropped_and_soon_the_socket_with_them(server: Server) -> None:
    log = server.data / "server.log"
    before = log.stat().st_size
    with opened(server) as socket:
        for number in range(40):
            socket.send(f"{ROOT}.no_such_thing_{number}")
        socket.all_within(0.5)
        assert socket.frames[-1] == ENGINE_CLOSE
        socket.frames.clear()
        with contextlib.suppress(ConnectionClosed):
            socket.send(f"{SHELL}.load")
        assert "shell_state" not in socket.all_within(0.5)
    grown = log.stat().st_size - before
    assert grown < 4_000, "a flood of junk must not fill the log"
    assert "Traceback" not in log.read_text()[before:]


def test_a_guest_gets_nothing_from_a_staff_handler(server: Server) -> None:
    with opened(server) as socket:
        socket.send(f"{ADMIN}.load")
        heard = socket.all_within(1)
    assert "/sign-in?next=/admin" in heard
    assert "queues" not in heard


def test_staff_get_their_page_over_the_same_socket(server: Server, staff_cookie: str) -> None:
    """The control of the test above: with the cookie the same event does answer."""
    with opened(server, cookie=staff_cookie) as socket:
        socket.send(f"{ADMIN}.load")
        assert "queues" in socket.all_within(1.5)


def test_a_stolen_tab_token_opens_an_empty_tab(server: Server, staff_cookie: str) -> None:
    """After its owner has gone, the token without the cookie finds nothing of theirs."""
    with opened(server, cookie=staff_cookie) as owner:
        owner.send(f"{SHELL}.load")
        assert "Lin Na" in owner.all_within(1.5)
    with opened(server) as thief:
        thief.send(f"{ROOT}.hydrate")
        thief.send(f"{SHELL}.load")
        assert "Lin Na" not in thief.all_within(1)


def test_the_token_is_never_written_to_the_log(server: Server) -> None:
    token = "canary-tab-token-abcdefghijkl"
    with opened(server, token=token) as socket:
        socket.send(f"{SHELL}.load")
        socket.all_within(0.5)
    assert token not in (server.data / "server.log").read_text()


def test_signing_out_shuts_the_open_socket_out_too(
    server: Server, page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "chen.hao", is_new=True)
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)
    with opened(server, cookie=cookie, token="tab-of-chen-hao-0123456789") as socket:
        socket.send(f"{ADMIN}.load")
        assert "queues" in socket.all_within(1.5)
        page.goto("/account/sessions")
        page.locator("form[action='/auth/sign-out'] button").first.click()
        page.wait_for_timeout(5_100)  # a right is gone within five seconds
        socket.frames.clear()
        socket.send(f"{ADMIN}.load")
        heard = socket.all_within(1.5)
    assert "/sign-in" in heard
    assert "queues" not in heard


HOSTILE = [
    "[]", "{}", "null", '["event"]', '["event", null]', '["event", 5]', '["event", []]', '["event", "x"]',
    '["event", {"name": 5}]', '["event", {"name": null, "payload": []}]',
    '["event", {"name": "' + "n" * 100_000 + '"}]',
    '["event", {"name": "' + SHELL + '.load", "payload": {"a": NaN}}]',
    '["event", {"name": "' + SHELL + '.load", "payload": ' + "[" * 500 + "]" * 500 + "}]",
    '["event", {"name": "' + SHELL + '.load", "router_data": 7}]',
]  # fmt: skip


@pytest.mark.parametrize("frame", HOSTILE, ids=range(len(HOSTILE)))
def test_a_broken_frame_disturbs_nobody_else(server: Server, frame: str) -> None:
    with opened(server, token="a-quiet-neighbour-0123456") as neighbour:
        with opened(server, token="a-noisy-stranger-0123456") as stranger:
            stranger.raw(frame)
            stranger.all_within(0.3)
        neighbour.send(f"{SHELL}.load")
        assert "shell_state" in neighbour.all_within(1)


@pytest.mark.parametrize(
    "path",
    [
        "/_upload",
        "/_all_routes",
        "/auth-codespace",
        "/.env",
        "/.git/HEAD",
        "/rxconfig.py",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_a_development_server_shows_is_not_there(server: Server, path: str) -> None:
    for method in ("GET", "POST"):
        assert _status(server.url + path, method) in (404, 405)


def _status(url: str, method: str) -> int:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, method=method), timeout=5
        ) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def test_a_foreign_origin_is_not_let_in_by_http_either(server: Server) -> None:
    request = urllib.request.Request(server.url + "/", headers={"Origin": "https://evil.example"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.headers.get("Access-Control-Allow-Origin") is None
