"""book.lua: a link is redeemed once, by whoever is first, for a time that every host has free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.support.sizes import size
from tests.support.store.doing import (
    a_write,
    empty,
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
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store

START = NOW + 10 * HOUR


async def test_a_booking_is_read_as_it_was_written(store: Store) -> None:
    link = await put_link(store, name="Carla Customer", email="carla@customer.test")
    booking = a_booking(link=link.id, before=300, after=600, users=["paula", "quentin"])
    answer = await try_book(store, booking, places=[[0], [1]])
    assert (answer.code, answer.rest) == (Code.OK, [b"paula,quentin"])
    assert await the_booking(store, booking.id) == booking
    booked = await the_link(store, link.id)
    assert booked == msgspec.structs.replace(link, booked=booking.id, bookings=(booking.id,))
    assert await check_invariants(store.client) == []


async def test_what_is_as_its_default_takes_no_room(store: Store) -> None:
    plain = a_booking(data=a_booking_data(manage="token"))
    policy = Policy(cancel=Permission("until", 60), reschedule=Permission("never"), max_reschedules=0)
    data = a_booking_data(
        policy=policy, location=Location("link", "https://meet.test/1"), answers={"age": ""}
    )
    full = a_booking(start=START + HOUR, data=data)
    for booking in (plain, full):
        assert (await try_book(store, booking)).code is Code.OK
        assert await the_booking(store, booking.id) == booking

    async def document(booking: Booking) -> Any:
        return msgspec.json.decode(
            await store.client.get(store.keys(WORKSPACE).booking_data(booking.id)) or ""
        )

    assert await document(plain) == {
        "created": NOW,
        "name": "Carla Customer",
        "email": "carla@customer.test",
        "zone": "Europe/Paris",
        "event_type": "Half an hour",
        "location": {"kind": "phone"},
        "manage": "token",
    }
    kept = await document(full)
    assert kept["answers"] == {"age": ""}
    assert kept["location"] == {"kind": "link", "detail": "https://meet.test/1"}
    assert kept["policy"] == {
        "cancel": {"allow": "until", "minutes": 60},
        "reschedule": {"allow": "never"},
        "max_reschedules": 0,
    }


async def test_what_was_left_out_means_what_it_meant_when_it_was_booked(store: Store) -> None:
    booking = a_booking()
    await try_book(store, booking)
    document = """{"created": 1, "name": "Carla", "email": "carla@customer.test", "zone": "Europe/Paris",
        "event_type": "Half an hour", "location": {"kind": "phone"}, "manage": "token"}"""
    await store.client.set(store.keys(WORKSPACE).booking_data(booking.id), document)
    read_again = await the_booking(store, booking.id)
    assert msgspec.to_builtins(read_again.data) == msgspec.json.decode(document) | {
        "location": {"kind": "phone", "detail": ""},
        "policy": {
            "cancel": {"allow": "anytime", "minutes": None},
            "reschedule": {"allow": "anytime", "minutes": None},
            "reason": "optional",
            "max_reschedules": None,
            "text": "",
        },
        "notes": "",
        "answers": {},
        "questions": {},
        "locale": None,
        "calendar": None,
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


async def test_the_first_free_candidate_in_order_is_booked(store: Store) -> None:
    await put_booking(store, start=START, users=["paula"])
    for expected in (b"quentin", b"rosa"):
        answer = await try_book(
            store, a_booking(start=START), users=["quentin", "paula", "rosa"], places=[[1, 0, 2]]
        )
        assert (answer.code, answer.rest) == (Code.OK, [expected])
    answer = await try_book(store, a_booking(start=START), users=["quentin", "paula"], places=[[1, 0]])
    assert answer.code is Code.TAKEN
    assert await check_invariants(store.client) == []


async def test_several_places_are_filled_by_distinct_users_the_organiser_first(store: Store) -> None:
    users = ["paula", "quentin", "rosa"]
    booking = a_booking(start=START)
    answer = await try_book(store, booking, users=users, places=[[1, 0], [1, 2], [1, 2, 0]])
    assert answer.rest == [b"quentin,rosa,paula"]
    assert (await the_booking(store, booking.id)).users == ["quentin", "rosa", "paula"]
    assert await check_invariants(store.client) == []


async def test_an_earlier_place_gives_way_so_that_every_place_is_filled(store: Store) -> None:
    answer = await try_book(store, a_booking(), users=["paula", "quentin"], places=[[0, 1], [0]])
    assert answer.rest == [b"quentin,paula"]


async def test_one_user_never_fills_two_places(store: Store) -> None:
    booking = a_booking()
    assert (await try_book(store, booking, users=["paula"], places=[[0], [0]])).code is Code.TAKEN
    assert (await read(store, booking=booking.id)).booking is None


slots = st.builds(
    lambda start, minutes, before, after: a_booking(
        start=START + start * 60,
        end=START + (start + minutes) * 60,
        before=before * 60,
        after=after * 60,
        users=["user"],
    ),
    st.integers(0, 60),
    st.integers(1, 20),
    st.integers(0, 10),
    st.integers(0, 10),
)


def keeps_distance(one: Booking, other: Booking) -> bool:
    """Whether two bookings of a user keep at least max(earlier.after, later.before) (docs/rules/time.md)."""
    earlier, later = sorted((one, other), key=lambda booking: booking.start)
    return later.start - earlier.end >= max(earlier.after, later.before)


@pytest.mark.soak
@examples(size(1000, 60))
@given(wanted=st.lists(slots, min_size=1, max_size=12))
async def test_a_time_is_free_if_it_keeps_the_buffers_on_both_sides(
    store: Store, wanted: list[Booking]
) -> None:
    await empty(store)
    booked: list[Booking] = []
    for booking in wanted:
        fits = all(keeps_distance(booking, other) for other in booked)
        assert (await try_book(store, booking)).code is (Code.OK if fits else Code.TAKEN)
        booked += [booking] * fits
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize(("gap", "expected"), [(899, Code.TAKEN), (900, Code.OK)])
@pytest.mark.parametrize(("after", "before"), [(900, 0), (0, 900), (900, 900), (900, 300)])
@pytest.mark.parametrize("is_earlier", [False, True])
async def test_the_longer_of_two_buffers_decides(
    store: Store, gap: int, expected: Code, after: int, before: int, is_earlier: bool
) -> None:
    earlier = a_booking(start=START, end=START + 60, after=after)
    later = a_booking(start=START + 60 + gap, end=START + 120 + gap, before=before)
    first, second = (earlier, later) if is_earlier else (later, earlier)
    assert (await try_book(store, first)).code is Code.OK
    assert (await try_book(store, second)).code is expected


async def test_bookings_may_touch_where_there_are_no_buffers(store: Store) -> None:
    for minutes in (0, 60, 30, -30):
        assert (await try_book(store, a_booking(start=START + minutes * 60))).code is Code.OK


async def test_limits_count_live_bookings_of_the_event_type_in_their_span(store: Store) -> None:
    span = (START, START + 10 * HOUR, 2)

    async def attempt(start: int, **fields: str) -> Code:
        return (await try_book(store, a_booking(start=start, **fields), limits=[[span]])).code

    outside = [START - HOUR, START + 10 * HOUR]
    for start in outside:
        await put_booking(store, start=start)
    await put_booking(store, start=START + 8 * HOUR, event_type="another")
    assert await attempt(START) is Code.OK
    second = await put_booking(store, start=START + HOUR)
    assert await attempt(START + 2 * HOUR) is Code.TAKEN
    assert await attempt(START + 2 * HOUR, event_type="another") is Code.OK
    await try_cancel(store, second)
    assert await attempt(START + 3 * HOUR) is Code.OK


async def test_every_limit_holds_and_each_user_has_their_own(store: Store) -> None:
    await put_booking(store, start=START, users=["paula"])
    wide, narrow = (START - HOUR, START + 9 * HOUR, 5), (START - HOUR, START + 9 * HOUR, 1)
    booking = a_booking(start=START + 2 * HOUR)
    answer = await try_book(
        store, booking, users=["paula", "quentin"], places=[[0, 1]], limits=[[wide, narrow], [narrow]]
    )
    assert answer.rest == [b"quentin"]


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
    again = await read(store, records=(("event_type", "event-type"),))
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
    assert kept_answer(operation, again.rest[1], SEALER) == {"id": booking.id}
    assert await check_invariants(store.client) == []


async def test_a_refused_booking_is_not_remembered_as_applied(store: Store) -> None:
    operation = keyed_operation("code", "key", b"body")
    blocking = await put_booking(store, start=START)
    booking = a_booking(start=START)
    assert (await try_book(store, booking, operation=operation, kept="kept")).code is Code.TAKEN
    await try_cancel(store, blocking)
    assert (await try_book(store, booking, operation=operation, kept="kept")).code is Code.OK
