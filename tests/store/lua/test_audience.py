"""Entries of the activity say whom they concern: the maker of the link, the owner of the page, all hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.bookings import say_completed
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.store.records.links import open_link
from tests.support.factories import HOUR, NOW, TODAY, WORKSPACE, a_booking_page, a_user, an_event
from tests.support.store.actions import (
    a_write,
    put_booking,
    put_contact,
    put_link,
    put_records,
    slot_of,
    the_booking,
    try_cancel,
    try_move,
    try_no_show,
    try_request_reschedule,
    try_revoke,
)
from tests.support.store.script_cases.bookings import give_the_second_place_of_a_panel_away

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import ScriptAnswer, Store


async def test_an_event_of_a_link_concerns_its_maker_and_the_owner_of_its_page(store: Store) -> None:
    await _put_page(store, owner="olga")
    link = await put_link(store, created_by="max")
    await open_link(store, WORKSPACE, link, an_event("link.opened", link=link.id), NOW)
    await try_revoke(store, link.id)
    assert await _audiences(store, "link.") == [{"max", "olga"}] * 3


async def test_the_owner_of_the_page_is_named_once(store: Store) -> None:
    await _put_page(store, owner="olga")
    await put_link(store, created_by="olga")
    assert await _texts(store) == ["olga", "olga"]


async def test_a_link_of_a_page_that_is_gone_concerns_its_maker(store: Store) -> None:
    await put_link(store, created_by="max")
    assert await _audiences(store, "link.") == [{"max"}]


async def test_no_text_of_a_page_passes_for_its_owner(store: Store) -> None:
    await _put_page(store, owner="olga", title='","owner":"eve"', description='{"owner":"eve"}')
    await put_link(store, created_by="max")
    assert await _audiences(store, "link.") == [{"max", "olga"}]


async def test_an_event_of_a_booking_concerns_hosts_owner_and_the_maker_of_its_link(store: Store) -> None:
    await _put_page(store, owner="olga")
    for place, end in enumerate((try_cancel, try_no_show, _complete, try_request_reschedule)):
        link = await put_link(store, created_by="max")
        start = NOW + (1 + place) * 10 * HOUR
        made = await put_booking(store, link=link.id, users=["paula", "quentin"], start=start)
        await try_move(store, made, slot_of(made, by=HOUR))
        await end(store, await the_booking(store, made.id))
    assert await _audiences(store, "booking.") == [{"max", "olga", "paula", "quentin"}] * 12


async def test_a_reassignment_concerns_who_gave_the_place_and_who_took_it(store: Store) -> None:
    reassign = await give_the_second_place_of_a_panel_away(store)
    await reassign()
    assert (await _audiences(store, "booking."))[-1] == {"user", "paula", "rosa", "sally"}


async def test_a_change_of_a_page_concerns_its_owners_and_that_of_a_user_the_user(store: Store) -> None:
    await _put_page(store, owner="olga")
    await put_records(store, a_write("booking_page", a_booking_page(owner="paula"), version=1))
    gone = RecordWrite(kind="booking_page", id="page", version=2, record=None, created_at=NOW)
    await put_records(store, gone)
    await put_records(store, a_write("user", a_user(id="max")))
    assert await _audiences(store, "config.") == [{"olga"}, {"olga", "paula"}, {"paula"}, {"max"}]


async def test_an_event_of_a_contact_concerns_nobody_in_particular(store: Store) -> None:
    await put_contact(store)
    assert set(await _texts(store)) == {""}


async def _put_page(store: Store, **fields: Any) -> None:
    await put_records(store, a_write("booking_page", a_booking_page(**fields)))


async def _complete(store: Store, booking: Booking) -> ScriptAnswer:
    event = an_event("booking.completed", booking=booking.id)
    there = await the_booking(store, booking.id)
    return await say_completed(store, WORKSPACE, there, event, booking.end, TODAY)


async def _audiences(store: Store, kinds: str) -> list[set[str]]:
    """Whom each event of these kinds concerns, oldest first."""
    entries: Any = await store.client.xrange(store.keys(WORKSPACE).activity)
    return [
        set(fields[b"for"].decode().split(",")) - {""}
        for _, fields in entries
        if f'"type":"{kinds}'.encode() in fields[b"event"]
    ]


async def _texts(store: Store) -> list[str]:
    entries: Any = await store.client.xrange(store.keys(WORKSPACE).activity)
    return [fields[b"for"].decode() for _, fields in entries]
