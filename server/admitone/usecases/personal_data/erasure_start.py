"""Start the erasure of one address, or carry out or decline what a customer requested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import HasLiveBookings, IdempotencyKeyReused, NotFound
from admitone.domain.jobs.job import Timer
from admitone.store.codes import Code
from admitone.store.records.erasures import address_of, note_erasure, read_erasures
from admitone.store.records.erasures import start_erasure as write_start
from admitone.usecases.personal_data.erasure_view import ErasureView, read_erasure, view_erasure
from admitone.usecases.personal_data.held import bookings_of, checked_address, is_to_come
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose data are meant."""

    email: str


async def start_erasure(services: Services, caller: Caller, body: Address) -> ErasureView:
    """Start to erase everything of an address; a second call with the same Idempotency-Key starts nothing.

    The Idempotency-Key's operation is the id of the erasure, so that no answer is kept, which would hold the
    address. Raises Invalid, HasLiveBookings, IdempotencyKeyReused.
    """
    email = checked_address(services, body.email)
    erasure = caller.operation.id if caller.operation else new_id()
    earlier = await read_erasures(services.store, caller.workspace, [erasure])
    if earlier and earlier[0].address != address_of(services.store.sealer, email):
        raise IdempotencyKeyReused
    if not earlier:
        await _start(services, caller, erasure, email, requested=False)
    return view_erasure(await read_erasure(services, caller.workspace, erasure))


async def carry_out(services: Services, caller: Caller, erasure: str) -> ErasureView:
    """Start the erasure that a customer requested; nothing happens if it was started before.

    Raises NotFound (also if the request was declined), HasLiveBookings.
    """
    found = await read_erasure(services, caller.workspace, erasure)
    if found.state == "requested":
        assert found.email is not None
        await _start(services, caller, erasure, found.email, requested=True)
    elif found.state == "declined":
        raise NotFound
    return view_erasure(await read_erasure(services, caller.workspace, erasure))


async def decline(services: Services, caller: Caller, erasure: str) -> ErasureView:
    """Decline a customer's request, which may be filed again. Raises NotFound if it was carried out."""
    found = await read_erasure(services, caller.workspace, erasure)
    if found.state == "requested":
        values = {"state": "declined", "by": caller.user.id}
        await note_erasure(services.store, caller.workspace, found, values)
    found = await read_erasure(services, caller.workspace, erasure)
    if found.state != "declined":
        raise NotFound
    return view_erasure(found)


async def _start(services: Services, caller: Caller, erasure: str, email: str, *, requested: bool) -> None:
    to_come = [
        booking.id
        async for bookings in bookings_of(services, caller.workspace, email)
        for booking in bookings
        if is_to_come(booking, services.now())
    ]
    if to_come:
        raise HasLiveBookings(to_come)
    now = services.now()
    code = await write_start(
        services.store,
        caller.workspace,
        erasure,
        email,
        by=caller.user.id,
        now=now,
        job=Timer("erasure.run", "record", f"erasure:{erasure}", now).text(caller.workspace),
        requested=requested,
    )
    if code is Code.NOT_FOUND:
        raise NotFound
