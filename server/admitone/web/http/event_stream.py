"""Server-sent events, as the HTML standard defines them (9.2)."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from admitone.web.http.appkeys import ANSWERED
from admitone.web.http.body import json_text

HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}
"""`no-transform` keeps proxies from compressing, and `X-Accel-Buffering` nginx from collecting."""
RETRY = 3000
"""Milliseconds after which a browser connects again."""


class EventStream:
    """The answer to one request: events with ids, by which clients say where they stood (`Last-Event-ID`)."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._response = web.StreamResponse(headers=HEADERS)

    async def begin(self) -> web.StreamResponse:
        """Send the head. The first lines are sent with it, so that no proxy waits for a first part."""
        await self._response.prepare(self._request)
        self._request[ANSWERED] = time.perf_counter()
        if self._request.method != "HEAD":
            await self._response.write(f"retry: {RETRY}\n\n".encode())
        return self._response

    async def send(self, event: str, data: Any, event_id: str) -> None:
        """Send one event, with data in JSON. Raises ConnectionError if the client has gone."""
        text = f"event: {event}\nid: {event_id}\ndata: {json_text(data)}\n\n"
        await self._response.write(text.encode())

    async def beat(self, event_id: str) -> None:
        """Keep the connection open, and tell the client its place; no event follows from that."""
        await self._response.write(f"id: {event_id}\n\n".encode())
