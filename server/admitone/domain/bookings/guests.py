"""The guests of a booking: people whom its customer brings along, known by their addresses only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import FieldError
from admitone.domain.people.email_address import normalise_email
from admitone.domain.people.recipient import recipient_key
from admitone.texts.message import count_message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_GUESTS = 10
"""Guests of one booking at most, whatever its event type allows."""
FIELD = "guests"


def guest_problems(texts: Sequence[str], *, test_addresses: bool = False) -> list[FieldError]:
    """The errors in guests that hold whatever is booked: too many, or texts that are no addresses.

    Too many are refused before any of them is looked at.
    """
    if len(texts) > MOST_GUESTS:
        return [too_many(MOST_GUESTS)]
    return [
        FieldError(
            f"{FIELD}.{place}", message("Enter a valid email address for guest %(number)s.", number=place + 1)
        )
        for place, text in enumerate(texts)
        if normalise_email(text.strip(), test_addresses=test_addresses) is None
    ]


def too_many(most: int) -> FieldError:
    """The error of more than `most` guests."""
    if most == 0:
        return FieldError(FIELD, message("No guests can be added to this booking."))
    return FieldError(
        FIELD, count_message("Add at most %(count)s guest.", "Add at most %(count)s guests.", count=most)
    )


def known_guests(texts: Sequence[str], customer: str, *, test_addresses: bool = False) -> tuple[str, ...]:
    """The guests' addresses in their normal form, in the order given, without texts that are no addresses.

    One mailbox is named once: an address that leads to another guest's, or to the customer's, is left out.
    """
    if not texts:
        return ()
    found = {recipient_key(customer): customer}
    for text in texts:
        address = normalise_email(text.strip(), test_addresses=test_addresses)
        if address is not None:
            found.setdefault(recipient_key(address), address)
    return tuple(found.values())[1:]
