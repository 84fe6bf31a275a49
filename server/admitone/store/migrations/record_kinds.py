"""Every kind of stored record: its keys, its JSON documents, and how this version reads it.

Indexes, counters and caches are no records: their members are ids and numbers. The outbox is not read either:
a worker parks entries that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.bookings.booking import BookingData
from admitone.domain.documents import decoder_of, explain
from admitone.domain.event import Event
from admitone.domain.people.grant import Grant
from admitone.sealing import Sealer, UnsealError
from admitone.store.migrations.migration import Problem, Record, UnreadableError, Values
from admitone.store.outbox.parked import Parked
from admitone.store.records.configuration.configuration_cache import KINDS
from admitone.store.records.contacts.contacts import read_contact
from admitone.store.records.credentials.google_connections import Connection
from admitone.store.records.credentials.sessions import Session
from admitone.store.records.directory import Claim
from admitone.store.records.documents import read_booking, read_link, text_map
from admitone.store.records.erasures import read_erasure_fields
from admitone.store.records.mail.held_mails import read_held
from admitone.store.records.mail.mails import TemplateFault
from admitone.store.records.mail.waiting_mails import WaitingMail
from admitone.store.records.media import read_bytes
from admitone.store.records.webhook_deliveries import Delivery
from admitone.store.records.workflows.hooks import HookMiss
from admitone.store.records.workflows.runs import read_run

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTER = b"counter"
Type = Literal["hash", "list", "stream", "string"]
Document = tuple[str, Any, bytes]
"""A JSON document in a record: its field, its struct (None if this version knows none), and its text."""
READING_ERRORS = (UnreadableError, KeyError, ValueError, UnsealError)
"""What reading or upgrading a record may raise."""


class RecordKind(msgspec.Struct, frozen=True):
    """One kind of record.

    `key` matches the part of its first key after the workspace. `parts` are its keys: what each adds to the
    first one, and its type. `documents` yields the JSON documents in the values. `read` reads what is not
    JSON; it raises KeyError, ValueError or UnsealError. A record that `is_large` is read in its own trip.
    """

    key: str
    documents: Callable[[Values], Iterable[Document]] = lambda _: ()
    read: Callable[[Record, Sealer], object] | None = None
    parts: Sequence[tuple[str, Type]] = (("", "string"),)
    is_large: bool = False


def problems_of(kind: RecordKind, record: Record, sealer: Sealer) -> Iterator[Problem]:
    """Why this version cannot read the record; nothing if it can."""
    found = [problem for document in kind.documents(record.values) if (problem := _problem_in(*document))]
    yield from found
    if kind.read and not found:
        try:
            kind.read(record, sealer)
        except READING_ERRORS as error:
            yield problem_of(error)


def _problem_in(field: str, shape: Any, text: bytes) -> Problem | None:
    if shape is None:
        return Problem(field, "This version knows no such kind of record.")
    try:
        decoder_of(shape).decode(text)
    except msgspec.ValidationError as error:
        found = explain(error, shape)
        return Problem(".".join(part for part in (field, found.field) if part), found.message)
    except ValueError:
        return Problem(field, "This is not JSON.")
    return None


def problem_of(error: Exception) -> Problem:
    """What an error of reading or upgrading says about its record."""
    if isinstance(error, UnreadableError):
        return error.problem
    if isinstance(error, KeyError):
        [name] = error.args
        return Problem(name.decode() if isinstance(name, bytes) else str(name), "This field is required.")
    if isinstance(error, UnsealError):
        return Problem("", "No secret key of this server opens its sealed text.")
    return Problem("", "This version cannot read a value in it.")


def _configuration(values: Values) -> Iterator[Document]:
    for name, text in values[0].items():
        if name != COUNTER:
            field = name.decode()
            yield field, KINDS.get(field.partition(":")[0]), text.partition(b" ")[2]


def _read_link(record: Record, sealer: Sealer) -> object:
    return read_link(record.id, record.workspace, record.values[0], sealer)


def _booking(values: Values) -> Iterator[Document]:
    if values[1] is not None:  # an erased booking has none
        yield "data", BookingData, values[1]


def _read_booking(record: Record, _: Sealer) -> object:
    return read_booking(record.id, *record.values)


def _read_erasure(record: Record, sealer: Sealer) -> object:
    fields = {name.decode(): value for name, value in record.values[0].items()}
    return read_erasure_fields(record.id, record.workspace, fields, sealer)


def _waiting_mails(values: Values) -> Iterator[Document]:
    for name, text in values[0].items():
        yield name.decode(), WaitingMail, text.partition(b" ")[2]


def _read_held(record: Record, _: Sealer) -> object:
    return read_held(record.id, text_map(record.values[0]))


def _read_contact(record: Record, _: Sealer) -> object:
    return _found(read_contact(record.id, record.values[0]), b"email")


def _read_run(record: Record, _: Sealer) -> object:
    return _found(read_run(record.id, record.values[0]), b"s")


def _found(read: object | None, field: bytes) -> object:
    """What was read; without this field there is no record."""
    if read is None:
        raise KeyError(field)
    return read


def _read_media(record: Record, _: Sealer) -> object:
    return read_bytes(record.values[0])


def _string(shape: type[Any]) -> Callable[[Values], Iterator[Document]]:
    def documents(values: Values) -> Iterator[Document]:
        yield "", shape, values[0]

    return documents


def _items(shape: type[Any]) -> Callable[[Values], Iterator[Document]]:
    def documents(values: Values) -> Iterator[Document]:
        yield from ((str(place), shape, text) for place, text in enumerate(values[0]))

    return documents


def _fields(shape: type[Any]) -> Callable[[Values], Iterator[Document]]:
    def documents(values: Values) -> Iterator[Document]:
        yield from ((name.decode(), shape, text) for name, text in values[0].items())

    return documents


_HASH: Sequence[tuple[str, Type]] = (("", "hash"),)
_LIST: Sequence[tuple[str, Type]] = (("", "list"),)

RECORDS = {
    "activity": RecordKind("activity", parts=(("", "stream"),), is_large=True),
    "config": RecordKind("config", _configuration, parts=_HASH, is_large=True),
    "link": RecordKind("link:[^:]+", read=_read_link, parts=_HASH),
    "link_history": RecordKind("link:[^:]+:history", _items(Event), parts=_LIST),
    "booking": RecordKind(
        "booking:[^:]+", _booking, _read_booking, parts=(("", "hash"), (":data", "string"))
    ),
    "booking_history": RecordKind("booking:[^:]+:history", _items(Event), parts=_LIST),
    "mail": RecordKind("mail:[^:]+", parts=_HASH),
    "held_mail": RecordKind("held:[^:]+", read=_read_held, parts=_HASH),
    "waiting_mails": RecordKind("mails:waiting", _waiting_mails, parts=_HASH, is_large=True),
    "mail_faults": RecordKind("mails:faults", _fields(TemplateFault), parts=_HASH),
    "deliveries": RecordKind("webhook:[^:]+:deliveries", _items(Delivery), parts=_LIST),
    "hook_misses": RecordKind("hook:[^:]+:misses", _items(HookMiss), parts=_LIST),
    "connection": RecordKind("connection:[^:]+", _string(Connection)),
    "erasure": RecordKind("erasure:[^:]+", read=_read_erasure, parts=_HASH),
    "contact": RecordKind("contact:[^:]+", read=_read_contact, parts=_HASH),
    "run": RecordKind("run:[^:]+", read=_read_run, parts=_HASH),
    "media": RecordKind("media:[^:]+", read=_read_media),
    "grant": RecordKind("grant:[^:]+", _string(Grant)),
    "session": RecordKind("session:[^:]+", _string(Session)),
    "report": RecordKind(r"report:total:\d{4}-\d\d", parts=_HASH, is_large=True),
    "parked": RecordKind("parked", _fields(Parked), parts=_HASH, is_large=True),
}
"""The kinds of a workspace's records, by name."""
CLAIM = RecordKind("", _string(Claim))
"""An entry of the directory; its key names no workspace."""
