"""Decode an entry of the outbox: an event, or a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.event import Event
from admitone.domain.jobs.job import Job, job_of_timer

if TYPE_CHECKING:
    from admitone.store.outbox.outbox import Entry

_events = msgspec.json.Decoder(Event)
_jobs = msgspec.json.Decoder(Job)


class Happened(msgspec.Struct, frozen=True):
    """An event of a workspace; `request` is the id of the request that made it, if one did."""

    workspace: str
    event: Event
    request: str


def read_entry(entry: Entry, now: int) -> Happened | Job:
    """The event or the job of an entry; raises ValueError if it is neither."""
    fields = entry.fields
    if "job" in fields:
        text = fields["job"]
        job = _jobs.decode(text) if text.startswith("{") else job_of_timer(text, now)
        if not tokens.is_workspace(job.workspace):
            raise ValueError("a job of no workspace")
        return job
    workspace = workspace_of(entry)
    if workspace is None or "event" not in fields:
        raise ValueError("neither an event nor a job")
    return Happened(workspace, _events.decode(fields["event"]), fields.get("request", ""))


def workspace_of(entry: Entry) -> str | None:
    """The workspace that an entry names, also if the rest cannot be decoded."""
    workspace = entry.fields.get("workspace", "")
    return workspace if tokens.is_workspace(workspace) else None
