"""Check what a caller writes of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.contact import details_problems
from admitone.domain.errors import FieldError
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.domain.people.time_zone import zone_problems

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import ContactBody, ContactValues
    from admitone.usecases.shared.services import Services


def contact_problems(services: Services, prefix: str, body: ContactBody | ContactValues) -> list[FieldError]:
    """The errors in what is written of one contact; `prefix` is its place, such as `contacts.3.`."""
    found = details_problems(prefix, body)
    if body.timezone is not None:
        found += zone_problems(f"{prefix}timezone", body.timezone)
    if contact_address(services, body.email) is None:
        found.append(FieldError(f"{prefix}email", MESSAGE))
    return found


def contact_address(services: Services, text: str) -> str | None:
    """The address as a contact holds it, normalised and casefolded; None if the text is not an address."""
    email = normalise_email(text.strip(), test_addresses=services.test_addresses)
    return None if email is None else email.casefold()
