"""No test talks to the outside: connections leave this machine only by mistake."""

import ipaddress
import socket
from typing import Any

import pytest

LOCAL_NAMES = {"localhost", "", None}


class NetworkBlocked(RuntimeError):
    """A test tried to reach the outside. Use a fake of the port, or a server on loopback."""


def block(patch: pytest.MonkeyPatch) -> None:
    for method in ("connect", "connect_ex"):
        patch.setattr(socket.socket, method, _guarded(getattr(socket.socket, method)))
    look_up = socket.getaddrinfo

    def look_up_local(host: Any, *args: Any, **kwargs: Any) -> Any:
        _require_local(host.decode() if isinstance(host, bytes) else host)
        return look_up(host, *args, **kwargs)

    patch.setattr(socket, "getaddrinfo", look_up_local)


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _require_local(address[0])
        return connect(self, address)

    return guarded


def _require_local(host: str | None) -> None:
    if host in LOCAL_NAMES:
        return
    try:
        is_local = ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        is_local = False
    if not is_local and host not in ("0.0.0.0", "::", socket.gethostname()):  # noqa: S104  names
        raise NetworkBlocked(f"a test tried to reach {host}")
