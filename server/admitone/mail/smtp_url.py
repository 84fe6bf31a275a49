"""The address of a mail server, as written in the setting."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import msgspec

PORTS = {"smtp": 587, "smtps": 465}
"""The default ports for submission (RFC 6409 and RFC 8314)."""


class SmtpServer(msgspec.Struct, frozen=True):
    """A mail server: TLS from the first byte, or STARTTLS first, or neither on a loopback address."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str | None = None
    password: str | None = None


def smtp_server(text: str) -> SmtpServer:
    """Parse `smtps://user:password@host:465`, or `smtp://…:587`, which starts TLS before anything else.

    Only a server on a loopback address is used without TLS. User and password are percent-encoded.

    Raises:
        ValueError: the text says what is accepted.
    """
    accepted = "smtps://USER:PASSWORD@HOST:PORT or smtp://…, percent-encoded, user and password or neither"
    try:
        url = urlsplit(text)
        port = url.port or PORTS[url.scheme]
    except (ValueError, KeyError):
        raise ValueError(accepted) from None
    host = url.hostname or ""
    if not host or url.path.strip("/") or url.query or url.fragment or re.search(r"[^\x21-\x7e]", text):
        raise ValueError(accepted)
    if url.username is not None and not (url.username and url.password):
        raise ValueError(accepted)
    tls = url.scheme == "smtps"
    return SmtpServer(
        host=host,
        port=port,
        tls=tls,
        starttls=not tls and not _is_loopback(host),
        user=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
