"""What a customer typed is never mailed to the customer, who may be somebody else than whoever typed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.records.bookings import cancel_booking, reschedule_booking
from tests.support.factories import NOW, TODAY, WORKSPACE, an_event
from tests.support.mail.workspace_with_mail import html_of, text_of, to
from tests.support.store.actions import read, slot_of, the_booking

if TYPE_CHECKING:
    from email.message import EmailMessage

    from admitone.domain.bookings.booking import Booking
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

WORDS = "Your account was locked, call 0900 666"
ALL = "{{ reason }} {{ notes }} {% for answer in answers %}{{ answer.answer }}{% endfor %}{{ date }}"
DATA = {"notes": WORDS, "answers": {"why": WORDS}, "questions": {"why": "Why?"}}


async def change(workspace: WorkspaceWithMail, booking: Booking, kind: str, by: str) -> None:
    """Move or cancel the booking; whoever does it gives the words as the reason."""
    if kind == "cancelled":
        event = an_event("booking.cancelled", booking=booking.id, by=by, reason=WORDS)
        await cancel_booking(workspace.store, WORKSPACE, booking, event, NOW, TODAY)
        return
    slot = slot_of(booking, by=3600)
    event = an_event(
        "booking.rescheduled", booking=booking.id, by=by, reason=WORDS, start=slot.start, was=booking.start
    )
    snapshot = await read(workspace.store)
    await reschedule_booking(snapshot, booking, slot, limits=[[]], moved=None, event=event, day=TODAY)


async def mails(workspace: WorkspaceWithMail) -> dict[str, EmailMessage]:
    """The latest mail of each recipient."""
    await workspace.work()
    return {to(mail): mail for mail in await workspace.kept()}


@pytest.mark.parametrize("is_own", [False, True], ids=["built in", "own template"])
@pytest.mark.parametrize("kind", ["confirmation", "rescheduled", "cancelled"])
async def test_a_customer_is_not_mailed_what_a_customer_typed(
    workspace: WorkspaceWithMail, kind: str, is_own: bool
) -> None:
    if is_own:
        await workspace.write_template(kind, subject="Hi", text=ALL, html=ALL)  # type: ignore[arg-type]
    booking = await workspace.booked(data=DATA)
    if kind != "confirmation":
        await change(workspace, await the_booking(workspace.store, booking.id), kind, "customer")
    sent = await mails(workspace)
    mail = sent["carla@customer.test"]
    assert WORDS not in text_of(mail)
    assert WORDS not in html_of(mail)
    assert "November 19" in text_of(mail)
    assert WORDS in text_of(sent["hanna@host.test"])


@pytest.mark.parametrize("kind", ["rescheduled", "cancelled"])
async def test_a_customer_is_mailed_a_hosts_reason(workspace: WorkspaceWithMail, kind: str) -> None:
    booking = await workspace.booked()
    await change(workspace, await the_booking(workspace.store, booking.id), kind, "user")
    assert WORDS in text_of((await mails(workspace))["carla@customer.test"])
