"""Who gets the next booking: examples for each distribution, with everything that can happen in between.

A story is told word by word. A name is a booking that goes to that person; a letter is one that goes to
somebody whom lots chose, the same person wherever the letter stands again. Before a name or letter, `-`
cancels their last booking, `!` says that its customer did not come, `off:` disables their page, `on:` enables
it, and `new:` takes them into the pool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import ROUND_THE_CLOCK, a_rule, answered, somebody
from tests.support.factories import HOUR

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

POOL = ("ann", "bob", "cal")
ROUND_ROBIN = [
    "ann bob cal ann bob cal",
    "ann bob -ann ann cal ann",  # a turn comes back with a cancellation
    "ann bob !bob bob cal ann",  # and with a customer who did not come
    "ann bob cal -ann -ann ann ann bob",  # once only
    "ann off:ann bob cal bob cal on:ann ann bob cal",  # whoever is there again has nothing to catch up with
    "ann bob off:cal ann bob on:cal ann bob cal",
    "ann bob cal ann bob cal new:dan ann bob cal dan ann",
    "ann new:dan bob cal dan ann",
    "ann bob cal off:ann -ann bob on:ann ann cal",
]
WITHOUT_CORRECTION = [
    "ann bob -ann cal ann",
    "ann bob !bob cal ann bob",
]
POOLED = [
    "a b c a b c",
    "a b c -c a b c",  # idle since a booking was made, whatever became of it
    "a b c !c a b c",
    "a b c off:a b c on:a a b c",
    "a b c new:dan dan a b c dan",  # who never had one has waited longest
]
PRIORITIES = {"ann": 5, "bob": 5, "cal": 1, "dan": 9}
POOLED_PRIORITY = [
    "a b a b",
    "a b -b a b",
    "a b !b a b",
    "a off:a b b on:a a",
    "off:ann bob off:bob cal cal on:ann ann",
    "a b new:dan dan dan off:dan a b",
]
STORIES = [
    *(("round_robin", True, story) for story in ROUND_ROBIN),
    *(("round_robin", False, story) for story in WITHOUT_CORRECTION),
    *(("pooled", True, story) for story in POOLED),
    *(("pooled_priority", True, story) for story in POOLED_PRIORITY),
]


class PoolOfThree:
    """A pool of three, a master page over it, and what has happened so far."""

    def __init__(self, admin: Api, clock: Clock, pages: dict[str, Any], pool: Any, master: Any) -> None:
        self.admin = admin
        self.clock = clock
        self.pages = pages
        self.pool = pool
        self.master = master
        self.people = {name: name for name in pages}
        self.last: dict[str, Any] = {}
        self.starts = 0

    async def word(self, word: str) -> None:
        """Have one thing happen."""
        act, _, name = word.rpartition(":")
        if act in {"on", "off"}:
            await self._switch(self.people[name], enabled=act == "on")
        elif act == "new":
            await self._take_in(name)
        elif word[0] in "-!":
            await self._lose(self.people[word[1:]], "cancel" if word[0] == "-" else "no-show")
        else:
            await self._book(word)

    async def _book(self, name: str) -> None:
        self.starts += 1
        start = (self.clock.now // HOUR + 2 + self.starts) * HOUR
        booking = await self.admin.booked(self.master["slug"], start, email=somebody())
        host = answered(await self.admin.get(f"/bookings/{booking['id']}"))["host"]
        chosen = next(each for each, page in self.pages.items() if page["owner"] == host)
        if name not in self.people:
            assert chosen not in [self.people[letter] for letter in self.people if len(letter) == 1]
            self.people[name] = chosen
        assert chosen == self.people[name]
        self.last[chosen] = booking, start

    async def _lose(self, name: str, how: str) -> None:
        booking, start = self.last[name]
        if how == "no-show":
            self.clock.now = max(self.clock.now, start)
        reply = await self.admin.post(f"/bookings/{booking['id']}/{how}")
        assert reply.status in {200, 409}  # what is cancelled already is not cancelled again

    async def _switch(self, name: str, *, enabled: bool) -> None:
        path = f"/booking-pages/{self.pages[name]['id']}"
        answered(await self.admin.patch(path, {"enabled": enabled}, confirm=1))

    async def _take_in(self, name: str) -> None:
        member = {"page": self.pages[name]["id"], "priority": PRIORITIES[name]}
        patch = {"members": [*self.pool["members"], member]}
        self.pool = answered(await self.admin.patch(f"/pools/{self.pool['id']}", patch))


@pytest.mark.parametrize(("method", "correction", "story"), STORIES)
async def test_the_next_booking_goes_to_whom_it_should(
    deployment: Deployment, admin: Api, clock: Clock, method: str, correction: bool, story: str
) -> None:
    event_type = await admin.new_event_type()
    schedule = {"timezone": "UTC", "weekly": ROUND_THE_CLOCK}
    pages = {}
    for name in (*POOL, "dan"):
        user = await deployment.user(name=name.title())
        pages[name] = await user.new_page(event_type, schedule=schedule)
    members = [{"page": pages[name]["id"], "priority": PRIORITIES[name]} for name in POOL]
    pool = await admin.new_pool(method=method, members=members, correction=correction)
    master = await admin.new_master_page(a_rule(event_type, pool))
    telling = PoolOfThree(admin, clock, pages, pool, master)
    for word in story.split():
        await telling.word(word)
