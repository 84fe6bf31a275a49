"""A client of server-sent events, which reads as browsers do (HTML, 9.2)."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import aiohttp

    from tests.support.api.calling import Api

WITHIN = 20.0
"""Seconds to wait for an event."""


class Told(NamedTuple):
    """One event."""

    event: str
    id: str
    data: Any


class EventSource:
    """A connection; `last_id` is what a browser sends when it comes back."""

    def __init__(self, answer: aiohttp.ClientResponse, last_id: str | None) -> None:
        self.answer = answer
        self.last_id = last_id

    async def next(self) -> Told | None:
        """The next event; None if the server has ended."""
        async with asyncio.timeout(WITHIN):
            while (block := await self._block()) is not None:
                self.last_id = block.get("id", self.last_id)
                if "data" in block:
                    return Told(block.get("event", ""), self.last_id or "", json.loads(block["data"]))
        return None

    async def entries(self, number: int) -> list[Any]:
        """The data of the next so many events, which are entries."""
        found = []
        for _ in range(number):
            told = await self.next()
            assert told is not None
            assert told.event == "entry", told
            assert told.id == told.data["id"]
            found.append(told.data)
        return found

    async def begun(self) -> None:
        """Wait until the server has told the place."""
        async with asyncio.timeout(WITHIN):
            while (block := await self._block()) is not None:
                if "id" in block:
                    self.last_id = block["id"]
                    return

    async def _block(self) -> dict[str, str] | None:
        """The fields up to the next empty line; None at the end, and after a lost connection."""
        fields: dict[str, str] = {}
        while True:
            try:
                line = (await self.answer.content.readline()).decode()
            except OSError:
                return None
            if not line.endswith("\n"):
                return None
            if line == "\n":
                return fields
            name, _, value = line.rstrip("\n").partition(": ")
            fields[name] = value


@asynccontextmanager
async def listening_to(api: Api, last_id: str | None = None, **query: str) -> AsyncIterator[EventSource]:
    """Follow the activity as a user, with their key or else their session; ready once this begins."""
    base = api.server if isinstance(api.server, str) else api.server()
    headers = {"Authorization": f"Bearer {api.key}"} if api.key else {"Cookie": f"admitone={api.session}"}
    if last_id is not None:
        headers["Last-Event-ID"] = last_id
    async with api.http.get(f"{base}/api/v1/activity/stream", headers=headers, params=query) as answer:
        assert answer.status == 200, await answer.text()
        source = EventSource(answer, last_id)
        await source.begun()
        yield source
