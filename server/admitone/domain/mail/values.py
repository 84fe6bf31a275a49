"""The values that templates of mails can use, as text in the recipient's language and zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.mail.kinds import MAILS
from admitone.texts.catalogues import ENGLISH

if TYPE_CHECKING:
    from admitone.domain.mail.kinds import MailKind


class PersonValues(msgspec.Struct, frozen=True):
    """A person; None for a host who was deleted."""

    name: str | None
    email: str | None


class AnswerValues(msgspec.Struct, frozen=True):
    """The customer's answer to one question of the page's form."""

    question: str
    answer: str


class MailValues(msgspec.Struct, frozen=True, kw_only=True):
    """The names that a template knows; None stands for a missing value, which Liquid treats as false."""

    language: str
    customer: PersonValues
    host: PersonValues
    hosts: Sequence[str]
    guests: Sequence[str] = ()
    host_names: str | None = None
    event_type: str
    title: str
    date: str | None = None
    time: str | None = None
    timezone: str | None = None
    was: str | None = None
    place: str | None = None
    join_url: str | None = None
    manage_url: str | None = None
    new_url: str | None = None
    booking_url: str | None = None
    changes: str | None = None
    policy: str | None = None
    by: str | None = None
    taken_by: str | None = None
    reason: str | None = None
    notes: str | None = None
    answers: Sequence[AnswerValues] = ()
    ahead: str | None = None
    link_url: str | None = None
    expires: str | None = None
    code: str | None = None
    workspace: str


def example_values(kind: MailKind, url: str, *, sparse: bool = False) -> MailValues:
    """Values to try a template with: all that such a mail can have, or as few as possible (`sparse`)."""
    if kind == "email_code":
        return _example_code(sparse=sparse)
    if kind in {"link", "link_reminder"}:
        return _example_link(url, sparse=sparse)
    least = MailValues(
        language=ENGLISH,
        customer=PersonValues("Carla Customer", "carla@example.com"),
        host=PersonValues(None, None),
        hosts=(),
        event_type="Introduction",
        title="Introduction",
        date="Thursday, December 3, 2026",
        time="10:30–11:00",
        timezone="Paris, GMT+1",
        manage_url=f"{url}/manage/EXAMPLE",
        booking_url=f"{url}/dashboard/bookings",
        ahead="1 hour" if kind == "reminder" else None,
        workspace="Acme",
    )
    is_guests = MAILS[kind].to == "guests"
    if is_guests:
        least = msgspec.structs.replace(least, manage_url=None)
    if sparse:
        return least
    is_change = kind.endswith(("rescheduled", "cancelled", "reassigned"))
    return msgspec.structs.replace(
        least,
        host=PersonValues("Hanna Host", "hanna@example.com"),
        title="Introduction with Hanna Host",
        hosts=("Hanna Host", "Otto Other"),
        host_names="Hanna Host and Otto Other",
        was="Wednesday, December 2, 14:00–14:30" if kind.endswith("rescheduled") else None,
        guests=("gus@example.com", "ida@example.com"),
        place="Google Meet",
        join_url="https://meet.google.com/abc-defg-hij",
        changes=None if is_guests else "You can reschedule or cancel it until Wed, Dec 2, 10:30.",
        policy=None if is_guests else "Please tell us a day ahead.",
        by="Hanna Host" if is_change else None,
        taken_by="Tia Third" if kind == "host_reassigned" else None,
        reason="Something has come up." if is_change else None,
        new_url=f"{url}/.EXAMPLE" if kind == "cancelled" else None,
        notes="I would like to talk about <pricing> & support.",
        answers=(AnswerValues("Company", "Customer & Sons"), AnswerValues("How many of you?", "Three")),
    )


def _example_code(*, sparse: bool) -> MailValues:
    """The values of a mail with a code: there is no booking yet."""
    host = PersonValues(None, None) if sparse else PersonValues("Hanna Host", "hanna@example.com")
    return MailValues(
        language=ENGLISH,
        customer=PersonValues(None, "carla@example.com"),
        host=host,
        hosts=(),
        event_type="Talk to Hanna",
        title="Talk to Hanna" if sparse else "Talk to Hanna with Hanna Host",
        code="012345",
        workspace="Acme",
    )


def _example_link(url: str, *, sparse: bool) -> MailValues:
    """The values of a mail with a one-time link: there is no booking yet."""
    return MailValues(
        language=ENGLISH,
        customer=PersonValues("Carla Customer", "carla@example.com"),
        host=PersonValues("Hanna Host", "hanna@example.com"),
        hosts=(),
        event_type="Introduction",
        title="Introduction" if sparse else "Introduction with Hanna Host",
        link_url=f"{url}/.EXAMPLE",
        expires=None if sparse else "Thursday, December 3, 2026",
        workspace="Acme",
    )
