"""Values to try a workflow's templates with, and to show what a mail will look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.availability.zones import zone
from admitone.domain.contacts.contact import Contact
from admitone.domain.people.reader import reader_for
from admitone.domain.workflows.custom_values import BOOKING, LINK, USER, is_link
from admitone.domain.workflows.template_values import (
    BookingValues,
    LinkValues,
    RunValues,
    SenderValues,
    template_values,
)

if TYPE_CHECKING:
    from collections.abc import Collection

START = 1_796_288_400
"""Thursday, December 3, 2026, 10:00 in Paris."""
_SPARSE = Contact(id="", email="carla@example.com", created_at=0)
_WHOLE = Contact(
    id="",
    email="carla@example.com",
    created_at=0,
    first_name="Carla",
    last_name="Customer",
    phone="+33 1 23 45 67 89",
    timezone="Europe/Paris",
    locale="en",
    tags=("vip", "trial"),
)


def example_values(groups: Collection[str], *, sparse: bool = False) -> dict[str, Any]:
    """Example values of these groups (`custom_values.py`); with `sparse`, everything optional is empty."""
    link = LinkValues(
        "https://book.example.com/.EXAMPLE", None if sparse else START + 14 * 86_400, "Introduction"
    )
    booking = BookingValues(
        START,
        START + 1800,
        "Introduction",
        "" if sparse else "Hanna",
        "" if sparse else "Google Meet",
        "https://book.example.com/manage/EXAMPLE",
    )
    values = RunValues(
        contact=_SPARSE if sparse else _WHOLE,
        workspace="Acme",
        sender=SenderValues("Hanna", "hanna@example.com") if USER in groups else None,
        booking=booking if BOOKING in groups else None,
        trigger_link=link if LINK in groups else None,
        links={name: link for name in groups if is_link(name) and name != LINK},
    )
    return template_values(values, reader_for(["en"]), zone("Europe/Paris"))
