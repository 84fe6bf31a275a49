"""What templates of workflows show: in the contact's language, in a zone, escaped by context."""

from __future__ import annotations

from typing import Any

import pytest

from admitone.domain.availability.zones import zone
from admitone.domain.people.reader import reader_for
from admitone.domain.workflows.example_values import START
from admitone.domain.workflows.facts import run_zone
from admitone.domain.workflows.template_values import (
    BookingValues,
    LinkValues,
    RunValues,
    SenderValues,
    template_values,
)
from admitone.mail.liquid import TemplateError, render
from tests.support.workflows.facts import a_contact

LINK = LinkValues("https://book.test/.CODE", None, "Talk to Hanna")
BOOKING = BookingValues(START, START + 1800, "Introduction", "Hanna", "", "https://book.test/manage/T")


def values(language: str = "en", in_zone: str = "Europe/Paris", **given: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"contact": a_contact(), "workspace": "Acme", "booking": BOOKING}
    run = RunValues(**usual | given)
    return template_values(run, reader_for([language]), zone(in_zone))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ booking.start }}", "Thu, Dec 3, 2026, 10:00 AM"),
        ("{{ booking.start | date_in: contact.timezone }}", "Thursday, December 3, 2026"),
        ("{{ booking.start | time_in: contact.timezone }}", "10:00 AM"),
        ("{{ booking.start | time_in: 'Asia/Tokyo' }}", "6:00 PM"),
        ("{{ booking.end | time_in: 'America/New_York' }}", "4:30 AM"),
        ("{{ link.expires_at | date_in: contact.timezone }}{{ link.expires_at }}", ""),
    ],
)
def test_times(template: str, said: str) -> None:
    shown = render(template, values("en-US", trigger_link=LINK))
    assert shown.replace("\u202f", " ") == said


def test_times_are_in_the_contacts_language() -> None:
    german = values("de-DE", contact=a_contact(timezone=None), in_zone="Asia/Tokyo")
    assert render("{{ booking.start | date_in: contact.timezone }}", german) == "Donnerstag, 3. Dezember 2026"
    assert render("{{ booking.start | time_in: contact.timezone }}", german) == "18:00"


def test_html_is_escaped_and_text_is_not() -> None:
    contact = a_contact(first_name="<b>", tags=("<i>",), fields={"company": "A & B"})
    template = (
        "{{ contact.first_name }}{{ contact.tags }}{{ contact.fields.company }}{{ contact.fields.none }}"
    )
    assert render(template, values(contact=contact)) == "<b><i>A & B"
    assert render(template, values(contact=contact), html=True) == "&lt;b&gt;&lt;i&gt;A &amp; B"


@pytest.mark.parametrize(
    "name", ["user.name", "link.page", "generate_one_time_booking_link.page", "booking.start"]
)
def test_what_a_run_does_not_have_fails(name: str) -> None:
    with pytest.raises(TemplateError, match="There is no"):
        render(f"{{{{ {name} }}}}", values(booking=None))


def test_links_have_the_names_of_their_steps() -> None:
    known = values(links={"generate_one_time_booking_link_2": LINK}, sender=SenderValues("Hanna", "h@x.test"))
    template = "{{ user.name }} {{ generate_one_time_booking_link_2.one_time_link }}"
    assert render(template, known) == "Hanna https://book.test/.CODE"


def test_the_zone_of_a_run() -> None:
    assert run_zone(a_contact(), "Asia/Tokyo").key == "Europe/Paris"
    assert run_zone(a_contact(timezone=None), None, "Asia/Tokyo").key == "Asia/Tokyo"
    assert run_zone(a_contact(timezone="nonsense"), "nonsense").key == "UTC"
