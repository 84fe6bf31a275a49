"""Discard the parked jobs of one address: the cause of one may quote it, as mail servers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.email_address import same_address
from admitone.store.keys import parked
from admitone.store.outbox.parked import read_parked, release
from admitone.store.records.erasures import note_erasure, read_erasures
from admitone.store.records.readers import read_bookings, read_links
from admitone.usecases.jobs.job_list import view_job
from admitone.usecases.shared.index_walk import walk_index

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from admitone.store.outbox.parked import Parked
    from admitone.usecases.shared.services import Services


async def erase_parked_jobs(
    services: Services, workspace: str, erasure: str, email: str, named: Collection[str]
) -> None:
    """Discard the parked jobs about the address: of its bookings and links, those `named` included."""
    store = services.store
    times = parked(store.keys(workspace).partition, workspace).times
    async for ids in walk_index(store, times):
        records = await read_parked(store, workspace, ids)
        mine = {*named, *await _named_by(services, workspace, email, records)}
        gone = [record for record in records if _is_about(record, email, mine)]
        if gone and (count := await release(store, workspace, gone, again=False)):
            [present] = await read_erasures(store, workspace, [erasure])
            await note_erasure(store, workspace, present, {"jobs": present.jobs + count})


async def _named_by(services: Services, workspace: str, email: str, records: Sequence[Parked]) -> set[str]:
    """Those of the bookings and links that parked jobs name which are of the address."""
    views = [view_job(record) for record in records]
    bookings = await read_bookings(
        services.store, workspace, list({view.booking for view in views if view.booking})
    )
    links = await read_links(services.store, workspace, list({view.link for view in views if view.link}))
    return {booking.id for booking in bookings if same_address(booking.data.email, email)} | {
        link.id for link in links if link.email and same_address(link.email, email)
    }


def _is_about(record: Parked, email: str, mine: Collection[str]) -> bool:
    view = view_job(record)
    return view.booking in mine or view.link in mine or email.casefold() in record.cause.casefold()
