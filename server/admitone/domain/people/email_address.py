"""Email addresses, as RFC 5321 allows them in practice; whether they can be delivered to is not looked up."""

from __future__ import annotations

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

MESSAGE = "This is not an email address that mail can be sent to."


@lru_cache(maxsize=256)
def normalise_email(text: str, *, test_addresses: bool = False) -> str | None:
    """The address in its normal form, or None where it is none; `test_addresses` admits `.test` domains.

    One request asks for one address more than once, and looking at its every character takes a while.
    """
    try:
        found = validate_email(text, check_deliverability=False, test_environment=test_addresses)
    except EmailNotValidError:
        return None
    return found.normalized


def same_address(one: str, other: str) -> bool:
    """Whether mail to both reaches one mailbox, as far as anybody but its server can tell."""
    return one.casefold() == other.casefold()
