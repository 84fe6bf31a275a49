"""The job `erasure.run`: erase everything of one address (docs/rules/personal-data.md).

Each record is erased by one script, which counts it in the erasure. So the job may be interrupted anywhere:
what was erased is not found again. `PLACES` lists what it goes through; a test reads the whole Redis.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.jobs.job import JobDelayed, JobNotDue
from admitone.domain.people.email_address import same_address
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import find_contact
from admitone.store.records.erasures import note_erasure, read_erasures
from admitone.store.records.file_imports import erase_from_file, imports_with_files
from admitone.store.records.mail.email_codes import forget_email_codes
from admitone.store.records.readers import read_bookings
from admitone.store.records.workflows.hooks import forget_samples
from admitone.store.redis.file_rewrite import Rewrite, RewriteRefusedError, begin_rewrite, state_of_rewrite
from admitone.texts.message import message
from admitone.usecases.personal_data.contact_delete import remove_contact
from admitone.usecases.personal_data.held import (
    bookings_of,
    bookings_with_guest,
    is_to_come,
    links_of,
    samples_with,
)
from admitone.usecases.personal_data.mails_erase import erase_mails
from admitone.usecases.personal_data.parked_erase import erase_parked_jobs
from admitone.usecases.personal_data.record_erase import erase_booking, erase_guest, erase_link, read_link_of
from admitone.usecases.runs.run_end_all import stop_runs_of
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link
    from admitone.domain.people.erasure import Erasure, Files
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
POLL = 1
"""Seconds between two looks at the rewrite of Redis's file."""


class Erasing(msgspec.Struct, frozen=True):
    """An erasure that is carried out: the address, and the ids of its bookings and links so far."""

    workspace: str
    erasure: str
    email: str
    named: set[str]


Place = Callable[["Services", Erasing], Awaitable[int]]
"""Erases what one place holds of an address; returns how many records must stay for now."""


async def run_erasure(services: Services, job: Job) -> None:
    """Erase everything, have Redis rewrite its file, and note the end.

    Raises JobNotDue while Redis rewrites its file, JobDelayed if Google or Redis cannot be reached.
    """
    erasure_id = (job.event.record or "").partition(":")[2]
    found = await read_erasures(services.store, job.workspace, [erasure_id])
    if not found or found[0].state != "running" or found[0].email is None:
        return
    erasing = Erasing(job.workspace, erasure_id, found[0].email, set())
    left = sum([await place(services, erasing) for place in PLACES])
    [erasure] = await read_erasures(services.store, job.workspace, [erasure_id])
    if erasure.rewrite and erasure.erased != found[0].erased:  # the file may still hold these
        await note_erasure(services.store, job.workspace, erasure, {"state": "running"}, unset=["rewrite"])
        raise JobNotDue(services.now() + POLL)
    files = await _rewritten(services, job.workspace, erasure)
    values: dict[str, str | int] = {"state": "done", "done_at": services.now(), "files": files, "left": left}
    await note_erasure(services.store, job.workspace, erasure, values, unset=["email", "booking", "rewrite"])
    log.info("erasure-done", erasure=erasure_id, bookings=erasure.bookings, links=erasure.links)


async def _bookings(services: Services, erasing: Erasing) -> int:
    left = 0
    async for bookings in bookings_of(services, erasing.workspace, erasing.email):
        gone = [booking for booking in bookings if not is_to_come(booking, services.now())]
        left += len(bookings) - len(gone)
        erasing.named.update(booking.id for booking in gone)
        await erase_mails(services, erasing.workspace, erasing.erasure, erasing.email, gone)
        for booking in gone:
            left += not await _booking(services, erasing, booking)
    return left


async def _booking(services: Services, erasing: Erasing, booking: Booking) -> bool:
    """Erase a booking, and before it the link by which this person alone has booked."""
    link = await read_link_of(services, erasing.workspace, booking)
    if link is not None and await _is_of_nobody_else(services, erasing, link):
        erasing.named.add(link.id)
        await erase_link(services, erasing.workspace, link, erasure=erasing.erasure)
    return await erase_booking(
        services, erasing.workspace, booking, before=services.now(), erasure=erasing.erasure
    )


async def _is_of_nobody_else(services: Services, erasing: Erasing, link: Link) -> bool:
    """Whether a link is used up, for no other person, and all its bookings are over and of this one."""
    if not link.booked or (link.email and not same_address(link.email, erasing.email)):
        return False
    bookings = await read_bookings(services.store, erasing.workspace, link.bookings)
    return all(
        same_address(booking.data.email, erasing.email) and not is_to_come(booking, services.now())
        for booking in bookings
    )


async def _guests(services: Services, erasing: Erasing) -> int:
    """Bookings of others that have this person as a guest: they stay, without the address."""
    left = 0
    async for bookings in bookings_with_guest(services, erasing.workspace, erasing.email):
        for booking in bookings:
            left += not await erase_guest(
                services, erasing.workspace, booking, erasing.email, erasure=erasing.erasure
            )
    return left


async def _links(services: Services, erasing: Erasing) -> int:
    left = 0
    async for links in links_of(services, erasing.workspace, erasing.email):
        for link in links:
            erasing.named.add(link.id)
            left += not await erase_link(services, erasing.workspace, link, erasure=erasing.erasure)
    return left


async def _mails(services: Services, erasing: Erasing) -> int:
    await erase_mails(services, erasing.workspace, erasing.erasure, erasing.email, [])
    return 0


async def _parked(services: Services, erasing: Erasing) -> int:
    await erase_parked_jobs(services, erasing.workspace, erasing.erasure, erasing.email, erasing.named)
    return 0


async def _codes(services: Services, erasing: Erasing) -> int:
    """Codes that confirm the address for a page; they expire within minutes, but hold the address."""
    snapshot = await read_snapshot(services.store, erasing.workspace, Wanted())
    pages = [page for kind in PAGE_KINDS for page in await snapshot.ids(kind)]
    await forget_email_codes(services.store, erasing.workspace, pages, erasing.email)
    return 0


async def _imports(services: Services, erasing: Erasing) -> int:
    """Files that wait to be imported; those under way skip the address from now on."""
    for made in await imports_with_files(services.store, erasing.workspace):
        await erase_from_file(services.store, erasing.workspace, made, erasing.email)
    return 0


async def _hook_samples(services: Services, erasing: Erasing) -> int:
    """The last events of inbound hooks, which would be kept for a day."""
    found = await samples_with(services, erasing.workspace, erasing.email)
    await forget_samples(services.store, erasing.workspace, list(found))
    return 0


async def _contact(services: Services, erasing: Erasing) -> int:
    """The contact, whose runs of workflows end before."""
    contact = await find_contact(services.store, erasing.workspace, erasing.email)
    if contact is not None:
        await stop_runs_of(services, erasing.workspace, contact.id, "erased")
        await remove_contact(services, erasing.workspace, contact.id, by="system", erasure=erasing.erasure)
    return 0


PLACES: tuple[Place, ...] = (
    _parked,
    _codes,
    _hook_samples,
    _bookings,
    _guests,
    _links,
    _mails,
    _imports,
    _contact,
    _parked,
)
"""In this order: bookings name their links. Parked jobs come twice, since jobs are parked meanwhile."""


async def _rewritten(services: Services, workspace: str, erasure: Erasure) -> Files:
    """What became of the append-only file once it was rewritten; raises JobNotDue until it was."""
    store = services.store
    if erasure.rewrite:
        state = await state_of_rewrite(store, workspace, erasure.rewrite)
        if state is Rewrite.FINISHED:
            return "rewritten"
        if state is Rewrite.RUNNING:
            raise JobNotDue(services.now() + POLL)
        await note_erasure(store, workspace, erasure, {"state": "running"}, unset=["rewrite"])
        raise JobDelayed(message("Redis did not finish to rewrite its append-only file."))
    try:
        run = await begin_rewrite(store, workspace)
    except RewriteRefusedError:
        return "refused"
    if run is None:
        return "none"
    if run:
        await note_erasure(store, workspace, erasure, {"rewrite": run})
    raise JobNotDue(services.now() + POLL)
