"""Email addresses, as RFC 5321 allows them in practice; nothing checks whether mail can be delivered."""

from __future__ import annotations

import re
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from admitone.texts.message import message

MESSAGE = message("Enter a valid email address.")

_PLAIN = re.compile(
    r"(?=.{6,254}\Z)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    r"(?!\S*--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?P<last>[a-z]{2,63})"
)
"""Addresses that are valid and normal as they are, unless `last` is special: all but a few in practice."""
_SPECIAL = frozenset(name.rpartition(".")[2] for name in SPECIAL_USE_DOMAIN_NAMES) | {"test"}


@lru_cache(maxsize=2000)
def normalise_email(text: str, *, test_addresses: bool = False) -> str | None:
    """The address in its normal form, or None if the text is not an address.

    `test_addresses` allows `.test` domains. Results are cached: a request asks for the same addresses more
    than once, up to 1,000 of them. What is not plain is left to a library, which takes 20 times as long.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and (plain["last"] not in _SPECIAL or (test_addresses and plain["last"] == "test")):
        return text
    try:
        found = validate_email(text, check_deliverability=False, test_environment=test_addresses)
    except EmailNotValidError:
        return None
    return found.normalized


def same_address(one: str, other: str) -> bool:
    """Whether both are the same address: upper and lower case do not count, though a server may differ."""
    return one.casefold() == other.casefold()
