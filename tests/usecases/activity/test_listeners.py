"""One read brings the news of all listeners of a process; each has a place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Busy
from admitone.usecases.activity import listeners
from admitone.usecases.activity.listeners import Listener, Listeners
from tests.support.factories import WORKSPACE, an_event
from tests.support.store.raw_activity import add_entries

if TYPE_CHECKING:
    import pytest

    from admitone.store.store import Store

OTHER = "0XYZ"
PUBLISHED = an_event("workflow.published")


class ByHand(Listeners):
    """Listeners for whom nobody reads but the test."""

    async def _run(self) -> None:
        pass


async def taken(listener: Listener) -> list[str]:
    """The ids of the news that a listener takes."""
    news = await listener.next(0.01)
    assert news is not None
    return [entry.id for entry in news]


async def test_one_trip_reads_for_all(store: Store) -> None:
    hub = ByHand(store)
    waiting = [await hub.join(WORKSPACE, f"user{n}", None) for n in range(3)]
    waiting.append(await hub.join(OTHER, "user", None))
    ids = await add_entries(store, [PUBLISHED] * 2)
    late = await hub.join(WORKSPACE, "late", ids[0])
    before = store.lines.trips
    assert await hub.step() is False
    assert store.lines.trips == before + 1
    assert [await taken(each) for each in waiting] == [ids, ids, ids, []]
    assert await taken(late) == ids[1:]


async def test_nothing_is_read_for_who_has_not_taken_what_was_read(store: Store) -> None:
    hub = ByHand(store)
    listener = await hub.join(WORKSPACE, "user", None)
    first = await add_entries(store, [PUBLISHED])
    await hub.step()
    second = await add_entries(store, [PUBLISHED])
    reads = hub.reads
    await hub.step()
    assert hub.reads == reads
    assert await taken(listener) == first
    await hub.step()
    assert await taken(listener) == second


async def test_who_is_far_behind_is_read_for_at_once(store: Store) -> None:
    hub = ByHand(store)
    await add_entries(store, [PUBLISHED] * 2)
    listener = await hub.join(WORKSPACE, "user", "0-0")
    await add_entries(store, [PUBLISHED] * listeners.AT_ONCE)
    assert await hub.step() is True
    assert len(await taken(listener)) > listeners.AT_ONCE - 1
    assert await hub.step() is False


async def test_a_place_that_was_trimmed_goes_on_at_the_end(store: Store) -> None:
    hub = ByHand(store)
    [first, *_, last] = await add_entries(store, [PUBLISHED] * 3)
    listener = await hub.join(WORKSPACE, "user", first)
    await store.client.xtrim(store.keys(WORKSPACE).activity, maxlen=1, approximate=False)
    await hub.step()
    assert await listener.next(0.01) is None
    assert listener.place == last


async def test_while_redis_does_not_answer_nobody_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = ByHand(store)
    listener = await hub.join(WORKSPACE, "user", None)
    ids = await add_entries(store, [PUBLISHED])

    async def refuse(*_: object, **__: object) -> list[object]:
        raise Busy

    with monkeypatch.context() as broken:
        broken.setattr(store, "send", refuse)
        assert await hub._try() is False
    await hub._try()
    assert await taken(listener) == ids


async def test_who_comes_after_the_end_gets_nothing(store: Store) -> None:
    hub = ByHand(store)
    first = await hub.join(WORKSPACE, "user", None)
    await hub.close()
    second = await hub.join(WORKSPACE, "user", None)
    assert first.has_ended
    assert second.has_ended
    assert len(hub) == 0
