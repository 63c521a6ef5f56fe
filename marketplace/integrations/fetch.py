"""Loads an address somebody gave us, without lending them our place in the network (SEC-46).

Every address the name resolves to must be public; the connection goes to exactly the one that was
checked, so that a name which changes its mind between the two gains nothing; each redirect is
checked from the start again.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from marketplace.kit.languages import N_
from marketplace.ports import Fetched, FetchRefused

MOST_REDIRECTS = 3
SECONDS = 5  # for each connection and each read
ALTOGETHER = 20
CHUNK = 64 * 1024
LONGEST = 2000
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})

NOT_AN_ADDRESS = N_("This is no http:// or https:// address.")
NOT_PUBLIC = N_("This address is not on the public internet.")
NOT_REACHED = N_("This address does not answer.")
TOO_MANY = N_("This address sends us on too many times.")
WRONG_STATUS = N_("There is no file at this address.")
WRONG_TYPE = N_("The file at this address is of a kind we do not accept.")
TOO_LARGE = N_("The file at this address is too large.")
TUNNELS = tuple(
    ipaddress.ip_network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
)
"""IPv6 addresses that carry an IPv4 one inside: where they lead is not for us to find out."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the open internet and to no network of ours or a host's."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            address = address.ipv4_mapped
        elif any(address in network for network in TUNNELS):
            return False
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class GuardedFetcher:
    """`resolve`, `is_allowed` and `ports` are as on the internet; tests have a small one."""

    resolve: Callable[[str, int], list[str]] = resolve
    is_allowed: Callable[[str], bool] = is_public
    ports: Collection[int] = (80, 443)

    def fetch(self, url: str, *, most_bytes: int, content_types: Collection[str]) -> Fetched:
        ends = time.monotonic() + ALTOGETHER
        for _ in range(MOST_REDIRECTS + 1):
            parts = self._checked(url)
            connection = self._connected(parts)
            try:
                answer = _asked(connection, parts)
                if answer.status in REDIRECTS:
                    url = urljoin(url, answer.getheader("Location", ""))
                    continue
                return _taken(answer, url, most_bytes, content_types, ends)
            except (OSError, http.client.HTTPException):
                raise FetchRefused(NOT_REACHED) from None
            finally:
                connection.close()
        raise FetchRefused(TOO_MANY)

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            raise FetchRefused(NOT_AN_ADDRESS) from None
        if (
            len(url) > LONGEST
            or parts.scheme not in PORTS
            or not parts.hostname
            or parts.username is not None
            or not url.isascii()
            or not url.isprintable()
            or " " in url
        ):
            raise FetchRefused(NOT_AN_ADDRESS)
        if port not in self.ports:
            raise FetchRefused(NOT_PUBLIC)
        return parts

    def _connected(self, parts: SplitResult) -> http.client.HTTPConnection:
        """A connection to one checked address of the host, opened already."""
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise FetchRefused(NOT_REACHED) from None
        if not found or not all(self.is_allowed(address) for address in found):
            raise FetchRefused(NOT_PUBLIC)
        try:
            plain = socket.create_connection((found[0], port), timeout=SECONDS)
        except OSError:
            raise FetchRefused(NOT_REACHED) from None
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = plain
        if parts.scheme == "https":
            try:
                connection.sock = ssl.create_default_context().wrap_socket(
                    plain, server_hostname=host
                )
            except OSError:
                plain.close()
                raise FetchRefused(NOT_REACHED) from None
        return connection


def _asked(connection: http.client.HTTPConnection, parts: SplitResult) -> http.client.HTTPResponse:
    path = parts.path or "/"
    connection.request(
        "GET",
        f"{path}?{parts.query}" if parts.query else path,
        headers={"User-Agent": "jishi-import", "Accept": "*/*", "Accept-Encoding": "identity"},
    )
    return connection.getresponse()


def _taken(
    answer: http.client.HTTPResponse,
    url: str,
    most_bytes: int,
    content_types: Collection[str],
    ends: float,
) -> Fetched:
    if answer.status != http.client.OK:
        raise FetchRefused(WRONG_STATUS)
    content_type = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if content_type not in content_types:
        raise FetchRefused(WRONG_TYPE)
    length = answer.getheader("Content-Length") or "0"
    if length.isdecimal() and int(length) > most_bytes:
        raise FetchRefused(TOO_LARGE)
    content = bytearray()
    while chunk := answer.read(CHUNK):
        content += chunk
        if len(content) > most_bytes:
            raise FetchRefused(TOO_LARGE)
        if time.monotonic() > ends:
            raise FetchRefused(NOT_REACHED)
    return Fetched(bytes(content), content_type, url)
