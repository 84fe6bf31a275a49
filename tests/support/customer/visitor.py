"""A customer's browser: it opens addresses, fills in forms and keeps cookies, with and without our script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from tests.support.customer.markup import Page

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.support.customer.markup import Form

BROWSER = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "en-GB,en;q=0.9"}
MARK = {"_person": "1"}
"""The field that our script adds to a form once a person used the page."""
CARLA = {"name": "Carla Customer", "email": "carla@customer.test"}


class Answer(msgspec.Struct, frozen=True, dict=True):
    """One answer."""

    status: int
    headers: Mapping[str, str]
    text: str
    is_html: bool

    @cached_property
    def page(self) -> Page:
        """The page, which is parsed when somebody first asks for it; empty if the answer is not HTML."""
        return Page(self.text if self.is_html else "")

    @property
    def location(self) -> str:
        """The path of its redirect."""
        assert self.status == 303, self
        return self.headers["Location"]


class Visitor:
    """`http` keeps the cookies; `url` is the server."""

    def __init__(self, http: ClientSession, url: str) -> None:
        self.http = http
        self.url = url

    async def get(self, path: str, **headers: str) -> Answer:
        """GET an address; redirects are not followed."""
        return await self._ask("GET", path, None, headers)

    async def head(self, path: str, **headers: str) -> Answer:
        """Ask for the head only, as scanners do."""
        return await self._ask("HEAD", path, None, headers)

    async def page(self, path: str) -> Page:
        """GET an address, and check that it answers 200."""
        answer = await self.get(path)
        assert answer.status == 200, answer
        return answer.page

    async def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send fields."""
        return await self._ask("POST", path, urlencode(fields), headers)

    async def send(self, form: Form, at: str, **changes: str) -> Answer:
        """Send a form of the page `at`, with some fields filled in, as a browser that runs our script."""
        mark = MARK if form.method == "POST" else {}
        return await self.send_unmarked(form, at, **mark, **changes)

    async def send_unmarked(self, form: Form, at: str, **changes: str) -> Answer:
        """As `send`, as a program or a browser without scripts does: without our script's mark."""
        action = form.attributes.get("action") or at
        fields = form.served | changes
        if form.method == "GET":
            return await self.get(f"{action.partition('?')[0]}?{urlencode(fields)}")
        return await self.post(action, fields)

    async def follow(self, answer: Answer) -> Page:
        """The page that an answer leads to."""
        return await self.page(answer.location)

    async def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        sent: dict[str, Any] = BROWSER | dict(headers)
        if body is not None:
            sent = {"Content-Type": "application/x-www-form-urlencoded"} | sent
        async with self.http.request(
            method, f"{self.url}{path}", data=body, headers=sent, allow_redirects=False
        ) as answer:
            is_text = answer.content_type.startswith("text/")
            text = await answer.text() if is_text or "json" in answer.content_type else ""
            return Answer(answer.status, answer.headers, text, answer.content_type == "text/html")
