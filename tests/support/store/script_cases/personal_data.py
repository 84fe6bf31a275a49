"""Cases of the scripts that erase, and of erasures themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.erasures import (
    erase_booking,
    erase_guest,
    erase_kept_mails,
    erase_link,
    file_request,
    note_erasure,
    read_erasures,
    read_kept_texts,
    start_erasure,
)
from admitone.store.records.mail.mails import keep_mail
from admitone.store.records.operations import keep_answer, keyed_operation
from tests.support.factories import HOUR, NOW, SEALER, WORKSPACE, a_booking, a_booking_data, a_link
from tests.support.store.actions import (
    put_booking,
    put_link,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_create,
)
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

PERSONAL_DATA = Cases()
EMAIL = "carla@customer.test"
KEYED = keyed_operation("caller", "key", b"body")


async def a_started_erasure(store: Store) -> str:
    """The id of an erasure that is under way."""
    await start_erasure(store, WORKSPACE, "erasure", EMAIL, by="user", now=NOW, job="{}", requested=False)
    return "erasure"


@PERSONAL_DATA.add(
    "booking_erase",
    "data history booking bookings page_bookings booking_words counts link erasure kept",
)
async def erase_a_cancelled_booking_of_a_link_with_a_key(store: Store) -> Act:
    link = await put_link(store, on_cancel="reactivate")
    for _ in range(2):
        await try_cancel(store, await put_booking(store, link=link.id))
    booking = a_booking(link=link.id)
    kept = keep_answer(KEYED, {"id": booking.id}, SEALER)
    await try_book(store, booking, operation=KEYED, kept=kept)
    await try_cancel(store, await the_booking(store, booking.id))
    there, erasure = await the_booking(store, booking.id), await a_started_erasure(store)
    return lambda: erase_booking(store, WORKSPACE, there, now=NOW, before=NOW, erasure=erasure)


@PERSONAL_DATA.add("booking_erase", "data booking bookings page_bookings booking_words counts occupied")
async def erase_a_booking_that_is_over(store: Store) -> Act:
    booking = await put_booking(store)
    return lambda: erase_booking(store, WORKSPACE, booking, now=booking.end + HOUR, before=booking.end)


@PERSONAL_DATA.add(
    "booking_erase", "data booking bookings page_bookings booking_words link_words counts occupied"
)
async def erase_the_only_booking_of_a_link(store: Store) -> Act:
    """The link keeps the words of its note, which names the customer, too."""
    link = await put_link(store, note="For Carla")
    booking = await put_booking(store, link=link.id)
    return lambda: erase_booking(store, WORKSPACE, booking, now=booking.end + HOUR, before=booking.end)


@PERSONAL_DATA.add("booking_guest_erase", "data booking_words erasure kept")
async def erase_one_of_two_guests(store: Store) -> Act:
    data = a_booking_data(guests=("gus@guest.test", "ida@guest.test"))
    booking = a_booking(data=data)
    await try_book(store, booking, operation=KEYED, kept=keep_answer(KEYED, {"id": booking.id}, SEALER))
    there, erasure = await the_booking(store, booking.id), await a_started_erasure(store)
    return lambda: erase_guest(store, WORKSPACE, there, "gus@guest.test", erasure)


@PERSONAL_DATA.add(
    "link_erase", "link links expiring_links page_links user_links link_words counts erasure kept"
)
async def erase_a_link_with_a_key(store: Store) -> Act:
    link = a_link(name="Carla Customer", email=EMAIL, operation=KEYED.id)
    await try_create(store, link, operation=KEYED, kept=keep_answer(KEYED, {"code": link.code}, SEALER))
    there, erasure = await the_link(store, link.id), await a_started_erasure(store)
    return lambda: erase_link(store, WORKSPACE, there, now=NOW, erasure=erasure)


@PERSONAL_DATA.add("mails_erase", "kept erasure")
async def erase_one_of_two_kept_mails(store: Store) -> Act:
    erasure = await a_started_erasure(store)
    for mail in ("one", "two"):
        await keep_mail(store, WORKSPACE, mail, NOW, b"{}")
    texts = await read_kept_texts(store, WORKSPACE)
    return lambda: erase_kept_mails(store, WORKSPACE, erasure, texts[:1])


@PERSONAL_DATA.add("erasure_file", "erasure erasures")
async def file_a_request(store: Store) -> Act:
    booking = await put_booking(store)
    return lambda: file_request(store, WORKSPACE, "request", booking.id, NOW)


@PERSONAL_DATA.add("erasure_start", "erasure erasures erased jobs")
async def start_what_was_requested(store: Store) -> Act:
    booking = await put_booking(store)
    await file_request(store, WORKSPACE, "request", booking.id, NOW)
    return lambda: start_erasure(
        store, WORKSPACE, "request", EMAIL, by="user", now=NOW + 1, job="{}", requested=True
    )


@PERSONAL_DATA.add("erasure_note", "erasure")
async def end_an_erasure(store: Store) -> Act:
    [erasure] = await read_erasures(store, WORKSPACE, [await a_started_erasure(store)])
    return lambda: note_erasure(store, WORKSPACE, erasure, {"state": "done", "left": 0}, unset=["email"])
