"""Erasures and requests for them, and the scripts that erase one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.people.email_address import same_address
from admitone.domain.people.erasure import SKIPPED_FOR, Erasure
from admitone.sealing import Kept
from admitone.store.codes import Code
from admitone.store.records.documents import (
    booking_document,
    booking_words,
    link_members,
    read_booking_data,
    text_map,
)
from admitone.store.records.readers import read_customers, read_links
from admitone.store.records.reports.counting import booking_past, link_past
from admitone.store.records.search_words import fold
from admitone.store.records.word_index import entry_of, exact_word, word_members
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.sealing import Sealer
    from admitone.store.store import Store

AT_ONCE = 100
"""Entries of an index that one trip reads."""
PURPOSE = "erased address"


def address_of(sealer: Sealer, email: str) -> str:
    """The keyed hash of an address, whatever its case."""
    return sealer.digest(PURPOSE, email.casefold())


async def read_erasures(store: Store, workspace: str, ids: Sequence[str]) -> list[Erasure]:
    """The erasures with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    answers = await store.send(*(Command(("HGETALL", keys.erasure(one))) for one in ids))
    found = zip(ids, map(text_map, answers), strict=True)
    return [read_erasure_fields(one, workspace, fields, store.sealer) for one, fields in found if fields]


def read_erasure_fields(erasure: str, workspace: str, fields: Mapping[str, bytes], sealer: Sealer) -> Erasure:
    """The erasure in a hash; raises ValidationError, UnsealError."""
    known: dict[str, str] = {name: value.decode() for name, value in fields.items()}
    if "email" in known:
        known["email"] = sealer.open(Kept.ERASURE, f"{workspace}:{erasure}", known["email"]).decode()
    return msgspec.convert({"id": erasure, **known}, Erasure, strict=False)


async def file_request(store: Store, workspace: str, erasure: str, booking: str, now: int) -> Code:
    """File a customer's request, by one of their bookings."""
    keys = store.keys(workspace)
    names = {
        "erasure": keys.erasure(erasure),
        "erasures": keys.erasures,
        "booking": keys.booking(booking),
    }
    answer = await store.call("erasure_file", names, {"id": erasure, "booking": booking, "now": now})
    return answer.code


async def start_erasure(
    store: Store, workspace: str, erasure: str, email: str, *, by: str, now: int, job: str, requested: bool
) -> Code:
    """Start to erase `email`; `job` is the text of the job that does it."""
    keys, address = store.keys(workspace), address_of(store.sealer, email)
    names = {
        "erasure": keys.erasure(erasure),
        "erasures": keys.erasures,
        "erased": keys.erased(address),
        "jobs": keys.jobs,
    }
    arguments = {
        "id": erasure,
        "now": now,
        "by": by,
        "email": store.sealer.seal(Kept.ERASURE, f"{workspace}:{erasure}", email.encode()),
        "address": address,
        "requested": requested,
        "job": job,
        "lifetime": SKIPPED_FOR,
    }
    return (await store.call("erasure_start", names, arguments)).code


async def note_erasure(
    store: Store,
    workspace: str,
    erasure: Erasure,
    values: Mapping[str, str | int],
    *,
    unset: Sequence[str] = (),
) -> Code:
    """Set fields of an erasure whose state is still the same, and remove others."""
    fields = [part for name, value in values.items() for part in (name, str(value))]
    arguments = {"from": erasure.state, "fields": fields, "unset": list(unset)}
    names = {"erasure": store.keys(workspace).erasure(erasure.id)}
    return (await store.call("erasure_note", names, arguments)).code


async def is_erased(store: Store, workspace: str, email: str, made_at: int) -> bool:
    """Whether the data of `email` that were made at a time have been erased since, or are being erased."""
    return bool(await erased_among(store, workspace, [email], made_at))


async def erased_among(store: Store, workspace: str, emails: Sequence[str], made_at: int) -> set[str]:
    """Those of the addresses whose data, made at a time, have been erased since, or are being erased."""
    keys = store.keys(workspace)
    names = [keys.erased(address_of(store.sealer, email)) for email in emails]
    found = await store.send(*(Command(("GET", name)) for name in names))
    return {email for email, at in zip(emails, found, strict=True) if at is not None and made_at <= int(at)}


async def walk_address(store: Store, key: str, email: str) -> AsyncIterator[list[str]]:
    """Ids of the records that the word index at `key` has for an address, some at a time.

    Other addresses have the same word if they differ in accents only: look at the records. The records of a
    part may be erased before the next part is read.
    """
    low: str | None = None
    while True:
        [members] = await store.send(exact_word(key, fold(email), low=low, limit=AT_ONCE))
        if not members:
            return
        yield [entry_of(member).id for member in members]
        low = members[-1].decode()


async def erase_booking(
    store: Store, workspace: str, booking: Booking, *, now: int, before: int, erasure: str | None = None
) -> Code:
    """Erase a booking, unless it is live and ends after `before`; MOVED if it has changed since."""
    keys = store.keys(workspace)
    names = {
        "data": keys.booking_data(booking.id),
        "history": keys.booking_history(booking.id),
        "booking": keys.booking(booking.id),
        "page_bookings": keys.page_bookings(booking.page),
        "link": keys.link(booking.link) if booking.link else None,
        "erasure": keys.erasure(erasure) if erasure else None,
        "kept": keys.operation(booking.operation) if booking.operation else None,
        "occupied": [keys.occupied(user) for user in booking.users],
    }
    arguments = {
        "now": now,
        "booking": booking.id,
        "before": before,
        "users": list(booking.users),
        "words": word_members(booking_words(booking.data), booking.data.created_at, booking.id),
        "link": await _words_by(store, workspace, booking),
        "erasure": erasure,
        "kept": booking.operation,
        "counted": booking.counted,
        "past": booking_past(booking),
    }
    return (await store.call("booking_erase", names, arguments, shared=keys.shared)).code


async def _words_by(store: Store, workspace: str, booking: Booking) -> dict[str, Any] | None:
    """What the script takes of the link by which a booking came; None for a general link."""
    if booking.link is None:
        return None
    found = await read_links(store, workspace, [booking.link])
    if not found:  # it was erased
        return {"note": "", "bookings": [], "words": []}
    link = found[0]
    others = msgspec.structs.replace(link, bookings=[one for one in link.bookings if one != booking.id])
    customers = (await read_customers(store, workspace, [others]))[link.id]
    words = set(link_members(link, [*customers, booking.data])) - set(link_members(link, customers))
    return {"note": link.note, "bookings": list(link.bookings), "words": sorted(words)}


async def erase_guest(store: Store, workspace: str, booking: Booking, email: str, erasure: str) -> Code:
    """Erase a guest from a booking; MOVED if its document changes at this moment."""
    keys = store.keys(workspace)
    [text] = await store.send(Command(("GET", keys.booking_data(booking.id))))
    if text is None:
        return Code.OK
    before = read_booking_data(text)
    guests = tuple(guest for guest in before.guests if not same_address(guest, email))
    after = msgspec.structs.replace(before, guests=guests)
    names = {
        "data": keys.booking_data(booking.id),
        "booking_words": keys.booking_words,
        "erasure": keys.erasure(erasure),
        "kept": keys.operation(booking.operation) if booking.operation else None,
    }
    words = set(booking_words(before)) - set(booking_words(after))
    arguments = {
        "before": text.decode(),
        "after": booking_document(after),
        "words": word_members(sorted(words), before.created_at, booking.id),
        "kept": booking.operation,
    }
    return (await store.call("booking_guest_erase", names, arguments)).code


async def erase_link(
    store: Store, workspace: str, link: Link, *, now: int, erasure: str | None = None
) -> Code:
    """Erase a link; MOVED if it has another booking or note since it was read."""
    keys = store.keys(workspace)
    names = {
        "link": keys.link(link.id),
        "history": keys.link_history(link.id),
        "requested": keys.link_requested(link.id),
        "page_links": keys.page_links(link.page),
        "user_links": keys.user_links(link.created_by),
        "erasure": keys.erasure(erasure) if erasure else None,
        "kept": keys.operation(link.operation) if link.operation else None,
    }
    arguments = {
        "now": now,
        "link": link.id,
        "note": link.note,
        "bookings": list(link.bookings),
        "words": link_members(link, (await read_customers(store, workspace, [link]))[link.id]),
        "erasure": erasure,
        "kept": link.operation,
        "counted": link.counted,
        "past": link_past(link),
    }
    return (await store.call("link_erase", names, arguments, shared=keys.shared)).code


async def erase_kept_mails(store: Store, workspace: str, erasure: str, mails: Sequence[str]) -> None:
    """Erase kept mails, which are as `read_kept_texts` returned them."""
    keys = store.keys(workspace)
    names = {"kept": keys.kept_mails, "erasure": keys.erasure(erasure)}
    await store.call("mails_erase", names, {"mails": list(mails)})


async def read_kept_texts(store: Store, workspace: str) -> list[str]:
    """The kept mails as they are stored: an id, and the sealed mail."""
    [texts] = await store.send(Command(("LRANGE", store.keys(workspace).kept_mails, 0, -1)))
    return [text.decode() for text in texts]


def open_kept(store: Store, workspace: str, text: str) -> str:
    """The content of a kept mail, as JSON; raises UnsealError."""
    mail, _, sealed = text.partition(" ")
    return store.sealer.open(Kept.MAIL, f"{workspace}:{mail}", sealed).decode()
