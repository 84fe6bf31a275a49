"""Schema 6.

- Links are in lists by state. Those of before are entered.
- The members of word indexes have the creation of their record, and the indexes have other names. All records
  are entered in the new ones, links also with their note and those who booked, bookings with their notes; the
  old indexes are deleted.
- The links of a workspace have one timer, where each had one of its own.

The records stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from admitone.domain.text import kept_name
from admitone.store.migrations.migration import Migration, Upgrade
from admitone.store.records.contacts.contacts import contact_members, read_contact
from admitone.store.records.documents import booking_words, read_booking_data
from admitone.store.records.search_words import words_of_link
from admitone.store.records.word_index import word_members
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.store.keys import WorkspaceKeys
    from admitone.store.migrations.migration import Record, Values
    from admitone.store.store import Store

Fields = dict[bytes, bytes]
EARLIER: Final = {"link": "words:links", "booking": "words:bookings", "contact": "words:contacts"}
"""The names of the word indexes before, by the kind of their records."""


async def _enter_link(store: Store, record: Record, values: Values) -> None:
    keys, fields = store.keys(record.workspace), values[0]
    commands = [
        Command(("ZREM", keys.delayed, f"link.expire {record.workspace} l{record.id}")),
        _without_earlier(store, record),
    ]
    if b"page" in fields:
        bookings = [
            booking.decode()
            for booking in (*fields.get(b"earlier", b"").split(b","), fields.get(b"booked"))
            if booking
        ]
        [place, *data] = await store.send(
            Command(("ZSCORE", keys.links, record.id)),
            *(Command(("GET", keys.booking_data(booking))) for booking in bookings),
        )
        commands += _states(keys, record, fields, place)
        commands += _words(keys.link_words, _link_members(record, fields, [one for one in data if one]))
    await store.send(*commands)


def _states(keys: WorkspaceKeys, record: Record, fields: Fields, place: Any) -> Iterator[Command]:
    """What enters a link, whose place in the list of links is given, in the list of its state."""
    if place is None:
        return
    score, expires = f"{float(place):.0f}", fields.get(b"expires")
    if b"booked" in fields:
        yield Command(("ZADD", keys.booked_links, score, record.id))
    elif b"revoked" in fields:
        yield Command(("ZADD", keys.revoked_links, score, record.id))
    elif expires is not None and fields.get(b"expired") == expires:
        yield Command(("ZADD", keys.expired_links, score, record.id))
    elif expires is not None:
        at = int(expires)
        yield Command(("ZADD", keys.expiring_links, at, record.id))
        yield Command(("ZADD", keys.delayed, "LT", at, f"link.expire {record.workspace} rlinks"))


def _link_members(record: Record, fields: Fields, bookings: list[bytes]) -> list[str]:
    customers = [_customer(booking) for booking in bookings]
    name, email, note = (_text(fields, field) for field in (b"name", b"email", b"note"))
    words = words_of_link(name, email, note or "", customers)
    return word_members(words, int(fields[b"created"]), record.id)


def _customer(document: bytes) -> tuple[str, str]:
    """Who booked, by the document of a booking, which may not be upgraded yet when its link is entered."""
    found = msgspec.json.decode(document, type=dict[str, Any])
    name, email = ("n", "e") if "n" in found else ("name", "email")
    return kept_name(found[name]), found[email]


async def _enter_booking(store: Store, record: Record, values: Values) -> None:
    keys, text = store.keys(record.workspace), values[1]
    commands = [_without_earlier(store, record)]
    if text is not None:
        data = read_booking_data(text)
        members = word_members(booking_words(data), data.created_at, record.id)
        commands += _words(keys.booking_words, members)
    await store.send(*commands)


async def _enter_contact(store: Store, record: Record, values: Values) -> None:
    contact = read_contact(record.id, values[0])
    assert contact  # every contact was read before the first was rewritten
    key = store.keys(record.workspace).contact_words
    await store.send(_without_earlier(store, record), *_words(key, contact_members(contact)))


def _words(key: str, members: list[str]) -> Iterator[Command]:
    return (Command(("ZADD", key, 0, member)) for member in members)


def _without_earlier(store: Store, record: Record) -> Command:
    """What deletes the word index of before; nothing happens where it is gone."""
    prefix = store.keys(record.workspace).links.removesuffix("links")
    return Command(("UNLINK", f"{prefix}{EARLIER[record.kind]}"))


def _text(fields: Fields, name: bytes) -> str | None:
    return fields[name].decode() if name in fields else None


TO_SCHEMA_6 = Migration(
    6,
    [
        Upgrade("link", enter=_enter_link),
        Upgrade("booking", enter=_enter_booking),
        Upgrade("contact", enter=_enter_contact),
    ],
)
