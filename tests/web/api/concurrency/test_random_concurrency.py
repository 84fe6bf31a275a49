"""Whatever programs do at the same time, through several servers, the database adds up afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.api.calling import Reply, answered, somebody, token_of
from tests.support.api.servers import coming_days
from tests.support.invariants import check_invariants
from tests.support.sizes import size

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.servers import Servers

PROGRAMS = 6
RIVALS = 4
PLACE = st.integers(0, 63)
SLOT = st.integers(0, 11)  # few, so that they are in each other's way
ACTIONS = st.one_of(
    st.tuples(st.just("link"), PLACE, st.sampled_from(["keep", "reactivate"])),
    st.tuples(st.just("batch"), PLACE, st.integers(1, 5)),
    st.tuples(st.sampled_from(["book", "race", "race", "book_page"]), PLACE, SLOT),
    st.tuples(st.sampled_from(["move", "move_by_host"]), PLACE, SLOT),
    st.tuples(st.sampled_from(["cancel", "cancel_by_host", "revoke", "reactivate", "look", "open"]), PLACE),
    st.tuples(st.just("change_link"), PLACE, st.sampled_from(["keep", "reactivate"])),
    st.tuples(st.just("change_page"), PLACE, st.booleans()),
    st.tuples(st.just("change_event_type"), PLACE, st.sampled_from([0, 5, 30])),
)
Action = tuple[Any, ...]

EXPECTED = {
    "link": {201},
    "batch": {201},
    "book": {201, 409, 410, 422, 429},
    "race": {201, 409, 410, 422, 429},
    "book_page": {201, 404, 409, 422},
    "move": {200, 403, 409, 422, 429},
    "move_by_host": {200, 409, 422},
    "cancel": {200, 409},
    "cancel_by_host": {200, 409},
    "revoke": {200, 409},
    "reactivate": {200, 409},
    "look": {200, 410},
    "open": {204, 410},
    "change_link": {200},
    "change_page": {200},
    "change_event_type": {200},
}
"""What may be answered; 503 `busy` besides, where what an action was decided upon kept moving."""


class HostWithTwoPages:
    """Two pages of one host, with what programs have made of them so far."""

    def __init__(
        self, admin: Api, customer: Api, event_types: list[Any], pages: list[Any], starts: list[str]
    ):
        self.admin = admin
        self.customer = customer
        self.event_types = event_types
        self.pages = pages
        self.starts = starts
        self.links: list[Any] = []
        self.bookings: list[Any] = []

    async def run(self, actions: list[Action]) -> None:
        """One program's actions, one after the other."""
        for action in actions:
            kind = action[0]
            reply = await self.act(*action)
            if reply is not None and reply.status != 503:
                assert reply.status in EXPECTED[kind], (action, reply)
            elif reply is not None:
                assert reply.body["type"] == "/problems/busy", (action, reply)

    async def act(self, kind: str, place: int, *more: Any) -> Reply | None:
        """One action on whatever is at `place`; None where there is nothing yet."""
        if kind in {"link", "batch", "book_page", "change_page", "change_event_type"}:
            return await self._on_page(kind, self.pages[place % 2], *more)
        known = self.bookings if kind in {"move", "move_by_host", "cancel", "cancel_by_host"} else self.links
        if not known:
            return None
        chosen = known[place % len(known)]
        act = self._on_booking if known is self.bookings else self._on_link
        return await act(kind, chosen, *more)

    async def _on_page(self, kind: str, page: Any, *more: Any) -> Reply:
        if kind == "link":
            reply = await self.admin.post("/links", {"page": page["id"], "on_cancel": more[0]})
            self.links += [reply.body] if reply.status == 201 else []
            return reply
        if kind == "batch":
            people = [{"name": f"No. {n}", "email": f"{n}@example.test"} for n in range(more[0])]
            reply = await self.admin.post("/links/batch", {"page": page["id"], "people": people})
            self.links += reply.body["items"] if reply.status == 201 else []
            return reply
        if kind == "book_page":
            return await self._book(page["slug"], more[0])
        if kind == "change_page":
            return await self.admin.patch(f"/booking-pages/{page['id']}", {"enabled": more[0]}, confirm=1)
        patch = {"buffer_after_minutes": more[0]}
        return await self.admin.patch(f"/event-types/{self.event_types[0]['id']}", patch)

    async def _on_link(self, kind: str, link: Any, *more: Any) -> Reply:
        if kind == "book":
            return await self._book(link["code"], more[0])
        if kind == "race":
            slots = [(more[0] + step) % len(self.starts) for step in range(RIVALS)]
            replies = await asyncio.gather(*(self._book(link["code"], slot) for slot in slots))
            return max(replies, key=lambda reply: reply.status)
        if kind == "look":
            return await self.customer.get(f"/book/{link['code']}")
        if kind == "open":
            return await self.customer.post(f"/book/{link['code']}/opened")
        if kind == "change_link":
            return await self.admin.patch(f"/links/{link['id']}", {"on_cancel": more[0]})
        return await self.admin.post(f"/links/{link['id']}/{kind}")

    async def _on_booking(self, kind: str, booking: Any, *more: Any) -> Reply:
        host, manage = f"/bookings/{booking['id']}", f"/manage/{token_of(booking)}"
        if kind == "move":
            return await self.customer.post(f"{manage}/reschedule", {"start": self.starts[more[0]]})
        if kind == "move_by_host":
            return await self.admin.post(f"{host}/reschedule", {"start": self.starts[more[0]]})
        if kind == "cancel":
            return await self.customer.post(f"{manage}/cancel", {})
        return await self.admin.post(f"{host}/cancel")

    async def _book(self, address: str, slot: int) -> Reply:
        event_type = self.event_types[slot % 2]["id"]
        reply = await self.customer.book(address, self.starts[slot], event_type=event_type, email=somebody())
        if reply.status == 201:
            self.bookings.append(reply.body)
        return reply


async def new_world(servers: Servers) -> HostWithTwoPages:
    """A host with two pages and half a day of starts, every half hour, for half hours and for full ones."""
    admin = await servers.user()
    half = await admin.new_event_type(policy={"max_reschedules": 3})
    hour = await admin.new_event_type(duration_minutes=60, increment_minutes=30)
    [day, _] = coming_days()
    schedule = {"timezone": "UTC", "overrides": {day: [["10:00", "17:00"]]}}
    pages = [await admin.new_page(half, hour, schedule=schedule) for _ in range(2)]
    starts = await servers.customer.starts(pages[0]["slug"], day, day, event_type=hour["id"])
    return HostWithTwoPages(admin, servers.customer, [half, hour], pages, starts[:12])


@pytest.mark.soak
@given(programs=st.lists(st.lists(ACTIONS, min_size=5, max_size=15), min_size=2, max_size=PROGRAMS))
@settings(
    max_examples=size(200),
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a smaller example of a race that was lost need not lose it
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_the_database_adds_up(servers: Servers, programs: list[list[Action]]) -> None:
    await servers.start_over()
    two_pages = await new_world(servers)
    await asyncio.gather(*(two_pages.run(actions) for actions in programs))
    assert await check_invariants(servers.redis) == []
    for booking in two_pages.bookings:
        answered(await two_pages.admin.get(f"/bookings/{booking['id']}"))
    listed = {booking["id"] for page in two_pages.pages for booking in (await of_page(two_pages.admin, page))}
    assert listed == {booking["id"] for booking in two_pages.bookings}


async def of_page(admin: Api, page: Any) -> list[Any]:
    """The bookings of a page."""
    return (await admin.get("/bookings", page=page["id"], limit=200)).items
