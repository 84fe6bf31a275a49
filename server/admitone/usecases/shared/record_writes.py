"""Writes one configuration record, and repeats the first answer for an Idempotency-Key."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Busy, NotFound
from admitone.domain.event import Event
from admitone.domain.people.audit import audit_entry
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import field_of
from admitone.store.records.operations import keep_answer, kept_answer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypeVar

    import msgspec

    from admitone.domain.people.audit import AuditEntry
    from admitone.store.records.configuration.configuration import PictureChange
    from admitone.store.records.readers import LinkTotals
    from admitone.store.store import ScriptAnswer
    from admitone.usecases.shared.services import Caller, Services

    T = TypeVar("T")


def earlier_answer(services: Services, caller: Caller, shape: type[T]) -> T | None:
    """The first answer for the caller's Idempotency-Key, or None; raises IdempotencyKeyReused."""
    kept = caller.snapshot.operation
    if kept is None or caller.operation is None:
        return None
    return kept_answer(caller.operation, kept, services.store.sealer, shape)


def answer_to_keep(services: Services, caller: Caller, answer: object) -> str:
    """The text that a script keeps of `answer` for the caller's Idempotency-Key; empty without a key."""
    return keep_answer(caller.operation, answer, services.store.sealer) if caller.operation else ""


def final_answer(services: Services, caller: Caller, written: ScriptAnswer, answer: T) -> T:
    """`answer`, or the answer that the same Idempotency-Key was given while this call was under way."""
    if written.code is Code.APPLIED and caller.operation:
        return kept_answer(caller.operation, written.rest[0], services.store.sealer, type(answer))
    return answer


async def existing(caller: Caller, kind: str, record_id: str) -> Any:
    """The record of this kind and id; raises NotFound."""
    [record] = await caller.snapshot.load((kind, record_id))
    if record is None:
        raise NotFound
    return record


async def add_record(
    services: Services, caller: Caller, kind: str, record: Any, answer: T, *, claimed: int | None = None
) -> T:
    """Write a new record; returns `answer`, or the earlier one as `final_answer` does.

    `claimed` is when the record's name was claimed, in epoch seconds. Raises Busy if that claim is too old to
    rely on, or if the id is in use.
    """
    written = await write_config(
        services.store,
        caller.workspace,
        [RecordWrite(kind=kind, id=record.id, version=0, record=record, created_at=creation_order())],
        config_event("config.created", services, caller, kind, record.id),
        now=services.now(),
        claimed=claimed,
        operation=caller.operation,
        kept=answer_to_keep(services, caller, answer),
        audit=audited(services, caller, kind, record.id, None, record),
    )
    if written.code in {Code.UNCLAIMED, Code.MOVED}:
        raise Busy
    return final_answer(services, caller, written, answer)


async def replace_record(
    services: Services,
    caller: Caller,
    kind: str,
    record: Any,
    *,
    record_id: str | None = None,
    claimed: int | None = None,
    links: LinkTotals | None = None,
    ends: bool = False,
    picture: PictureChange | None = None,
) -> bool:
    """Write a record over the version that the caller's snapshot holds; False if that version has changed.

    `record_id` is for a record that does not hold its own id. With `links`, the record is written only if no
    link was created or freed since these totals were read (`refuse_breaking` returns them). A full Redis
    takes only what `ends` something. `picture` is the change of the record's picture.
    """
    place = record_id or record.id
    return await _overwrite(
        services,
        caller,
        kind,
        place,
        record,
        "config.updated",
        claimed=claimed,
        links=links,
        ends=ends,
        picture=picture,
    )


async def remove_record(
    services: Services, caller: Caller, kind: str, record_id: str, *, links: LinkTotals | None = None
) -> bool:
    """Delete the version that the caller's snapshot holds; otherwise as `replace_record`."""
    return await _overwrite(services, caller, kind, record_id, None, "config.deleted", links=links, ends=True)


def config_event(
    type_: Literal["config.created", "config.updated", "config.deleted"],
    services: Services,
    caller: Caller,
    kind: str,
    record_id: str,
) -> Event:
    """The event of a change that the caller makes to a configuration record."""
    return Event(type=type_, at=services.now(), by=caller.user.id, record=field_of(kind, record_id))


def audited(
    services: Services,
    caller: Caller,
    kind: str,
    record_id: str,
    before: msgspec.Struct | None,
    after: msgspec.Struct | None,
    *,
    also: Sequence[str] = (),
) -> AuditEntry | None:
    """The entry of the audit log for a change that the caller makes, or None as `audit_entry`."""
    by, address, at = caller.user.id, caller.address, services.now()
    return audit_entry(kind, record_id, before, after, by=by, address=address, at=at, also=also)


def creation_order() -> int:
    """The position of a record that is created now, in lists by creation: epoch microseconds."""
    return time.time_ns() // 1000


async def _overwrite(
    services: Services,
    caller: Caller,
    kind: str,
    record_id: str,
    record: Any | None,
    event: Literal["config.updated", "config.deleted"],
    *,
    claimed: int | None = None,
    links: LinkTotals | None = None,
    ends: bool,
    picture: PictureChange | None = None,
) -> bool:
    version = caller.snapshot.version(kind, record_id)
    written = await write_config(
        services.store,
        caller.workspace,
        [RecordWrite(kind=kind, id=record_id, version=version, record=record, created_at=0)],
        config_event(event, services, caller, kind, record_id),
        now=services.now(),
        claimed=claimed,
        links=links,
        ends=ends,
        audit=audited(services, caller, kind, record_id, caller.snapshot.find(kind, record_id), record),
        picture=picture,
    )
    if written.code is Code.UNCLAIMED:
        raise Busy
    return written.code is not Code.MOVED
