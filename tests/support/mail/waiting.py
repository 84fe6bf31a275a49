"""Mails that wait because nothing can send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.budgets import recipient_hash
from admitone.store.records.mail.waiting_mails import WaitingMail, wait_for_sender
from tests.support.factories import WORKSPACE, a_job, an_event
from tests.support.mail.messages import a_message
from tests.support.store.actions import the_booking

if TYPE_CHECKING:
    from admitone.store.store import Store


async def let_mail_wait(store: Store, booking_id: str, now: int) -> None:
    """Let the first mail to the booking's customer wait for its host; administrators read it as `{}`."""
    booking = await the_booking(store, booking_id)
    job = a_job("mail.customer", event=an_event("booking.scheduled", booking=booking.id), untold=True)
    to = recipient_hash(store, WORKSPACE, booking.data.email)
    waiting = WaitingMail(job=job, mail=f"{booking.id}-waits", since=now, recipient=to)
    await wait_for_sender(
        store, booking.users[0], waiting, msgspec.json.encode(a_message()), serves=booking.end, is_new=False
    )
