"""A call of every script that answers OK, made by its typed function in a state that uses all of the script.

`record_call` notes what the function passed and which keys the script touched; the contract is checked
against it, and `test_scripts_atomic.py` spoils it in every way it knows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.people.grant import turned
from admitone.sealing import Kept, Sealer
from admitone.store.codes import Code
from admitone.store.keys import META
from admitone.store.outbox.outbox import Outbox, put_in
from admitone.store.outbox.parked import park, release
from admitone.store.records import directory
from admitone.store.records.book import Order, Rate
from admitone.store.records.bookings import note_event, reassign_booking, say_completed
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.store.records.google_connections import write_connection
from admitone.store.records.grants import write_grant
from admitone.store.records.links import open_link, request_manage_link, say_expired, update_link
from admitone.store.records.mails import KEPT, keep_mail, note_draft, note_not_sent, note_sent, note_trying
from admitone.store.records.operations import keep_answer, keyed_operation
from admitone.store.records.readers import LinkTotals
from admitone.store.records.signing_keys import SIGNING_SECONDS, SigningKeys
from admitone.store.records.webhook_deliveries import Delivery, note_delivery
from admitone.store.reseal import read_values, sealed_anew, spots, write_sealed
from admitone.store.schema import stamp
from tests.support.factories import (
    HOUR,
    NOW,
    SEALER,
    WORKSPACE,
    a_booking,
    a_booking_page,
    a_connection,
    a_grant,
    a_link,
    a_parked,
    a_refresh_token,
    a_user,
    an_event,
    an_event_place,
    an_event_type,
    an_invitation,
    some_settings,
)
from tests.support.store.doing import (
    a_store,
    a_write,
    hold_entries,
    put_booking,
    put_link,
    put_records,
    read,
    slot_of,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_create,
    try_move,
    try_no_show,
    try_reactivate,
    try_request_reschedule,
    try_revoke,
)
from tests.support.store.dumps import dump, restore
from tests.support.store.monitor import monitor

if TYPE_CHECKING:
    from admitone.domain.availability.distribution import Method
    from admitone.domain.bookings.booking import Booking
    from admitone.store.redis.scripts import Script
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer
    from tests.support.store.monitor import Told

Act = Callable[[], Awaitable[Any]]
Prepare = Callable[["Store"], Awaitable[Act]]


class Case(msgspec.Struct, frozen=True):
    """`prepare` makes the state and answers what makes the call; `changes` are the keys that it writes to."""

    name: str
    script: str
    changes: frozenset[str]
    prepare: Prepare

    def __str__(self) -> str:
        return self.name


class Call(msgspec.Struct, frozen=True):
    """A script's call as Redis got it."""

    keys: list[str]
    argument: bytes
    told: list[list[bytes]]
    """The commands that the script gave."""

    @property
    def arguments(self) -> dict[str, Any]:
        """The argument as the function passed it."""
        found: dict[str, Any] = msgspec.msgpack.decode(self.argument)
        return found


CASES: list[Case] = []


def _case(script: str, changes: str) -> Callable[[Prepare], Prepare]:
    def add(prepare: Prepare) -> Prepare:
        name = getattr(prepare, "__name__", script)
        CASES.append(Case(name, script, frozenset(changes.split()), prepare))
        return prepare

    return add


async def record_call(case: Case, server: RedisServer) -> Call:
    """Make the call on an empty Redis, and bring back the state in which it was made."""
    async with a_store(server.url) as store:
        act = await case.prepare(store)
        with server.client() as client:
            before = dump(client)
        async with monitor(server.socket) as told:
            await act()
        with server.client() as client:
            restore(client.pipeline(transaction=False), before).execute()
    return last_call(told, store.scripts[case.script])


def last_call(told: list[Told], script: Script) -> Call:
    """The last call of a script of those that Redis was told, by its digest or by its text."""
    names = {script.sha.encode(), script.text.encode()}
    calls = [one.words for one in told if not one.by_script and one.words[1:2] and one.words[1] in names]
    _, _, count, *rest = calls[-1]
    commands = [one.words for one in told if one.by_script]
    return Call([key.decode() for key in rest[: int(count)]], rest[int(count)], commands)


@_case(
    "book", "booking data jobs activity counts bookings page_bookings booking_words operation link occupied"
)
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


@_case("book", "booking data jobs activity counts bookings page_bookings booking_words address occupied")
async def book_by_a_general_link(store: Store) -> Act:
    """From an address that booked an hour ago, which counts no more, and a minute ago."""
    rate = Rate("address", 2, HOUR)
    for place, ago in enumerate((HOUR, 60), 1):
        await try_book(store, a_booking(start=NOW + place * 10 * HOUR), now=NOW - ago, rate=rate)
    booking = a_booking()
    return lambda: try_book(store, booking, rate=rate)


@_case("book", "booking data jobs activity counts bookings page_bookings booking_words turns occupied")
async def book_a_panel_of_a_master_page(store: Store) -> Act:
    """From two pools that share a member; one joined since the last booking, and one left."""
    await _book_panel(store, ["paula", "quentin"], ["rosa"], start=NOW + 5 * HOUR)
    return lambda: _book_panel(store, ["paula", "sally"], ["rosa", "paula"], start=NOW + 9 * HOUR)


@_case("booking_cancel", "booking history jobs activity counts operation turns occupied")
async def cancel_a_booking_of_a_master_page(store: Store) -> Act:
    booking = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR)
    return lambda: try_cancel(store, booking)


@_case("booking_complete", "booking jobs activity counts")
async def complete_a_booking(store: Store) -> Act:
    booking = await put_booking(store)
    event = an_event("booking.completed", booking=booking.id)
    return lambda: say_completed(store, WORKSPACE, booking, event, booking.end)


@_case("booking_no_show", "booking history jobs activity counts operation turns occupied")
async def record_a_no_show_of_a_master_page(store: Store) -> Act:
    booking = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR)
    return lambda: try_no_show(store, booking)


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


@_case("booking_cancel", "booking history jobs activity counts operation link occupied")
async def cancel_so_that_the_link_is_active_again(store: Store) -> Act:
    link = await put_link(store, on_cancel="reactivate")
    made = await put_booking(store, link=link.id, users=["paula", "quentin"], before=300, after=600)
    await try_move(store, made, slot_of(made, by=HOUR))
    booking = await the_booking(store, made.id)
    return lambda: try_cancel(store, booking)


@_case(
    "booking_request_reschedule",
    "booking history jobs activity counts operation turns occupied "
    "links page_links user_links link_words new_link",
)
async def ask_for_another_time(store: Store) -> Act:
    link = await put_link(store, on_cancel="reactivate")
    booking = await _book_panel(store, ["paula"], ["rosa"], start=NOW + 5 * HOUR, link=link.id)
    await put_records(store, a_write("event_type", an_event_type()))
    snapshot = await read(store, records=(("event_type", "event-type"),))
    await put_records(store, a_write("settings", some_settings()))
    return lambda: try_request_reschedule(store, booking, snapshot=snapshot)


@_case("booking_cancel", "booking history jobs activity counts operation occupied")
async def cancel_without_a_link(store: Store) -> Act:
    booking = await put_booking(store)
    return lambda: try_cancel(store, booking)


@_case("booking_event", "booking")
async def note_where_an_event_is_to_be(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place()
    return lambda: note_event(store, WORKSPACE, booking, place)


@_case("booking_event", "booking")
async def note_an_event_that_its_booking_could_not_follow(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place(etag='"1"', join_url="https://meet.test/a")
    await note_event(store, WORKSPACE, booking, place)
    return lambda: note_event(store, WORKSPACE, booking, place, conflict=booking.start + HOUR)


@_case("booking_event", "booking")
async def note_that_a_booking_is_where_its_event_is(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place(etag='"2"')
    await note_event(store, WORKSPACE, booking, place, conflict=0)
    return lambda: note_event(store, WORKSPACE, booking, place)


@_case("booking_event", "booking")
async def note_that_an_event_is_to_be_in_another_calendar(store: Store) -> Act:
    booking, place = await put_booking(store), an_event_place(etag='"1"', join_url="https://meet.test/a")
    await note_event(store, WORKSPACE, booking, place, conflict=booking.start + HOUR)
    other = an_event_place(calendar="other")
    return lambda: note_event(store, WORKSPACE, booking, other, left=place.calendar)


@_case("booking_no_show", "booking history jobs activity counts operation occupied")
async def record_a_no_show(store: Store) -> Act:
    booking = await put_booking(store, users=["paula", "quentin"])
    event = an_event("booking.completed", booking=booking.id)
    await say_completed(store, WORKSPACE, booking, event, booking.end)
    return lambda: try_no_show(store, booking)


@_case("booking_reassign", "booking history jobs activity operation turns taken occupied")
async def give_the_second_place_of_a_panel_away(store: Store) -> Act:
    booking = await _book_panel(store, ["paula"], ["rosa", "sally"], start=NOW + 5 * HOUR)
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


@_case("booking_reschedule", "booking history jobs activity counts bookings page_bookings operation occupied")
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


@_case("config_write", "config jobs activity operation list")
async def write_change_and_delete_records(store: Store) -> Act:
    user, page = a_user(), a_booking_page()
    await put_records(store, a_write("user", user), a_write("booking_page", page))
    operation = keyed_operation("caller", "key", b"body")
    return lambda: write_config(
        store,
        WORKSPACE,
        [
            a_write("user", msgspec.structs.replace(user, name="Hanna Hostess"), version=1),
            a_write("event_type", an_event_type()),
            RecordWrite(kind="booking_page", id=page.id, version=1, record=None, created_at=NOW),
        ],
        an_event("config.updated", record="user:user"),
        now=NOW,
        claimed=NOW - 30,
        links=LinkTotals(0, 0),
        operation=operation,
        kept=keep_answer(operation, {"id": user.id}, SEALER),
    )


@_case("config_reseal", "holder")
async def reseal_an_invitation(store: Store) -> Act:
    await put_records(store, a_write("invitation", an_invitation()), a_write("settings", some_settings()))
    await put_records(store, a_write("user", a_user()))
    return lambda: _reseal(store, Kept.INVITATION, store.keys(WORKSPACE).config)


@_case("delivery_note", "deliveries")
async def note_a_delivery(store: Store) -> Act:
    delivery = Delivery("msg_1", "link.created", NOW, status=200)
    return lambda: note_delivery(store, WORKSPACE, "webhook", delivery)


@_case("directory_swap", "entry")
async def claim_a_name(store: Store) -> Act:
    return lambda: _claim(store, directory.new_claim(WORKSPACE, "page", NOW))


@_case("directory_swap", "entry")
async def renew_a_claim(store: Store) -> Act:
    await _claim(store, directory.new_claim(WORKSPACE, "page", NOW))
    return lambda: _claim(store, directory.new_claim(WORKSPACE, "page", NOW + 1))


@_case("directory_swap", "entry")
async def release_a_name(store: Store) -> Act:
    claim = directory.new_claim(WORKSPACE, "page", NOW)
    await _claim(store, claim)
    return lambda: directory.release_name(store, "slug", "hanna", claim)


async def _claim(store: Store, claim: directory.Claim) -> None:
    async def is_borne(_: directory.Claim) -> bool:
        return True

    assert await directory.claim_name(store, "slug", "hanna", claim, is_borne=is_borne) is None


@_case("connection_swap", "connection")
async def connect_google_again(store: Store) -> Act:
    await write_connection(store, WORKSPACE, a_connection())
    return lambda: write_connection(store, WORKSPACE, a_connection(needs_reconnect=True))


@_case("field_reseal", "holder")
async def reseal_the_code_of_a_link(store: Store) -> Act:
    link = await put_link(store)
    return lambda: _reseal(store, Kept.CODE, store.keys(WORKSPACE).link(link.id))


@_case("item_reseal", "holder")
async def reseal_a_mail_that_is_not_the_newest(store: Store) -> Act:
    for mail in ("m1", "m2"):
        assert await keep_mail(store, WORKSPACE, mail, NOW, b"Hello")
    return lambda: _reseal(store, Kept.MAIL, store.keys(WORKSPACE).kept_mails)


@_case("text_reseal", "holder")
async def reseal_an_answer_which_is_kept_no_longer_than_before(store: Store) -> Act:
    link, operation = a_link(), keyed_operation("caller", "key", b"body")
    await try_create(
        store, link, operation=operation, kept=keep_answer(operation, {"code": link.code}, SEALER)
    )
    return lambda: _reseal(store, Kept.ANSWER, store.keys(WORKSPACE).operation(operation.id))


async def _reseal(store: Store, purpose: Kept, key: str) -> None:
    """Reseal the last of the values at `key`."""
    *_, found = await read_values(store, [spot for spot in spots(key) if spot.purpose is purpose])
    text, count = sealed_anew(Sealer({"new": bytes(32), "test": bytes(range(32))}), found)
    assert count == 1
    assert (await write_sealed(store, found, text)).code is Code.OK


@_case("grant_swap", "grant")
async def grant_an_app_a_code(store: Store) -> Act:
    return lambda: write_grant(store, WORKSPACE, "grant", a_grant(), now=NOW)


@_case("grant_swap", "grant successor")
async def turn_a_refresh_token_in_again(store: Store) -> Act:
    """A minute has not passed since the last time, so that its successor is there."""
    grant, first, second = a_grant(), a_refresh_token(), a_refresh_token()
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW)
    there = (await read(store, grant="grant")).grant
    grant = turned(grant, first, NOW)
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW, read=there, successor=first)
    there = (await read(store, grant="grant")).grant
    later = turned(grant, second, NOW + 1)
    return lambda: write_grant(store, WORKSPACE, "grant", later, now=NOW + 1, read=there, successor=second)


@_case("link_create", "jobs activity counts links page_links user_links link_words operation new_links")
async def create_two_links_with_a_key(store: Store) -> Act:
    await put_link(store, name="Carla Customer", email="carla@customer.test")
    links = [a_link(name="Ann Bär", email="ann@customer.test", note="Hello"), a_link(event_type="event-type")]
    operation = keyed_operation("caller", "key", b"body")
    kept = keep_answer(operation, {"code": links[0].code}, SEALER)
    return lambda: try_create(store, *links, operation=operation, kept=kept)


@_case("link_create", "jobs activity counts links page_links user_links new_links")
async def create_a_link(store: Store) -> Act:
    link = a_link()
    return lambda: try_create(store, link)


@_case("link_expire", "link jobs activity")
async def let_a_link_expire_again(store: Store) -> Act:
    link = await put_link(store, expires_at=NOW - 1)
    event = an_event("link.expired", link=link.id)
    await say_expired(store, WORKSPACE, link.id, event, expires=NOW - 1, now=NOW)
    await update_link(store, WORKSPACE, link.id, an_event("link.updated", link=link.id), {"expires": NOW})
    return lambda: say_expired(store, WORKSPACE, link.id, event, expires=NOW, now=NOW)


@_case("link_fetched", "link")
async def fetch_a_link_first(store: Store) -> Act:
    link = await put_link(store)
    return lambda: read(store, link=link.id, fetched_at=NOW)


@_case("link_fetched", "link")
async def fetch_a_link_again(store: Store) -> Act:
    link = await put_link(store)
    await read(store, link=link.id, fetched_at=NOW)
    return lambda: read(store, link=link.id, fetched_at=NOW + 1)


@_case("link_opened", "link jobs activity")
async def open_a_link(store: Store) -> Act:
    link = await put_link(store)
    return lambda: open_link(store, WORKSPACE, link.id, an_event("link.opened", link=link.id), NOW)


@_case("link_reactivate", "link history jobs activity counts operation")
async def reactivate_a_revoked_link(store: Store) -> Act:
    link = await put_link(store)
    await try_revoke(store, link.id)
    revoked = await the_link(store, link.id)
    return lambda: try_reactivate(store, revoked)


@_case("link_reactivate", "link history jobs activity counts operation")
async def reactivate_a_link_whose_booking_was_cancelled(store: Store) -> Act:
    link = await put_link(store)
    for _ in range(2):
        await try_cancel(store, await put_booking(store, link=link.id))
        booked = await the_link(store, link.id)
        await try_reactivate(store, booked)
    await try_cancel(store, await put_booking(store, link=link.id))
    booked = await the_link(store, link.id)
    return lambda: try_reactivate(store, booked)


@_case("link_revoke", "link history jobs activity counts operation")
async def revoke_a_link(store: Store) -> Act:
    link = await put_link(store)
    return lambda: try_revoke(store, link.id)


@_case("manage_link_request", "requested jobs activity counts")
async def ask_for_a_manage_link(store: Store) -> Act:
    link = await put_link(store)
    booking = await put_booking(store, link=link.id)
    event = an_event("manage_link.requested", link=link.id, booking=booking.id)
    return lambda: request_manage_link(store, WORKSPACE, link.id, event)


@_case("link_update", "link history jobs activity operation")
async def change_a_link(store: Store) -> Act:
    link = await put_link(store, note="Hello")
    event = an_event("link.updated", link=link.id)
    values = {"expires": NOW + HOUR, "on_cancel": "reactivate", "note": None}
    return lambda: update_link(store, WORKSPACE, link.id, event, values)


@_case("outbox_finish", "jobs delayed")
async def finish_an_entry_with_what_follows(store: Store) -> Act:
    outbox, [entry] = await hold_entries(store, "{}")
    await put_in(store, WORKSPACE, [], [("link.expire 0ABC l1", NOW), ("link.expire 0ABC l2", NOW)])
    later = [("link.expire 0ABC l1", NOW - 1), ("link.expire 0ABC l2", NOW + 1), ("{}", NOW)]
    return lambda: outbox.finish(entry, ["{}", "[]"], later)


@_case("outbox_finish", "jobs delayed totals")
async def put_an_entry_off(store: Store) -> Act:
    outbox, [entry] = await hold_entries(store, "{}")
    return lambda: outbox.finish(entry, later=[("{}", NOW + 1)], retried=True)


@_case("outbox_finish", "jobs")
async def put_a_job_in(store: Store) -> Act:
    return lambda: put_in(store, WORKSPACE, ["{}"])


@_case("outbox_due", "jobs delayed")
async def move_what_is_due(store: Store) -> Act:
    outbox = Outbox(store, "worker")
    await put_in(store, WORKSPACE, [], [("{}", NOW), ("[]", NOW - 1), ("later", NOW + 1)])
    return lambda: outbox.move_due(NOW)


@_case("outbox_park", "jobs parked times totals")
async def park_an_entry(store: Store) -> Act:
    _, entries = await hold_entries(store, "{}", "[]")
    records = [a_parked(entry.fields) for entry in entries]
    await park(store, WORKSPACE, entries[0], records[0])
    return lambda: park(store, WORKSPACE, entries[1], records[1])


@_case("outbox_hold", "")
async def hold_an_entry(store: Store) -> Act:
    outbox, entries = await hold_entries(store, "{}", "[]")
    return lambda: outbox.hold(entries)


@_case("outbox_forget", "jobs")
async def forget_a_consumer(store: Store) -> Act:
    outbox, [entry] = await hold_entries(store, "{}")
    await outbox.finish(entry)
    return lambda: outbox.forget(entry.partition, "worker")


@_case("parked_release", "jobs parked times totals")
async def try_parked_jobs_again(store: Store) -> Act:
    _, entries = await hold_entries(store, "{}", "[]", "3")
    records = [a_parked(entry.fields) for entry in entries]
    for entry, record in zip(entries, records, strict=True):
        await park(store, WORKSPACE, entry, record)
    await release(store, WORKSPACE, records[2:], again=False)
    return lambda: release(store, WORKSPACE, records, again=True)


@_case("mail_note", "mail")
async def note_that_a_mail_is_tried(store: Store) -> Act:
    await note_trying(store, WORKSPACE, "m", NOW, "one")
    return lambda: note_draft(store, WORKSPACE, "m", NOW, ("user", "r1"), "two")


@_case("mail_note", "mail")
async def note_that_an_attempt_failed(store: Store) -> Act:
    await note_trying(store, WORKSPACE, "m", NOW, "one")
    return lambda: note_not_sent(store, WORKSPACE, "m", NOW, "one")


@_case("mail_note", "mail sent")
async def note_that_a_mail_is_out(store: Store) -> Act:
    await note_draft(store, WORKSPACE, "m", NOW, ("user", "r1"), "one")
    return lambda: note_sent(store, WORKSPACE, "m", NOW)


@_case("mail_note", "sent kept")
async def keep_one_more_mail(store: Store) -> Act:
    for number in range(KEPT):
        await keep_mail(store, WORKSPACE, f"m{number}", NOW, b"{}")
    return lambda: keep_mail(store, WORKSPACE, "m", NOW, b"{}")


@_case("signing_key_add", "keys")
async def add_the_first_signing_key(store: Store) -> Act:
    return lambda: store.signing_keys.signing(NOW)


@_case("signing_key_add", "keys")
async def add_a_signing_key_and_retire_two(store: Store) -> Act:
    for months in range(3):
        await SigningKeys(store).signing(NOW + months * SIGNING_SECONDS)
    return lambda: SigningKeys(store).signing(NOW + 5 * SIGNING_SECONDS)


@_case("stamp", "meta")
async def stamp_an_empty_database(store: Store) -> Act:
    await store.client.delete(META)
    return lambda: stamp(store)


@_case("stamp", "meta")
async def stamp_a_database_that_lacks_the_proof(store: Store) -> Act:
    await store.client.hdel(META, "proof")
    return lambda: stamp(store)
