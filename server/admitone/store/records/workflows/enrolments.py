"""Enrolments: a small hash each, which expires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.workflows.enrolment import LISTED_FOR, Enrolment
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.codes import Code
    from admitone.store.store import Store


async def start_enrolment(store: Store, workspace: str, made: Enrolment, job: str) -> Code:
    """Note an enrolment, and put its job in; APPLIED if it was noted before."""
    keys = store.keys(workspace)
    names = {
        "enrolment": keys.enrolment(made.id),
        "enrolments": keys.enrolments(made.workflow),
        "jobs": keys.jobs,
    }
    arguments = {
        "id": made.id,
        "order": made.until,
        "fields": _fields(made),
        "listed": LISTED_FOR,
        "job": job,
    }
    return (await store.call("enrolment_start", names, arguments)).code


async def note_enrolment(store: Store, workspace: str, before: Enrolment, after: Enrolment) -> Code:
    """Write an enrolment that still stands where it did `before`; else UNCHANGED."""
    names = {"enrolment": store.keys(workspace).enrolment(before.id)}
    arguments = {"looked_at": before.looked_at, "fields": _fields(after)}
    return (await store.call("enrolment_note", names, arguments)).code


async def read_enrolments(store: Store, workspace: str, ids: Sequence[str]) -> list[Enrolment]:
    """The enrolments with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    answers = await store.send(*(Command(("HGETALL", keys.enrolment(one))) for one in ids))
    found = [(one, text_map(answer)) for one, answer in zip(ids, answers, strict=True)]
    return [
        msgspec.convert(
            {"id": one, **{name: value.decode() for name, value in fields.items()}}, Enrolment, strict=False
        )
        for one, fields in found
        if fields
    ]


async def newest_enrolments(store: Store, workspace: str, workflow: str, most: int) -> list[Enrolment]:
    """The newest enrolments of a workflow, the last one first."""
    [ids] = await store.send(Command(("ZREVRANGE", store.keys(workspace).enrolments(workflow), 0, most - 1)))
    return await read_enrolments(store, workspace, [one.decode() for one in ids])


def _fields(made: Enrolment) -> list[str]:
    document = msgspec.to_builtins(made)
    del document["id"]
    return [part for name, value in document.items() if value is not None for part in (name, str(value))]
