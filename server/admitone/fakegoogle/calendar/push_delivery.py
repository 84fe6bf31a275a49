"""Delivery of push notifications, in order, to the addresses of the channels."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from admitone.fakegoogle.calendar.watch import Push
    from admitone.fakegoogle.state import State

TIMEOUT = aiohttp.ClientTimeout(total=5)  # seconds
TRIES = 3
PAUSE_SECONDS = 0.2
# As Google documents; after any other failure the notification is dropped.
_RETRIED = frozenset((500, 502, 503, 504))


async def deliver(state: State) -> None:
    """Deliver queued notifications until cancelled."""
    async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
        while True:
            await _deliver_one(http, await state.pushes.get())


async def _deliver_one(http: aiohttp.ClientSession, push: Push) -> None:
    for attempt in range(TRIES):
        try:
            async with http.post(push.address, headers=push.headers, allow_redirects=False) as answer:
                if answer.status not in _RETRIED:
                    return
        except (aiohttp.ClientError, TimeoutError):
            return
        await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
