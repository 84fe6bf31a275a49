"""Google notified us that a user's calendar has changed; the notification does not say what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.sealing import Carried, UnsealError
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.usecases.calendar_events.calendar_timers import run_soon, sync_timer
from admitone.usecases.times.busy_times import forget_busy_times

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


async def calendar_changed(services: Services, channel: str, token: str) -> None:
    """Forget the cached busy time, and read the changes if bookings follow their events.

    `token` is the one that we gave Google for this channel; it names the user. Raises NotFound for any other.
    """
    try:
        place = services.store.sealer.open(Carried.GOOGLE_CHANNEL, channel, token).decode()
    except UnsealError:
        raise NotFound from None
    workspace, _, user = place.partition(":")
    await forget_busy_times(services, workspace, user)
    snapshot = await read_snapshot(services.store, workspace, Wanted(records=(SETTINGS,)))
    if (await snapshot.settings()).calendar_sync:
        await run_soon(services, workspace, [sync_timer(user, services.now())])
