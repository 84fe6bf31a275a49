"""book.lua: a link is redeemed once, by whoever is first, with the configuration that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.bookings.policy import Permission, Policy
from admitone.domain.pages.event_type import Location
from admitone.store.codes import Code
from admitone.store.records.operations import keep_answer, kept_answer, keyed_operation
from tests.support.factories import (
    HOUR,
    NOW,
    SEALER,
    WORKSPACE,
    a_booking,
    a_booking_data,
    a_link,
    a_user,
    an_event_type,
    some_settings,
)
from tests.support.invariants import check_invariants
from tests.support.store.actions import (
    a_write,
    put_booking,
    put_link,
    put_records,
    read,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_revoke,
)
from tests.support.store.close_bookings import START

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store


async def test_a_booking_is_read_as_it_was_written(store: Store) -> None:
    link = await put_link(store, name="Carla Customer", email="carla@customer.test")
    booking = a_booking(link=link.id, before=300, after=600, users=["paula", "quentin"])
    answer = await try_book(store, booking, places=[[0], [1]])
    assert (answer.code, answer.rest) == (Code.OK, [b"paula,quentin"])
    written = await the_booking(store, booking.id)
    assert written.counted
    assert msgspec.structs.replace(written, counted=None) == booking
    booked = await the_link(store, link.id)
    assert booked == msgspec.structs.replace(
        link, booked=booking.id, bookings=(booking.id,), first_booked_at=NOW
    )
    assert await check_invariants(store.client) == []


async def test_what_is_as_its_default_takes_no_room(store: Store) -> None:
    plain = a_booking(data=a_booking_data(manage="token", policy=Policy(max_reschedules=5)))
    policy = Policy(cancel=Permission("until", 60), reschedule=Permission("never"), max_reschedules=0)
    data = a_booking_data(
        policy=policy, location=Location("link", "https://meet.test/1"), answers={"age": ""}
    )
    full = a_booking(start=START + HOUR, data=data)
    for booking in (plain, full):
        assert (await try_book(store, booking)).code is Code.OK
        written = await the_booking(store, booking.id)
        assert msgspec.structs.replace(written, counted=None) == booking

    async def document(booking: Booking) -> Any:
        return msgspec.json.decode(
            await store.client.get(store.keys(WORKSPACE).booking_data(booking.id)) or ""
        )

    assert await document(plain) == {
        "c": NOW,
        "n": "Carla Customer",
        "e": "carla@customer.test",
        "z": "Europe/Paris",
        "t": "Half an hour",
        "l": {"kind": "phone"},
        "m": "token",
    }
    kept = await document(full)
    assert kept["a"] == {"age": ""}
    assert kept["l"] == {"kind": "link", "detail": "https://meet.test/1"}
    assert kept["p"] == {
        "cancel": {"allow": "until", "minutes": 60},
        "reschedule": {"allow": "never"},
        "max_reschedules": 0,
    }


async def test_what_was_left_out_means_what_it_meant_when_it_was_booked(store: Store) -> None:
    booking = a_booking()
    await try_book(store, booking)
    document = """{"c": 1, "n": "Carla", "e": "carla@customer.test", "z": "Europe/Paris",
        "t": "Half an hour", "l": {"kind": "phone"}, "m": "token"}"""
    await store.client.set(store.keys(WORKSPACE).booking_data(booking.id), document)
    read_again = await the_booking(store, booking.id)
    assert msgspec.to_builtins(read_again.data) == msgspec.json.decode(document) | {
        "l": {"kind": "phone", "detail": ""},
        "p": {
            "cancel": {"allow": "anytime", "minutes": None},
            "reschedule": {"allow": "anytime", "minutes": None},
            "reason": "optional",
            "max_reschedules": 5,
            "text": "",
        },
        "o": "",
        "a": {},
        "q": {},
        "i": None,
        "k": None,
        "g": (),
    }


async def test_a_link_admits_one_booking(store: Store) -> None:
    link = await put_link(store)
    await put_booking(store, link=link.id)
    second = a_booking(link=link.id, start=START + HOUR, users=["another"])
    assert (await try_book(store, second)).code is Code.LINK_BOOKED
    assert (await read(store, booking=second.id)).booking is None
    assert await check_invariants(store.client) == []


async def test_a_general_link_admits_any_number(store: Store) -> None:
    for hours in range(3):
        assert (await try_book(store, a_booking(start=START + hours * HOUR))).code is Code.OK
    assert await check_invariants(store.client) == []


async def test_a_link_that_is_not_there_is_not_found(store: Store) -> None:
    assert (await try_book(store, a_booking(link=a_link().id))).code is Code.NOT_FOUND


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize("revoked", [False, True])
@pytest.mark.parametrize("expired", [False, True])
@pytest.mark.parametrize("taken", [False, True])
async def test_a_link_refuses_in_the_order_of_its_states_and_before_the_time_does(
    store: Store, booked: bool, revoked: bool, expired: bool, taken: bool
) -> None:
    link = await put_link(store, expires_at=NOW if expired else NOW + 1)
    key = store.keys(WORKSPACE).link(link.id)
    for field in ["booked"] * booked + ["revoked"] * revoked:
        await store.client.hset(key, field, NOW)
    if taken:
        await put_booking(store, start=START)
    states = [
        (booked, Code.LINK_BOOKED),
        (revoked, Code.LINK_REVOKED),
        (expired, Code.LINK_EXPIRED),
        (taken, Code.TAKEN),
    ]
    expected = next((code for applies, code in states if applies), Code.OK)
    assert (await try_book(store, a_booking(link=link.id, start=START))).code is expected


async def test_a_link_without_expiry_never_expires(store: Store) -> None:
    link = await put_link(store, expires_at=None)
    assert (await try_book(store, a_booking(link=link.id), now=NOW + 10**9)).code is Code.OK


async def test_configuration_that_moved_elsewhere_refuses_nothing(store: Store) -> None:
    await put_records(store, a_write("event_type", an_event_type()))
    snapshot = await read(store, records=(("event_type", "event-type"),))
    await put_records(store, a_write("user", a_user()))
    assert (await try_book(store, a_booking(), snapshot=snapshot)).code is Code.OK


@pytest.mark.parametrize("change", ["changed", "deleted", "made"])
async def test_a_record_that_was_used_and_moved_refuses(store: Store, change: str) -> None:
    event_type = an_event_type()
    if change != "made":
        await put_records(store, a_write("event_type", event_type))
    snapshot = await read(store, records=(("event_type", "event-type"),))
    version = snapshot.version("event_type", "event-type")
    write = a_write("event_type", event_type, version=version)
    if change == "deleted":
        write = msgspec.structs.replace(write, record=None)
    await put_records(store, write)
    link = await put_link(store)
    booking = a_booking(link=link.id)
    assert (await try_book(store, booking, snapshot=snapshot)).code is Code.MOVED
    again = await read(store, link=link.id, records=(("event_type", "event-type"),))
    assert (await try_book(store, booking, snapshot=again)).code is Code.OK


async def test_while_the_counter_stands_versions_are_not_compared(store: Store) -> None:
    snapshot = await read(store)
    snapshot.uses["event_type:event-type"] = 7
    assert (await try_book(store, a_booking(), snapshot=snapshot)).code is Code.OK


async def test_the_link_refuses_before_the_configuration_and_that_before_the_time(store: Store) -> None:
    snapshot = await read(store, records=(("settings", "-"),))
    await put_records(store, a_write("settings", some_settings()))
    link = await put_link(store)
    await put_booking(store, start=START)
    wanted = a_booking(link=link.id, start=START)
    assert (await try_book(store, wanted, snapshot=snapshot)).code is Code.MOVED
    assert (await try_book(store, wanted)).code is Code.TAKEN
    await try_revoke(store, link.id)
    assert (await try_book(store, wanted, snapshot=snapshot)).code is Code.LINK_REVOKED


async def test_a_booking_that_is_sent_again_is_answered_as_the_first_time(store: Store) -> None:
    link = await put_link(store)
    booking = a_booking(link=link.id, start=START, users=["paula"])
    first = await try_book(store, booking)
    again = await try_book(store, booking)
    assert (again.code, again.rest) == (Code.APPLIED, first.rest)
    await try_cancel(store, await the_booking(store, booking.id))
    again = await try_book(store, booking)
    assert (again.code, again.rest) == (Code.APPLIED, first.rest)
    assert (await the_booking(store, booking.id)).status == "cancelled"
    assert await check_invariants(store.client) == []


async def test_an_idempotency_key_answers_what_was_kept_whichever_booking_it_comes_with(store: Store) -> None:
    link = await put_link(store)
    operation = keyed_operation("code", "key", b"body")
    booking = a_booking(link=link.id)
    kept = keep_answer(operation, {"id": booking.id}, SEALER)
    assert (await try_book(store, booking, operation=operation, kept=kept)).code is Code.OK
    again = await try_book(store, a_booking(link=link.id), operation=operation, kept="another")
    assert again.code is Code.APPLIED
    assert kept_answer(operation, again.rest[1], SEALER, dict[str, str]) == {"id": booking.id}
    assert await check_invariants(store.client) == []


async def test_a_refused_booking_is_not_remembered_as_applied(store: Store) -> None:
    operation = keyed_operation("code", "key", b"body")
    blocking = await put_booking(store, start=START)
    booking = a_booking(start=START)
    assert (await try_book(store, booking, operation=operation, kept="kept")).code is Code.TAKEN
    await try_cancel(store, blocking)
    assert (await try_book(store, booking, operation=operation, kept="kept")).code is Code.OK
