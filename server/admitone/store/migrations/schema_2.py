"""Schema 2. Data that say 1 have one of several formats, which changed before the first release unnumbered.

- Settings have no `members_see`. They get `all`, because members saw everything.
- A link may have `bookings`: all its bookings. It gets `earlier`: those before the one that it is booked by.
- The document of a booking may have long names, such as `created_at`. It gets the short ones.
- Its manage token may be sealed as text. It is sealed as 20 bytes: each of its characters is five bits.
- A mail that was sent may be a hash with `sent`. Its id goes into the set of the mails sent in this period.

Fields that other early data lack have defaults: sequence 0, no questions, no reminders.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.sealing import Kept
from admitone.store.migrations.migration import Migration, UnreadableError, Upgrade
from admitone.store.records.mail.mails import note_sent

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.migrations.migration import Record, Values
    from admitone.store.store import Store

SETTINGS = b"settings:-"
SHORT_NAMES = {"created_at": "created", "timezone": "zone", "event_type_name": "event_type"}
TOKEN_BYTES = 20
TOKEN_CHARACTERS = TOKEN_BYTES * 8 // 5


def _settings(record: Record, _: Sealer) -> Values:
    fields = dict(record.values[0])
    version, _blank, text = fields.get(SETTINGS, b"").partition(b" ")
    if not text:
        return record.values
    settings = _document(text, SETTINGS.decode())
    if "members_see" in settings:
        return record.values
    fields[SETTINGS] = version + b" " + msgspec.json.encode(settings | {"members_see": "all"})
    return [fields]


def _link(record: Record, _: Sealer) -> Values:
    fields = dict(record.values[0])
    bookings = fields.pop(b"bookings", None)
    if bookings is None:
        return record.values
    later = fields[b"earlier"].split(b",") if b"earlier" in fields else []
    before = [one for one in bookings.split(b",") if one and one not in (fields.get(b"booked"), *later)]
    if before:
        fields[b"earlier"] = b",".join(before + later)
    return [fields]


def _booking(record: Record, sealer: Sealer) -> Values:
    fields, text = record.values
    if text is None:
        raise UnreadableError("data", "The booking has no document.")
    document = _document(text, "data")
    if "m" in document:  # it has the names of schema 9
        return record.values
    new = {SHORT_NAMES.get(name, name): value for name, value in document.items()}
    if "manage" not in new:
        raise UnreadableError("manage", "This field is required.")
    new["manage"] = _packed(record, new["manage"], sealer)
    return record.values if new == document else [fields, msgspec.json.encode(new)]


def _packed(record: Record, sealed: str, sealer: Sealer) -> str:
    place = f"{record.workspace}:{record.id}"
    token = sealer.open(Kept.MANAGE_LINK, place, sealed)
    if len(token) == TOKEN_BYTES:
        return sealed
    packed = tokens.decode(token.decode().ljust(TOKEN_CHARACTERS, "0"), TOKEN_BYTES)
    return sealer.seal(Kept.MANAGE_LINK, place, packed)


def _mail(record: Record, _: Sealer) -> Values:
    [fields] = record.values
    return [None] if b"sent" in fields else record.values


async def _note_sent(store: Store, record: Record, _: Values) -> bool:
    await note_sent(store, record.workspace, record.id, int(time.time()))
    return True


def _document(text: bytes, field: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        raise UnreadableError(field, "This is not a JSON object.") from None


TO_SCHEMA_2 = Migration(
    2,
    [
        Upgrade("config", _settings),
        Upgrade("link", _link),
        Upgrade("booking", _booking),
        Upgrade("mail", _mail, _note_sent),
    ],
)
