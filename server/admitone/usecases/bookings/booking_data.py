"""The values that a customer sends to book a time: checks them, and makes the booking's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import BookingData
from admitone.domain.bookings.guests import guest_problems, known_guests, too_many
from admitone.domain.errors import FieldError, Invalid
from admitone.domain.pages.form import check_answers
from admitone.domain.pages.language import fixed_language
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.domain.people.reader import reader_for
from admitone.domain.people.time_zone import zone_problems
from admitone.domain.text import is_blank, line_problems, name_problems, text_problems, trimmed
from admitone.texts.message import message
from admitone.usecases.shared.bodies import refuse

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import CustomerBooking
    from admitone.domain.links.target import Target
    from admitone.domain.pages.event_type import EventType
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services


def refuse_text(services: Services, body: CustomerBooking) -> None:
    """Raise Invalid for what is wrong whatever the address leads to."""
    problems: list[FieldError] = []
    if body.name is not None:
        problems += name_problems("name", body.name)
    if body.email is not None and _email(services, body.email) is None:
        problems.append(FieldError("email", MESSAGE))
    if body.timezone is not None:
        problems += zone_problems("timezone", body.timezone)
    problems += text_problems("notes", body.notes)
    problems += line_problems("locale", body.locale or "", most=35, empty=True)
    problems += guest_problems(body.guests or [], test_addresses=services.test_addresses)
    refuse(problems)


async def booking_data(
    services: Services,
    visit: Visit,
    target: Target,
    event_type: EventType,
    body: CustomerBooking,
    sealed_token: str,
) -> BookingData:
    """The booking's data; values from the customer replace those of the link's person. Raises Invalid.

    `target` is the visit's.
    """
    link = visit.link
    name = body.name or (link.name if link else None)
    email = body.email or (link.email if link else None)
    form = target.form(event_type.id)
    answers, problems = check_answers(form, body.answers, test_addresses=services.test_addresses)
    if is_blank(name or ""):
        problems.append(FieldError("name", message("This field is required.")))
    if not email:
        problems.append(FieldError("email", message("This field is required.")))
    guests = known_guests(body.guests or [], email or "", test_addresses=services.test_addresses)
    if len(guests) > event_type.max_guests:
        problems.append(too_many(event_type.max_guests))
    if problems or name is None or email is None:
        raise Invalid(*problems)
    return BookingData(
        created_at=services.now(),
        name=name,
        email=_email(services, email) or email,
        timezone=body.timezone or target.timezone(event_type.id),
        event_type_name=event_type.name,
        location=event_type.location,
        policy=event_type.policy,
        manage=sealed_token,
        notes=trimmed(body.notes),
        answers=answers,
        questions={field.id: field.label for field in form if field.id in answers},
        guests=guests,
        locale=_language(body.locale, fixed_language(target.page, await visit.snapshot.settings())),
    )


def _language(hint: str | None, fixed: str | None) -> str | None:
    """The tag of the language in which the customer reads, with their region if `hint` has one.

    That is the language that the page fixes, or else the one of ours that fits `hint`, any language tag. None
    if there is neither: mails then are in the language that is fixed when they are sent.
    """
    return reader_for([hint] if hint else [], fixed).tag if hint or fixed else None


def _email(services: Services, text: str) -> str | None:
    return normalise_email(text, test_addresses=services.test_addresses)
