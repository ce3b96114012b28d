"""Refuse every connection but loopback and Unix sockets; Python imports this by itself in each child of the tests."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any

REFUSED: list[str] = []
"""What was refused in this process, so that a test fails even where the code swallows the error."""

_REACH = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_ASK = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
_LOCAL_FAMILIES = {socket.AF_INET, socket.AF_INET6}


class NetworkRefusedError(RuntimeError):
    """The tests run with the network cut: this code wanted to go out."""


def _is_loopback(host: Any) -> bool:
    if host in {None, "localhost", b"localhost"}:
        return True
    try:
        text = host.decode() if isinstance(host, bytes) else str(host)
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _allows(event: str, arguments: tuple[Any, ...]) -> bool:
    if event in _ASK:
        host = arguments[0]
        return _is_loopback(host[0] if isinstance(host, tuple) else host)
    place, address = arguments[0], arguments[1]
    if place.family == getattr(socket, "AF_UNIX", None):
        return True
    # sendmsg on a connected socket names no address: connect has been asked already.
    return address is None or (place.family in _LOCAL_FAMILIES and _is_loopback(address[0]))


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _REACH and event not in _ASK:
        return
    if not _allows(event, arguments):
        REFUSED.append(event)
        raise NetworkRefusedError(f"{event} beyond this machine")


sys.addaudithook(_watch)
