"""Parse the texts of settings. Each function raises ValueError with the accepted values."""

from __future__ import annotations

import base64
import binascii
import os
import re
from contextlib import suppress
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

Choice = TypeVar("Choice", bound=StrEnum)
Networks = tuple[IPv4Network | IPv6Network, ...]
SecretKeys = dict[str, bytes]

SECRET_KEY_LENGTH = 32
KEY_ID_LENGTH = 12
"""Characters in a secret key's id at most: with more, a link's sealed code would not fit its packed hash."""
LEAST_MEMORY = 16 * 1024**2
"""Bytes of memory that the embedded server needs to be of use."""
MOST_PROCESSES = 64
REDIS_SCHEMES = (
    "redis://",
    "rediss://",
    "redis+sentinel://",
    "redis+cluster://",
    "rediss+cluster://",
    "unix://",
)


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """One of the values of an enumeration."""

    def parse(text: str) -> Choice:
        if text not in list(choices):
            raise ValueError(f"one of {', '.join(choices)}")
        return choices(text)

    return parse


def on_or_off(text: str) -> bool:
    """`on` or `off`."""
    return _either(text, "on", "off")


def yes_or_no(text: str) -> bool:
    """`yes` or `no`."""
    return _either(text, "yes", "no")


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds, both included."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return parse


def processes(text: str) -> int:
    """A number of processes, or `auto` for one on each core that this process may use."""
    if text == "auto":
        return min(
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            MOST_PROCESSES,
        )
    try:
        return between(1, MOST_PROCESSES)(text)
    except ValueError:
        raise ValueError(f"auto, or a whole number from 1 to {MOST_PROCESSES}") from None


def memory(text: str) -> int:
    """An amount of memory as in redis.conf, such as `512mb` or `2gb`; returned in bytes."""
    found = re.fullmatch(r"([0-9]{1,6})(mb|gb)", text.lower())
    size = int(found[1]) * (1024**2 if found[2] == "mb" else 1024**3) if found else 0
    if size < LEAST_MEMORY:
        raise ValueError("an amount of memory such as 512mb or 2gb, at least 16mb")
    return size


def host(text: str) -> str:
    """An IP address (v6 without brackets) or a host name."""
    if not _is_address(text) and not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252})", text):
        raise ValueError("an IP address such as 127.0.0.1, or a host name")
    return text


def public_url(text: str) -> str:
    """`https://host[:port]`, or `http://` on a loopback address; returned without a trailing slash.

    Other http is refused: cookies and one-time links would be readable on the network.
    """
    accepted = "https://HOST or https://HOST:PORT, or http:// on a loopback address such as 127.0.0.1"
    try:
        url = urlsplit(text)
        has_port = url.port is not None
    except ValueError:
        raise ValueError(accepted) from None
    name = url.hostname or ""
    plain = not (url.path.strip("/") or url.query or url.fragment or "@" in url.netloc)
    safe = url.scheme == "https" or (url.scheme == "http" and _is_loopback(name))
    if not (name and plain and safe) or re.search(r"[^\x21-\x7e]|\\", text):
        raise ValueError(accepted)
    return f"{url.scheme}://{_in_url(name)}" + (f":{url.port}" if has_port else "")


def text(text: str) -> str:
    """Any text without blanks."""
    if not text.isprintable() or " " in text:
        raise ValueError("a text without blanks")
    return text


def redirect_uris(text: str) -> tuple[str, ...]:
    """Comma-separated addresses that apps are sent back to, compared exactly; empty for none."""
    accepted = "comma-separated addresses such as https://abc.chromiumapp.org/, without a fragment"
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for address in found:
        try:
            url = urlsplit(address)
        except ValueError:
            raise ValueError(accepted) from None
        plain = url.hostname and url.path and "#" not in address and "@" not in url.netloc
        if url.scheme != "https" or not plain or re.search(r"[^\x21-\x7e]|\\", address):
            raise ValueError(accepted)
    return found


def networks(text: str) -> Networks:
    """Comma-separated networks in CIDR notation, or single addresses; empty for none."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError(
            "comma-separated networks such as 10.0.0.0/8, with no bits set after the prefix"
        ) from None


def folder(text: str) -> Path:
    """A folder, as an absolute path; it need not exist yet, and whoever uses it says if that fails."""
    path = Path(text).expanduser().absolute()
    with suppress(OSError):  # such as a folder around it that this user cannot enter
        if path.exists() and not path.is_dir():
            raise ValueError(f"a folder; {path} is a file")
    return path


def program(text: str) -> Path:
    """A program that this user may run, as an absolute path."""
    path = Path(text).expanduser().absolute()
    if not (path.is_file() and os.access(path, os.X_OK)):
        raise ValueError(f"the path of a program; {path} is none")
    return path


def redis_url(text: str) -> str:
    """The address of a Redis, which store/redis/connect.py parses. It may contain a password."""
    if not text.startswith(REDIS_SCHEMES):
        raise ValueError(f"an address that starts with {', '.join(REDIS_SCHEMES)}")
    return text


def secret_keys(text: str) -> SecretKeys:
    """`id:base64,…` as keys by id, in this order; the first seals."""
    accepted = (
        f"id:base64, comma-separated, where id is 1 to {KEY_ID_LENGTH} letters and digits, used once, "
        f"and base64 is {SECRET_KEY_LENGTH} bytes (openssl rand -base64 {SECRET_KEY_LENGTH})"
    )
    keys: SecretKeys = {}
    for part in text.split(","):
        key_id, _, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError(accepted) from None
        if (
            not re.fullmatch(rf"[A-Za-z0-9]{{1,{KEY_ID_LENGTH}}}", key_id)
            or key_id in keys
            or len(key) != SECRET_KEY_LENGTH
        ):
            raise ValueError(accepted)
        keys[key_id] = key
    return keys


def address_in_url(host: str, port: int) -> str:
    """`host:port` for a URL: an IPv6 address is in brackets."""
    return f"{_in_url(host)}:{port}"


def _either(text: str, yes: str, no: str) -> bool:
    if text not in {yes, no}:
        raise ValueError(f"{yes} or {no}")
    return text == yes


def _in_url(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _is_loopback(name: str) -> bool:
    if _is_address(name):
        return ip_address(name).is_loopback
    return name == "localhost" or name.endswith(".localhost")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
