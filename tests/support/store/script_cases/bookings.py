"""Cases of the scripts of bookings: they are made, moved, reassigned and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.codes import Code
from admitone.store.records.book import Order, Rate
from admitone.store.records.bookings import note_event, reassign_booking, say_completed
from admitone.store.records.mail.email_codes import EmailCode, hash_code, request_email_code
from admitone.store.records.operations import keep_answer, keyed_operation
from tests.support.factories import (
    HOUR,
    NOW,
    SEALER,
    TODAY,
    WORKSPACE,
    a_booking,
    a_booking_page,
    a_user,
    an_event,
    an_event_place,
    an_event_type,
    some_settings,
)
from tests.support.store.actions import (
    a_write,
    put_booking,
    put_contact,
    put_link,
    put_records,
    read,
    slot_of,
    the_booking,
    try_book,
    try_cancel,
    try_move,
    try_no_show,
    try_request_reschedule,
    try_undo,
)
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.domain.availability.distribution import Method
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import ScriptAnswer, Store

BOOKINGS = Cases()
BOOKED = "booking data jobs activity counts bookings page_bookings counters"


@BOOKINGS.add("book", f"{BOOKED} booking_words operation link booked_links expiring_links occupied")
async def book_by_a_personalised_link(store: Store) -> Act:
    """For two places of three users, one of them busy, under a moved counter, limits and a key."""
    await put_records(store, a_write("user", a_user()), a_write("event_type", an_event_type()))
    link = await put_link(store, on_cancel="reactivate", name="Carla Customer", email="carla@customer.test")
    earlier = await put_booking(store, link=link.id, users=["paula"])
    await try_cancel(store, earlier)
    booking = a_booking(link=link.id, before=600, after=900, start=earlier.start + 3 * HOUR)
    await put_booking(store, users=["paula"], start=booking.start)
    await put_booking(store, users=["quentin"], start=booking.start - HOUR, before=60, after=60)
    await put_booking(store, users=["quentin"], start=booking.start + HOUR, before=60, after=60)
    await put_booking(store, users=["rosa"], start=booking.start + 5 * HOUR, event_type="another")
    snapshot = await read(store, link=link.id, records=(("user", "user"), ("event_type", "event-type")))
    await put_records(store, a_write("settings", some_settings()))
    operation = keyed_operation("code", "key", b"body")
    day = (booking.start - 10 * HOUR, booking.start + 10 * HOUR, 5)
    return lambda: try_book(
        store,
        booking,
        users=["paula", "quentin", "rosa"],
        places=[[0, 1], [1, 2]],
        limits=[[day], [day, day], [day]],
        snapshot=snapshot,
        operation=operation,
        kept=keep_answer(operation, {"id": booking.id}, SEALER),
    )


@BOOKINGS.add("book", f"{BOOKED} booking_words link link_words booked_links expiring_links occupied")
async def book_by_a_new_link(store: Store) -> Act:
    await put_records(store, a_write("booking_page", a_booking_page(owner="paula")))
    link = await put_link(store, event_type="event-type", email="carla@customer.test")
    booking = a_booking(link=link.id)
    snapshot = await read(store, link=link.id)
    return lambda: try_book(store, booking, snapshot=snapshot)


@BOOKINGS.add(
    "book",
    f"{BOOKED} booking_words link link_words booked_links expiring_links domains occupied",
)
async def book_by_a_link_that_is_for_nobody(store: Store) -> Act:
    link = await put_link(store)
    return lambda: try_book(store, a_booking(link=link.id))


@BOOKINGS.add(
    "book",
    f"{BOOKED} booking_words address recipient occupied",
)
async def book_by_a_general_link(store: Store) -> Act:
    """From and for an address that booked an hour ago, which counts no more, and a minute ago."""
    rate, recipient = Rate("address", 2, HOUR), Rate("carla", 2, HOUR)
    for place, ago in enumerate((HOUR, 60), 1):
        earlier = a_booking(start=NOW + place * 10 * HOUR)
        await try_book(store, earlier, now=NOW - ago, rate=rate, recipient=recipient)
    booking = a_booking()
    return lambda: try_book(store, booking, rate=rate, recipient=recipient)


@BOOKINGS.add("book", f"{BOOKED} booking_words email_code occupied domains")
async def book_with_a_code(store: Store) -> Act:
    """At the second try."""
    booking = a_booking()
    await ask_for_code(store, booking, "123456")
    wrong = hash_code(store, booking.page, booking.data.email, "654321")
    answer = await try_book(store, a_booking(), code=wrong)
    assert answer.code is Code.CODE_WRONG
    code = hash_code(store, booking.page, booking.data.email, "123456")
    return lambda: try_book(store, booking, code=code)


@BOOKINGS.add("email_code_request", "code requests jobs network")
async def request_a_code(store: Store) -> Act:
    """Where an earlier one was tried too often."""
    booking = a_booking()
    await ask_for_code(store, booking, "123456")
    for _ in range(5):
        code = hash_code(store, booking.page, booking.data.email, "654321")
        await try_book(store, a_booking(), code=code)
    return lambda: ask_for_code(store, booking, "111111", request="second", now=NOW + 60)


async def ask_for_code(
    store: Store, booking: Booking, code: str, request: str = "first", now: int = NOW
) -> ScriptAnswer:
    """Request the mail with this code."""
    email, page = booking.data.email, booking.page
    hashed, told = hash_code(store, page, email, code), EmailCode(email, code)
    event = an_event("email_code.requested", at=now, page=page, record=hashed.address, by="customer")
    return await request_email_code(store, WORKSPACE, request, hashed, told, event, "network")


@BOOKINGS.add("book", f"{BOOKED} booking_words contact occupied domains")
async def book_as_a_contact(store: Store) -> Act:
    booking = a_booking()
    await put_contact(store, email=booking.data.email.casefold())
    return lambda: try_book(store, booking, users=["host"])


@BOOKINGS.add("book", f"{BOOKED} booking_words turns occupied")
async def book_a_panel_of_a_master_page(store: Store) -> Act:
    """From two pools that share a member; one joined since the last booking, and one left."""
    await _book_panel(store, ["paula", "quentin"], ["rosa"], start=NOW + 5 * HOUR)
    return lambda: _book_panel(store, ["paula", "sally"], ["rosa", "paula"], start=NOW + 9 * HOUR)


@BOOKINGS.add("booking_cancel", "booking history jobs activity counts operation turns occupied counters")
async def cancel_a_booking_of_a_master_page(store: Store) -> Act:
    booking = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR)
    return lambda: try_cancel(store, booking)


@BOOKINGS.add("booking_complete", "booking jobs activity counts counters")
async def complete_a_booking(store: Store) -> Act:
    link = (await put_link(store)).id
    booking = await the_booking(store, (await put_booking(store, link=link)).id)
    event = an_event("booking.completed", booking=booking.id)
    return lambda: say_completed(store, WORKSPACE, booking, event, booking.end, TODAY)


@BOOKINGS.add("booking_no_show", "booking history jobs activity counts operation turns occupied counters")
async def record_a_no_show_of_a_master_page(store: Store) -> Act:
    link = await put_link(store)
    booking = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR, link=link.id)
    return lambda: try_no_show(store, booking)


@BOOKINGS.add(
    "booking_no_show_undo", "booking history jobs activity counts operation turns occupied counters"
)
async def take_a_no_show_of_a_master_page_back(store: Store) -> Act:
    link = await put_link(store)
    made = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR, link=link.id)
    event = an_event("booking.completed", booking=made.id)
    await say_completed(store, WORKSPACE, made, event, made.end, TODAY)
    await try_no_show(store, await the_booking(store, made.id))
    booking = await the_booking(store, made.id)
    return lambda: try_undo(store, booking)


@BOOKINGS.add("booking_no_show_undo", "booking history jobs activity counts operation occupied counters")
async def take_a_no_show_back_before_the_end(store: Store) -> Act:
    link = await put_link(store)
    booking = await put_booking(store, link=link.id)
    await try_no_show(store, booking)
    missed = await the_booking(store, booking.id)
    return lambda: try_undo(store, missed, now=missed.start + 1)


async def _book_panel(store: Store, first: list[str], second: list[str], **fields: Any) -> Booking:
    users = list(dict.fromkeys([*first, *second]))
    booking = a_booking(**fields)
    methods: list[Method] = ["round_robin", "pooled_priority"]
    answer = await try_book(
        store,
        booking,
        users=users,
        places=[[users.index(user) for user in place] for place in (first, second)],
        orders=[
            Order(method, place, [3] * len(place))
            for method, place in zip(methods, (first, second), strict=True)
        ],
        pages=[f"page-of-{user}" for user in users],
        seed="seed",
    )
    assert answer.code in {Code.OK, Code.APPLIED}  # applied, where its answer was lost
    return await the_booking(store, booking.id)


@BOOKINGS.add(
    "booking_cancel",
    "booking history jobs activity counts operation link booked_links expiring_links occupied counters",
)
async def cancel_so_that_the_link_is_active_again(store: Store) -> Act:
    link = await put_link(store, on_cancel="reactivate")
    made = await put_booking(store, link=link.id, users=["paula", "quentin"], before=300, after=600)
    await try_move(store, made, slot_of(made, by=HOUR))
    booking = await the_booking(store, made.id)
    return lambda: try_cancel(store, booking)


@BOOKINGS.add(
    "booking_request_reschedule",
    "booking history jobs activity counts operation turns occupied counters "
    "links page_links user_links expiring_links link_words new_link",
)
async def ask_for_another_time(store: Store) -> Act:
    link = await put_link(store, on_cancel="reactivate")
    booking = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR, link=link.id)
    await put_records(store, a_write("event_type", an_event_type()))
    snapshot = await read(store, records=(("event_type", "event-type"),))
    await put_records(store, a_write("settings", some_settings()))
    return lambda: try_request_reschedule(store, booking, snapshot=snapshot)


@BOOKINGS.add("booking_cancel", "booking history jobs activity counts operation occupied counters")
async def cancel_without_a_link(store: Store) -> Act:
    booking = await put_booking(store)
    return lambda: try_cancel(store, booking)


@BOOKINGS.add("booking_event", "booking")
async def note_where_an_event_is_to_be(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place()
    return lambda: note_event(store, WORKSPACE, booking, place)


@BOOKINGS.add("booking_event", "booking")
async def note_an_event_that_its_booking_could_not_follow(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place(etag='"1"', join_url="https://meet.test/a")
    await note_event(store, WORKSPACE, booking, place)
    return lambda: note_event(store, WORKSPACE, booking, place, conflict=booking.start + HOUR)


@BOOKINGS.add("booking_event", "booking")
async def note_that_a_booking_is_where_its_event_is(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place(etag='"2"')
    await note_event(store, WORKSPACE, booking, place, conflict=0)
    return lambda: note_event(store, WORKSPACE, booking, place)


@BOOKINGS.add("booking_event", "booking")
async def note_that_an_event_is_to_be_in_another_calendar(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place(etag='"1"', join_url="https://meet.test/a")
    await note_event(store, WORKSPACE, booking, place, conflict=booking.start + HOUR)
    other = an_event_place(calendar="other")
    return lambda: note_event(store, WORKSPACE, booking, other, left=place.calendar)


@BOOKINGS.add("booking_no_show", "booking history jobs activity counts operation occupied counters")
async def record_a_no_show(store: Store) -> Act:
    made = await put_booking(store, users=["paula", "quentin"])
    event = an_event("booking.completed", booking=made.id)
    await say_completed(store, WORKSPACE, await the_booking(store, made.id), event, made.end, TODAY)
    booking = await the_booking(store, made.id)
    return lambda: try_no_show(store, booking)


@BOOKINGS.add("booking_reassign", "booking history jobs activity counts operation turns taken occupied")
async def give_the_second_place_of_a_panel_away(store: Store) -> Act:
    link = await put_link(store)
    booking = await _book_panel(store, ["paula"], ["rosa", "sally"], start=NOW + 5 * HOUR, link=link.id)
    taker = ({"rosa", "sally"} - set(booking.users)).pop()
    await put_booking(store, users=[taker], start=booking.start - HOUR)
    await put_booking(store, users=[taker], start=booking.start + HOUR)
    await put_records(store, a_write("event_type", an_event_type()))
    snapshot = await read(store, records=(("event_type", "event-type"),))
    await put_records(store, a_write("settings", some_settings()))
    return lambda: reassign_booking(
        snapshot,
        booking,
        users=[booking.users[0], taker],
        pages=[booking.pages[0], f"page-of-{taker}"],
        limits=[(booking.start - HOUR, booking.start + HOUR, 5)],
        event=an_event("booking.reassigned", booking=booking.id),
        now=NOW,
    )


@BOOKINGS.add(
    "booking_reschedule",
    "booking history jobs activity counts bookings page_bookings operation occupied counters",
)
async def reschedule_a_second_time(store: Store) -> Act:
    await put_records(store, a_write("event_type", an_event_type()))
    link = await put_link(store)
    made = await put_booking(store, link=link.id, users=["paula", "quentin"], before=300, after=600)
    await put_booking(store, users=["quentin"], start=made.start - HOUR)
    await put_booking(store, users=["paula"], start=made.start + 3 * HOUR)
    await try_move(store, made, slot_of(made, by=HOUR))
    booking = await the_booking(store, made.id)
    snapshot = await read(store, records=(("event_type", "event-type"),))
    await put_records(store, a_write("settings", some_settings()))
    slot = slot_of(booking, by=HOUR // 2)
    day = (slot.start - 10 * HOUR, slot.start + 10 * HOUR, 5)
    return lambda: try_move(store, booking, slot, limits=[[day], [day]], snapshot=snapshot)
