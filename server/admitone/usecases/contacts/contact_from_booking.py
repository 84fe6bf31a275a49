"""The job `contact.from_booking`: make the customer of a booking a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.contact import ContactBody, is_locale
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import find_contact
from admitone.store.records.erasures import is_erased
from admitone.usecases.contacts.contact_merge import Writer, merge_contact

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking, BookingData
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services


async def add_customer(services: Services, job: Job) -> None:
    """Make the customer of the job's booking a contact, unless the booking was erased meanwhile."""
    wanted = Wanted(booking=job.event.booking)
    booking = (await read_snapshot(services.store, job.workspace, wanted)).booking
    if booking is not None:
        await _add(services, job.workspace, booking)


async def _add(services: Services, workspace: str, booking: Booking) -> None:
    """Create the contact, or fill in what is not known of it yet: what a customer typed replaces nothing.

    Nothing happens if the data of the customer were erased since they booked.
    """
    store = services.store
    if await is_erased(store, workspace, booking.data.email, booking.data.created_at):
        return
    contact = await find_contact(store, workspace, booking.data.email)
    body = _unknown(booking.data, contact)
    if contact is None or body != ContactBody(email=body.email):
        await merge_contact(services, workspace, body, Writer(by="customer"))


def _unknown(data: BookingData, contact: Contact | None) -> ContactBody:
    """What the booking says of its customer and the contact lacks; the first word of a name is the first
    name.
    """
    first, _, last = data.name.partition(" ")
    has_name = contact is not None and contact.name
    return ContactBody(
        email=data.email,
        first_name=None if has_name else first,
        last_name=None if has_name else last,
        timezone=None if contact and contact.timezone else data.timezone,
        locale=None if (contact and contact.locale) or not is_locale(data.locale or "") else data.locale,
    )
