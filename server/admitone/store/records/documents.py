"""Converts links and bookings between their form in Redis and the structs of the domain.

A link is one small hash, and a booking a small hash and a JSON document: hashes whose values stay within 64
bytes are stored packed (`hash-max-listpack-value`), which halves the memory of each.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

import msgspec

from admitone.domain import tokens
from admitone.domain.bookings.booking import Booking, BookingData, EventPlace
from admitone.domain.links.link import Link
from admitone.sealing import Kept
from admitone.store.records.search_words import words_of_booking, words_of_link
from admitone.store.records.word_index import word_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.domain.event import Event
    from admitone.sealing import Sealer

CODE_BYTES = 10
MANAGE_BYTES = 20
DELETED = "deleted"
"""The only field that an erased link or booking keeps: when it was erased (epoch seconds)."""
_data = msgspec.json.Decoder(BookingData)


def text_map(pairs: dict[bytes, bytes] | Iterable[bytes]) -> dict[str, bytes]:
    """The answer of HGETALL as a dict with texts as names; RESP2 answers a flat list, RESP3 a dict."""
    if not isinstance(pairs, dict):
        flat = list(pairs)
        pairs = dict(zip(flat[::2], flat[1::2], strict=True))
    return {name.decode(): value for name, value in pairs.items()}


def read_link(
    link_id: str, workspace: str, pairs: dict[bytes, bytes], sealer: Sealer, code: str | None = None
) -> Link | None:
    """The link in the answer of HGETALL, or None if the hash holds no link.

    `code` is the link's, if the caller knows it; else it is unsealed.
    """
    fields = {name: value.decode() for name, value in text_map(pairs).items()}
    if "page" not in fields:
        return None
    text = fields.get
    earlier, booked = text("earlier"), text("booked")
    return Link(
        id=link_id,
        page=fields["page"],
        created_by=fields["by"],
        created_at=int(fields["created"]),
        code=code or unseal_code(workspace, link_id, fields["code"], sealer),
        on_cancel=cast("Any", fields["on_cancel"]),
        channel=cast("Any", fields["channel"]),
        event_type=text("event_type"),
        expires_at=_number(text("expires")),
        skip_form=bool(int(fields["skip_form"])) if "skip_form" in fields else None,
        name=text("name"),
        email=text("email"),
        note=text("note", ""),
        booked=booked,
        bookings=(*(earlier.split(",") if earlier else ()), *((booked,) if booked else ())),
        revoked_at=_number(text("revoked")),
        fetched_at=_number(text("fetched")),
        fetches=int(text("fetches", "0")),
        opened_at=_number(text("opened")),
        first_booked_at=_number(text("first_booked")),
        counted=text("counted"),
        operation=text("operation"),
        run=text("run"),
    )


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def link_fields(link: Link, workspace: str, sealer: Sealer) -> list[str]:
    """The names and values of a new link's hash, alternating; absent values are left out."""
    fields = [
        *("page", link.page),
        *("by", link.created_by),
        *("created", str(link.created_at)),
        *("code", seal_code(workspace, link.id, link.code, sealer)),
        *("on_cancel", link.on_cancel),
        *("channel", link.channel),
    ]
    for name, value in (
        ("event_type", link.event_type),
        ("expires", link.expires_at),
        ("skip_form", None if link.skip_form is None else int(link.skip_form)),
        ("name", link.name),
        ("email", link.email),
        ("note", link.note or None),
        ("operation", link.operation),
        ("run", link.run),
    ):
        if value is not None:
            fields += (name, str(value))
    return fields


def seal_code(workspace: str, link_id: str, code: str, sealer: Sealer) -> str:
    """Seal the random part of a code; the text has 64 bytes at most, so that the hash stays packed."""
    random = tokens.decode(code[tokens.WORKSPACE_LENGTH :], CODE_BYTES)
    return sealer.seal(Kept.CODE, f"{workspace}:{link_id}", random)


def unseal_code(workspace: str, link_id: str, sealed: str, sealer: Sealer) -> str:
    """The code that `seal_code` sealed; raises UnsealError."""
    random = sealer.open(Kept.CODE, f"{workspace}:{link_id}", sealed)
    return workspace + tokens.encode(random, tokens.CODE_LENGTH - tokens.WORKSPACE_LENGTH)


def read_booking(booking_id: str, pairs: dict[bytes, bytes], data: bytes | None) -> Booking | None:
    """The booking in the answers for its hash and its document, or None if one of them is missing."""
    fields = text_map(pairs)
    if "status" not in fields or data is None:
        return None
    link, conflict, operation = (fields.get(name) for name in ("link", "conflict", "operation"))
    counted, was = fields.get("counted"), fields.get("was")
    return Booking(
        id=booking_id,
        status=cast("Any", fields["status"].decode()),
        start=int(fields["start"]),
        end=int(fields["end"]),
        before=int(fields["before"]),
        after=int(fields["after"]),
        event_type=fields["event_type"].decode(),
        page=fields["page"].decode(),
        users=fields["users"].decode().split(","),
        pages=fields["pages"].decode().split(",") if "pages" in fields else (),
        sequence=int(fields.get("sequence", b"0")),
        reschedules=int(fields.get("reschedules", b"0")),
        moved=tuple(map(int, fields["moved"].split(b","))) if "moved" in fields else (),
        assignment=int(fields.get("assignment", b"0")),
        events=_event_places(fields),
        conflict=None if conflict is None else int(conflict),
        link=None if link is None else link.decode(),
        counted=None if counted is None else counted.decode(),
        is_announced="completed" in fields,
        was=None if was is None else cast("Any", was.decode()),
        operation=None if operation is None else operation.decode(),
        data=read_booking_data(data),
    )


def read_booking_data(document: bytes) -> BookingData:
    """The part of a booking that never changes, from its JSON document."""
    return _data.decode(document)


def is_deleted(pairs: dict[bytes, bytes] | Iterable[bytes]) -> bool:
    """Whether the answer of HGETALL is what an erased link or booking leaves behind."""
    return text_map(pairs).keys() == {DELETED}


def booking_document(data: BookingData) -> str:
    """The JSON document of a booking; fields with their default value are left out, which saves most of it.

    So changing a default changes the meaning of bookings that already exist.
    """
    return msgspec.json.encode(_lean(data)).decode()


def booking_words(data: BookingData) -> list[str]:
    """The words by which a search finds a booking."""
    return words_of_booking(data.name, data.email, data.guests, data.notes)


def link_words(link: Link, customers: Iterable[BookingData]) -> list[str]:
    """The words by which a search finds a link; `customers` are the data of its bookings, if not erased."""
    return words_of_link(link.name, link.email, link.note, ((one.name, one.email) for one in customers))


def link_members(link: Link, customers: Iterable[BookingData] = ()) -> list[str]:
    """The link's members of the word index."""
    return word_members(link_words(link, customers), link.created_at, link.id)


def _lean(struct: msgspec.Struct) -> dict[str, Any]:
    kept = {}
    values = msgspec.structs.astuple(struct)
    for (written, default), value in zip(_fields(type(struct)), values, strict=True):
        if value != default:
            kept[written] = _lean_part(value) if isinstance(value, msgspec.Struct) else value
    return kept


@lru_cache(maxsize=1024)
def _lean_part(struct: msgspec.Struct) -> dict[str, Any]:
    """`_lean` for parts such as the policy, which all bookings of an event type share."""
    return _lean(struct)


@cache
def _fields(kind: type[msgspec.Struct]) -> list[tuple[str, Any]]:
    """The name in JSON and the default of each field, in the order of the fields."""
    return [
        (
            field.encode_name,
            field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory(),
        )
        for field in msgspec.structs.fields(kind)
    ]


def _event_places(fields: dict[str, bytes]) -> Sequence[EventPlace]:
    """The calendar events in a booking's hash; the names of their fields end with the assignment."""
    found = []
    for name, user in fields.items():
        kind, _, assignment = name.partition(":")
        if kind == "user":
            etag, join = fields.get(f"etag:{assignment}"), fields.get(f"join:{assignment}")
            found.append(
                EventPlace(
                    assignment=int(assignment),
                    user=user.decode(),
                    calendar=fields[f"calendar:{assignment}"].decode(),
                    etag=None if etag is None else etag.decode(),
                    join_url=None if join is None else join.decode(),
                )
            )
    return tuple(found)


def event_text(event: Event) -> str:
    """The JSON of an event for the outbox, the activity and histories."""
    return msgspec.json.encode(event).decode()


def seal_manage_token(workspace: str, booking_id: str, token: str, sealer: Sealer) -> str:
    """Seal a manage token for the booking's document, packed: each of its characters is five bits."""
    packed = tokens.decode(token.ljust(MANAGE_BYTES * 8 // 5, "0"), MANAGE_BYTES)
    return sealer.seal(Kept.MANAGE_LINK, f"{workspace}:{booking_id}", packed)


def unseal_manage_token(workspace: str, booking: Booking, sealer: Sealer) -> str:
    """The manage token of a booking; raises UnsealError."""
    packed = sealer.open(Kept.MANAGE_LINK, f"{workspace}:{booking.id}", booking.data.manage)
    return tokens.encode(packed, tokens.MANAGE_TOKEN_LENGTH)
