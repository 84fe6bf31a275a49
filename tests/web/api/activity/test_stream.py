"""`/api/v1/activity/stream`: what happens arrives live, whichever process did it, and each thing once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.records.activity import read_newest
from admitone.usecases.activity import listeners
from admitone.web.api import activity_stream
from tests.support.api.calling import Api, answered
from tests.support.api.deployment import deployed
from tests.support.factories import WORKSPACE, an_event
from tests.support.store.raw_activity import add_entries
from tests.support.web.event_source import EventSource, listening_to
from tests.support.worker.workers import until

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.api.deployment import Clock, Deployment

MONDAY = "2026-11-23T09:00:00Z"
PUBLISHED = an_event("workflow.published")


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read more often than once a second."""
    monkeypatch.setattr(listeners, "PAUSE", 0.02)


async def test_what_happens_arrives_as_the_list_shows_it(
    admin: Api, member: Api, page: Any, customer: Api
) -> None:
    async with listening_to(admin) as source:
        assert source.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert source.answer.headers["Cache-Control"] == "no-store, no-transform"
        assert source.answer.headers["X-Accel-Buffering"] == "no"
        assert "Content-Encoding" not in source.answer.headers
        link = await member.new_link(page)
        await customer.booked(link["code"], MONDAY)
        told = await source.entries(2)
    assert told == (await admin.get("/activity", limit=2)).items[::-1]


async def test_a_browser_listens_by_its_session(admin: Api, deployment: Deployment) -> None:
    async with listening_to(admin.in_session()) as source:
        await add_entries(deployment.store, [PUBLISHED])
        await source.entries(1)


async def test_who_comes_back_gets_what_they_missed_once(admin: Api, deployment: Deployment) -> None:
    async with listening_to(admin) as source:
        first = await add_entries(deployment.store, [PUBLISHED] * 3)
        assert [entry["id"] for entry in await source.entries(2)] == first[:2]
    missed = await add_entries(deployment.store, [PUBLISHED] * (listeners.AT_ONCE + 1))
    async with listening_to(admin, source.last_id) as source:
        told = await source.entries(len(missed) + 1)
        assert [entry["id"] for entry in told] == [first[2], *missed]
    async with listening_to(admin, after=missed[-2]) as source:
        assert [entry["id"] for entry in await source.entries(1)] == missed[-1:]


@pytest.mark.parametrize("place", ["1-1", "nonsense"])
async def test_a_place_that_is_gone_begins_anew(place: str, admin: Api, deployment: Deployment) -> None:
    newest = await read_newest(deployment.store, WORKSPACE)
    async with listening_to(admin, place) as source:
        told = await source.next()
        assert told is not None
        assert (told.event, told.id) == ("reset", newest)
        await add_entries(deployment.store, [PUBLISHED])
        await source.entries(1)


async def test_members_get_what_concerns_them_and_go_on_after_the_rest(
    member: Api, deployment: Deployment
) -> None:
    async with listening_to(member) as source:
        await add_entries(deployment.store, [PUBLISHED])
        concerned = await add_entries(deployment.store, [PUBLISHED], audience=f"other,{member.user}")
        assert [entry["id"] for entry in await source.entries(1)] == concerned
        unseen = await add_entries(deployment.store, [PUBLISHED])
        await source.begun()  # the place moves on without an event
        while source.last_id != unseen[0]:
            await source.begun()


async def test_filters_are_those_of_the_list(admin: Api, deployment: Deployment) -> None:
    async with listening_to(admin, kind="workflow.unpublished") as source:
        await add_entries(deployment.store, [PUBLISHED, an_event("workflow.unpublished")])
        assert [entry["kind"] for entry in await source.entries(1)] == ["workflow.unpublished"]


async def test_four_streams_are_open_to_a_user(admin: Api, member: Api, deployment: Deployment) -> None:
    async with (
        listening_to(admin) as first,
        listening_to(admin) as second,
        listening_to(admin),
        listening_to(admin),
        listening_to(member),
        listening_to(admin) as fifth,
    ):
        told = await first.next()
        assert told is not None
        assert told.event == "close"
        assert await first.next() is None
        ids = await add_entries(deployment.store, [PUBLISHED])
        for source in (second, fifth):
            assert [entry["id"] for entry in await source.entries(1)] == ids


async def test_a_key_that_ends_gets_no_more(
    admin: Api, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_stream, "BEAT", 0.02)
    monkeypatch.setattr(activity_stream, "LOOKED_AT_AGAIN", 0.0)
    async with listening_to(admin) as source:
        answered(await admin.get("/me"))
        [key] = (await admin.in_session().get("/api-keys")).ids
        assert (await admin.in_session().delete(f"/api-keys/{key}")).status == 204
        await _ended(source)


async def test_news_are_not_given_to_a_credential_that_has_ended(
    admin: Api, member: Api, deployment: Deployment
) -> None:
    async with listening_to(member) as source:
        await deployment.change_user(member, active=False)
        assert await source.next() is None


async def test_only_the_head_is_answered_to_who_asks_for_it(admin: Api, deployment: Deployment) -> None:
    headers = {"Authorization": f"Bearer {admin.key}"}
    url = f"{deployment.url}/api/v1/activity/stream"
    async with deployment.http.head(url, headers=headers) as answer:
        assert (answer.status, answer.content_type) == (200, "text/event-stream")
        assert await answer.read() == b""


async def test_a_program_needs_the_scope(admin: Api) -> None:
    made = (await admin.new_key(scopes=["links:write"])).body
    reply = await Api(admin.http, admin.server, made["key"]).get("/activity/stream")
    assert reply.status == 403
    made = (await admin.new_key(scopes=["reports:read"])).body
    reply = await Api(admin.http, admin.server, made["key"]).get("/activity/stream")
    assert reply.status == 200


async def test_what_another_process_did_arrives(
    admin: Api, page: Any, redis: Redis, redis_url: str, clock: Clock
) -> None:
    async with deployed(redis_url, clock) as other, listening_to(admin) as source:
        link = await Api(admin.http, other.url, admin.key).new_link(page)
        assert [entry["link"] for entry in await source.entries(1)] == [link["id"]]


async def test_a_server_that_stops_ends_its_streams(
    admin: Api, deployment: Deployment, redis_url: str, clock: Clock
) -> None:
    async with AsyncExitStack() as stack:
        async with deployed(redis_url, clock) as running:
            same = Api(admin.http, running.url, admin.key)
            source = await stack.enter_async_context(listening_to(same))
            reading = asyncio.create_task(source.next())
        assert await reading is None


async def test_nobody_is_read_for_once_they_have_gone(
    admin: Api, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_stream, "BEAT", 0.02)
    async with listening_to(admin):
        pass

    async def is_still() -> bool:
        before = deployment.store.lines.trips
        await asyncio.sleep(0.1)
        return deployment.store.lines.trips == before

    await until(is_still)


async def _ended(source: EventSource) -> None:
    while await source.next() is not None:
        pass
