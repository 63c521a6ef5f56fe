"""Addresses people give us lead to the open internet or nowhere (SEC-46)."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from marketplace.integrations import fetch
from marketplace.integrations.fetch import GuardedFetcher, is_public
from marketplace.ports import Fetched, FetchRefused

PICTURE = ("image/jpeg", "image/png")
LOCAL_FILE = "file:" + "///etc/hosts"
HIDDEN = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "2001:0:7f00:1::", "not an address", "",
]  # fmt: skip


class Site(BaseHTTPRequestHandler):
    """A small internet on this machine."""

    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        where = self.path.partition("?to=")[2]
        if where:
            self.answer(302, {"Location": where})
        elif self.path == "/endless":
            self.answer(200, {"Content-Type": "image/png"}, b"x" * 5000)
        elif self.path == "/page":
            self.answer(200, {"Content-Type": "text/html"}, b"<html>")
        elif self.path == "/round":
            self.answer(302, {"Location": "/round"})
        elif self.path == "/cup.png":
            self.answer(
                200, {"Content-Type": "image/png; charset=x", "Content-Length": "4"}, b"face"
            )
        else:
            self.answer(404, {})

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str], GuardedFetcher]]:
    """Its address, what it was asked, and a fetcher for which 127.0.0.1 alone is the internet."""
    Site.asked = []
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        fetcher = GuardedFetcher(
            is_allowed=lambda address: address == "127.0.0.1", ports=(server.server_port,)
        )
        yield f"http://127.0.0.1:{server.server_port}", Site.asked, fetcher
        server.shutdown()


def get(fetcher: GuardedFetcher, url: str) -> Fetched:
    return fetcher.fetch(url, most_bytes=1000, content_types=PICTURE)


@pytest.mark.parametrize("address", HIDDEN)
def test_an_address_of_ours_or_of_nobody_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]"],
)  # fmt: skip
def test_this_machine_is_refused_however_it_is_spelt_before_anything_is_sent(
    host: str, site: tuple[str, list[str], GuardedFetcher]
) -> None:
    url, asked, _ = site
    port = int(url.rpartition(":")[2])
    spelt = {"localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"}  # by the system
    real = GuardedFetcher(
        resolve=lambda name, _port: ["127.0.0.1"] if name in spelt else [name], ports=(port,)
    )

    with pytest.raises(FetchRefused, match="not on the public internet"):
        get(real, f"http://{host}:{port}/cup.png")
    assert asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    fetcher = GuardedFetcher(resolve=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])

    with pytest.raises(FetchRefused, match="not on the public internet"):
        get(fetcher, "http://rebind.example/cup.png")


def test_the_name_is_looked_up_once_and_the_checked_address_is_used(
    site: tuple[str, list[str], GuardedFetcher],
) -> None:
    """A name that answers differently the second time gains nothing: there is no second time."""
    url, asked, fetcher = site
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    rebinding = GuardedFetcher(
        resolve=lambda _host, _port: next(answers),
        is_allowed=fetcher.is_allowed,
        ports=fetcher.ports,
    )

    port = url.rpartition(":")[2]
    assert get(rebinding, f"http://rebind.example:{port}/cup.png").content == b"face"
    assert next(answers) == ["127.0.0.2"]
    assert asked == ["/cup.png"]


@pytest.mark.parametrize(
    "url",
    [
        LOCAL_FILE, "ftp://example.com/x", "gopher://example.com", "javascript:alert(1)", "//example.com/x",
        "http://", "http://user:word@example.com/x", "http://user@example.com/", "http://exa mple.com", "http://a:99999/",
        "http://例え.jp/x", "http://example.com/\r\nHost: x", "https://" + "a" * 2000, "",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused, match=r"http:// or https://|does not answer"):
        get(GuardedFetcher(resolve=lambda _h, _p: ["8.8.8.8"]), url)


def test_only_the_webs_own_ports_are_asked() -> None:
    with pytest.raises(FetchRefused, match="not on the public internet"):
        get(GuardedFetcher(resolve=lambda _h, _p: ["8.8.8.8"]), "http://example.com:6379/")


def test_a_picture_is_brought_with_its_type_and_final_address(
    site: tuple[str, list[str], GuardedFetcher],
) -> None:
    url, _asked, fetcher = site

    assert get(fetcher, f"{url}/a?to=/cup.png") == Fetched(b"face", "image/png", f"{url}/cup.png")


def test_a_redirect_to_a_private_place_is_refused_before_it_is_asked(
    site: tuple[str, list[str], GuardedFetcher],
) -> None:
    url, asked, fetcher = site
    port = url.rpartition(":")[2]

    with pytest.raises(FetchRefused, match="not on the public internet"):
        get(fetcher, f"{url}/a?to=http://127.0.0.2:{port}/cup.png")
    with pytest.raises(FetchRefused, match="no http"):
        get(fetcher, f"{url}/a?to={LOCAL_FILE}")
    assert asked == [f"/a?to=http://127.0.0.2:{port}/cup.png", f"/a?to={LOCAL_FILE}"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/round", "too many times"),
        ("/endless", "too large"),
        ("/page", "kind we do not accept"),
        ("/none", "no file"),
    ],
)
def test_what_is_not_a_small_picture_is_refused_with_the_reason(
    path: str, reason: str, site: tuple[str, list[str], GuardedFetcher]
) -> None:
    url, asked, fetcher = site

    with pytest.raises(FetchRefused, match=reason):
        get(fetcher, url + path)
    assert len(asked) <= fetch.MOST_REDIRECTS + 1


def test_a_host_that_does_not_answer_is_told_apart_from_nothing(
    site: tuple[str, list[str], GuardedFetcher],
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    fetcher = GuardedFetcher(is_allowed=lambda _address: True, ports=(port,))

    with pytest.raises(FetchRefused, match="does not answer"):
        get(fetcher, f"http://127.0.0.1:{port}/")
