"""Writing one configuration record: what creating, changing and deleting have in common."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import Busy, Invalid, NotFound
from admitone.domain.event import Event
from admitone.domain.merge_patch import merge_patch
from admitone.store.codes import Code
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.store.records.configuration_cache import field_of
from admitone.store.records.operations import keep_answer, kept_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.store.records.readers import LinkTotals
    from admitone.usecases.shared.services import Caller, Services


def earlier_answer(services: Services, caller: Caller) -> Any | None:
    """What the caller's Idempotency-Key answered before, or None; raises IdempotencyKeyReused."""
    kept = caller.snapshot.operation
    if kept is None or caller.operation is None:
        return None
    return kept_answer(caller.operation, kept, services.store.sealer)


async def create_record(
    services: Services,
    caller: Caller,
    kind: str,
    record: Any,
    answer: Any,
    *,
    claimed: int | None = None,
) -> Any:
    """Write a new record; answers `answer`, or what the same Idempotency-Key was answered meanwhile.

    Raises Busy where the directory claim made at `claimed` is too old to rely on, or the id is in use.
    """
    operation = caller.operation
    written = await write_config(
        services.store,
        caller.workspace,
        [RecordWrite(kind=kind, id=record.id, version=0, record=record, created_at=time.time_ns() // 1000)],
        config_event("config.created", services, caller, kind, record.id),
        now=services.now(),
        claimed=claimed,
        operation=operation,
        kept=keep_answer(operation, answer, services.store.sealer) if operation else "",
    )
    if written.code in {Code.UNCLAIMED, Code.MOVED}:
        raise Busy
    if written.code is Code.APPLIED and operation:
        return kept_answer(operation, written.rest[0], services.store.sealer)
    return answer


async def replace_record(
    services: Services,
    caller: Caller,
    kind: str,
    record: Any,
    *,
    record_id: str | None = None,
    claimed: int | None = None,
    links: LinkTotals | None = None,
) -> bool:
    """Write a record over the version that the caller's snapshot holds; False if that has moved.

    `record_id` is for a record that does not know its own id; `links` see `refuse_breaking`.
    """
    place = record_id or record.id
    return await _overwrite(
        services, caller, kind, place, record, "config.updated", claimed=claimed, links=links
    )


async def delete_record(
    services: Services, caller: Caller, kind: str, record_id: str, *, links: LinkTotals | None = None
) -> bool:
    """Delete the version that the caller's snapshot holds; False if that has moved."""
    return await _overwrite(services, caller, kind, record_id, None, "config.deleted", links=links)


async def _overwrite(
    services: Services,
    caller: Caller,
    kind: str,
    record_id: str,
    record: Any | None,
    event: str,
    *,
    claimed: int | None = None,
    links: LinkTotals | None = None,
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
    )
    if written.code is Code.UNCLAIMED:
        raise Busy
    return written.code is not Code.MOVED


async def existing(caller: Caller, kind: str, record_id: str) -> Any:
    """The record of this kind and id; raises NotFound."""
    [record] = await caller.snapshot.load((kind, record_id))
    if record is None:
        raise NotFound
    return record


def patched(record: Any, body: type[Any], patch: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document of `record` after a merge patch (RFC 7396), with the fields of `body` only.

    Where a field knows null, such as a window without end, null means that; elsewhere it means the default.
    A field that there is not stays in the document, so that it is refused even where the patch removes it.
    """
    names = _names(body)
    document = {name: value for name, value in msgspec.to_builtins(record).items() if name in names}
    merged = merge_patch(document, dict(patch))
    assert isinstance(merged, dict)
    removed = {name for name, value in patch.items() if value is None}
    return merged | dict.fromkeys((removed & _nullable(body)) | (removed - names))


def refuse(problems: list[Any]) -> None:
    """Raise Invalid where there are problems."""
    if problems:
        raise Invalid(*problems)


def config_event(kind_of_event: Any, services: Services, caller: Caller, kind: str, record_id: str) -> Event:
    """The event of a configuration record."""
    return Event(type=kind_of_event, at=services.now(), by=caller.user.id, record=field_of(kind, record_id))


def _names(body: type[Any]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(body)}


def _nullable(body: type[Any]) -> set[str]:
    info = msgspec.inspect.type_info(body)
    assert isinstance(info, msgspec.inspect.StructType)
    return {field.encode_name for field in info.fields if _takes_null(field.type)}


def _takes_null(kind: msgspec.inspect.Type) -> bool:
    return isinstance(kind, msgspec.inspect.UnionType) and any(
        isinstance(member, msgspec.inspect.NoneType) for member in kind.types
    )
