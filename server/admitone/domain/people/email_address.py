"""Email addresses, as RFC 5321 allows them in practice; nothing checks whether mail can be delivered."""

from __future__ import annotations

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from admitone.texts.message import message

MESSAGE = message("Enter a valid email address.")


@lru_cache(maxsize=2000)
def normalise_email(text: str, *, test_addresses: bool = False) -> str | None:
    """The address in its normal form, or None if the text is not an address.

    `test_addresses` allows `.test` domains. Results are cached: a request asks for the same addresses more
    than once, up to 1,000 of them, and validating one is slow.
    """
    try:
        found = validate_email(text, check_deliverability=False, test_environment=test_addresses)
    except EmailNotValidError:
        return None
    return found.normalized


def same_address(one: str, other: str) -> bool:
    """Whether both are the same address: upper and lower case do not count, though a server may differ."""
    return one.casefold() == other.casefold()


def has_domain(address: str | None, domain: str) -> bool:
    """Whether an address is one of this domain; case does not count. None is no address."""
    return address is not None and address.rpartition("@")[2].casefold() == domain.casefold()
