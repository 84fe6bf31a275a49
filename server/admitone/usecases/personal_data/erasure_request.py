"""A customer asks for their data to be erased, by the manage link of one of their bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import BookingDeleted
from admitone.domain.jobs.job import job_id
from admitone.store.codes import Code
from admitone.store.records.erasures import file_request, read_erasures

if TYPE_CHECKING:
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.shared.services import Services


async def request_erasure(services: Services, managed: Managed) -> None:
    """File the request for administrators to see, once for each booking. Raises BookingDeleted."""
    workspace, booking = managed.snapshot.workspace, managed.booking.id
    code = await file_request(services.store, workspace, _id(workspace, booking), booking, services.now())
    if code is Code.NOT_FOUND:
        raise BookingDeleted


async def is_requested(services: Services, managed: Managed) -> bool:
    """Whether the request is filed and open, or being carried out."""
    workspace = managed.snapshot.workspace
    found = await read_erasures(services.store, workspace, [_id(workspace, managed.booking.id)])
    return bool(found) and found[0].state != "declined"


def _id(workspace: str, booking: str) -> str:
    """The id of the request of a booking's customer: there is one at most."""
    return job_id(workspace, booking, "erasure")
