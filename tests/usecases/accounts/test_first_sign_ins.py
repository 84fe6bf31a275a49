"""First sign-ins at once: one workspace a domain, one administrator in it, one user a person."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.errors import Busy
from tests.support.accounts.claiming import (
    ADA,
    MAX,
    SAM,
    an_identity,
    check_database,
    check_made,
    check_signed_in,
    emptied_store,
    is_made,
    signs_in,
)
from tests.support.accounts.interleaving import CrashError, Fate, Turn, take_turns
from tests.support.accounts.people import sessions, the_workspace
from tests.support.accounts.site import running_site
from tests.support.api.deployment import Clock
from tests.support.sizes import size
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser, Reply
    from tests.support.accounts.interleaving import Actor
    from tests.support.accounts.site import Site
    from tests.support.fakegoogle.running import FakeGoogle
    from tests.support.redis_server import RedisServer

PEOPLE = {
    "Ada": ADA,
    "another Ada": an_identity("another ada", ADA.email, ADA.domain),
    "Max": MAX,
    "Sam": SAM,
    "another Sam": an_identity("another sam", SAM.email),
}
MADE = {f"{who.email} by the command line": who.email for who in (ADA, MAX, SAM)}
FATES = st.sampled_from([*[Fate.ARRIVES] * 8, Fate.IS_NOT_MADE, Fate.IS_NOT_HEARD_OF])
TURNS = st.lists(st.builds(Turn, st.integers(0, 3), FATES), max_size=60)


def actor(name: str) -> Actor:
    return signs_in(PEOPLE[name]) if name in PEOPLE else is_made(MADE[name])


@given(names=st.lists(st.sampled_from(sorted(PEOPLE | MADE)), min_size=2, max_size=4), turns=TURNS)
@examples(size(600))
async def test_in_whatever_order_nobody_is_made_twice_and_everybody_gets_in(
    redis_server: RedisServer, names: list[str], turns: list[Turn]
) -> None:
    """Those whose process died try again, and find everything in order.

    So do those in whose way each of three others was, once each: the third attempt is the last.
    """
    async with emptied_store(redis_server) as store:
        outcomes = await take_turns(store, turns, *map(actor, names))
        for name, first in zip(names, outcomes, strict=True):
            outcome = first
            if isinstance(first, CrashError) or (isinstance(first, Busy) and len(names) > 3):
                [outcome] = await take_turns(store, [], actor(name))
            if name in PEOPLE:
                await check_signed_in(store, PEOPLE[name], outcome)
            else:
                await check_made(store, MADE[name], outcome)
        await check_database(store)


@given(turns=TURNS)
@examples(size(200))
async def test_who_comes_without_the_domain_of_their_address_waits_at_most_ten_minutes(
    redis_server: RedisServer, turns: list[Turn]
) -> None:
    """The command line files an address under its domain; Google may know its owner as nobody's employee.

    If the two meet halfway, they would put one address into two workspaces: one of them is told to wait.
    """
    clock = Clock()
    at_home = an_identity("max at home", MAX.email)
    async with emptied_store(redis_server) as store:
        actors = [signs_in(at_home, clock), is_made(MAX.email, clock)]
        outcomes = await take_turns(store, turns, *actors)
        assert all(isinstance(one, (str, tuple, Busy, CrashError)) for one in outcomes), outcomes
        clock.forward(minutes=10)
        [signed_in] = await take_turns(store, [], actors[0])
        [made] = await take_turns(store, [], actors[1])
        await check_signed_in(store, at_home, signed_in)
        await check_made(store, MAX.email, made)
        await check_database(store)


@pytest.fixture
async def sites(redis: Redis, redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[list[Site]]:
    """Three servers on one Redis."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(running_site(redis_url, google, clock, SIGN_UP="open"))
            for _ in range(3)
        ]


@pytest.mark.parametrize("number", [2, 10])
async def test_colleagues_who_come_first_at_once_share_a_workspace_with_one_administrator(
    redis: Redis, google: FakeGoogle, sites: list[Site], number: int
) -> None:
    addresses = [f"colleague-{place}@crowd.test" for place in range(number)]
    for address in addresses:
        await google.control("accounts", email=address, name="One of many", hd="crowd.test")
    browsers = [sites[place % len(sites)].browser() for place in range(number)]
    answers = await come_back_at_once(browsers, addresses)
    assert [answer.status for answer in answers] == [303] * number
    people = [await one.me() for one in browsers]
    assert len({me["workspace"]["id"] for me in people}) == 1
    assert sorted(me["role"] for me in people) == ["administrator", *["member"] * (number - 1)]
    workspace = await the_workspace(redis)
    assert sorted(user["email"] for user in workspace.users.values()) == addresses
    assert workspace.settings["domain"] == "crowd.test"


@pytest.mark.parametrize("account", ["sam@gmail.test", "admin@acme.test"])
async def test_one_person_in_ten_tabs_at_three_servers_is_one_user(
    redis: Redis, sites: list[Site], account: str
) -> None:
    browsers = [sites[place % len(sites)].browser() for place in range(10)]
    answers = await come_back_at_once(browsers, [account] * 10)
    assert [answer.status for answer in answers] == [303] * 10
    assert len({(await one.me())["id"] for one in browsers}) == 1
    workspace = await the_workspace(redis)
    assert (len(workspace.users), len(workspace.pages), len(workspace.event_types)) == (1, 1, 1)
    assert len(await sessions(redis)) == 10


async def come_back_at_once(browsers: list[Browser], accounts: list[str]) -> list[Reply]:
    callbacks = [
        await one.choose(await one.begin(), account) for one, account in zip(browsers, accounts, strict=True)
    ]
    return await asyncio.gather(*(one.get(back) for one, back in zip(browsers, callbacks, strict=True)))
