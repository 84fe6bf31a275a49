"""Delivers push notifications, in order, to the addresses that channels named."""

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
_RETRIED = frozenset((500, 502, 503, 504))  # as Google says; any other failure drops the notification


async def deliver(state: State) -> None:
    """Deliver what is queued until cancelled."""
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
