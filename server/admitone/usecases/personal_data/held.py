"""What a workspace holds about one address, found by the search words of links and bookings."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.domain.errors import invalid
from admitone.domain.people.email_address import MESSAGE, normalise_email, same_address
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.erasures import walk_address
from admitone.store.records.readers import read_bookings, read_links
from admitone.store.records.workflows.hooks import read_samples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.store.records.workflows.hooks import HookSample
    from admitone.usecases.shared.services import Services


def checked_address(services: Services, text: str) -> str:
    """The address in its normal form; raises Invalid."""
    email = normalise_email(text.strip(), test_addresses=services.test_addresses)
    if email is None:
        raise invalid("email", MESSAGE)
    return email


async def bookings_of(services: Services, workspace: str, email: str) -> AsyncIterator[list[Booking]]:
    """The bookings whose customer has this address, some at a time."""
    async for ids in walk_address(services.store, services.store.keys(workspace).booking_words, email):
        found = await read_bookings(services.store, workspace, ids)
        yield [booking for booking in found if same_address(booking.data.email, email)]


async def bookings_with_guest(services: Services, workspace: str, email: str) -> AsyncIterator[list[Booking]]:
    """The bookings that have this address among their guests, some at a time."""
    async for ids in walk_address(services.store, services.store.keys(workspace).booking_words, email):
        found = await read_bookings(services.store, workspace, ids)
        yield [one for one in found if any(same_address(guest, email) for guest in one.data.guests)]


async def links_of(services: Services, workspace: str, email: str) -> AsyncIterator[list[Link]]:
    """The personalised links for this address, some at a time."""
    async for ids in walk_address(services.store, services.store.keys(workspace).link_words, email):
        found = await read_links(services.store, workspace, ids)
        yield [link for link in found if link.email and same_address(link.email, email)]


def is_to_come(booking: Booking, now: int) -> bool:
    """Whether a booking is live and has not ended: it must be cancelled before it can be erased."""
    return booking.status_at(now) in LIVE


async def samples_with(services: Services, workspace: str, email: str) -> dict[str, HookSample]:
    """The last events of inbound hooks in which this address stands anywhere, by workflow."""
    snapshot = await read_snapshot(services.store, workspace, Wanted())
    workflows = await snapshot.ids("workflow")
    samples = await read_samples(services.store, workspace, workflows)
    return {
        workflow: sample
        for workflow, sample in zip(workflows, samples, strict=True)
        if sample is not None and any(email.casefold() in text.casefold() for text in _texts(sample))
    }


def _texts(sample: HookSample) -> Iterator[str]:
    return chain(sample.places, sample.places.values())
