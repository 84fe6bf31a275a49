"""What becomes of a run in one step, as store/records/workflows/run_writes.py writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from admitone.domain.event import Event
from admitone.domain.links.link import Link
from admitone.domain.workflows.run import RunEntry, RunStatus
from admitone.store.records.configuration.snapshot import Snapshot
from admitone.store.records.contacts.contacts import ContactChange


class NewLink(msgspec.Struct, frozen=True):
    """A link that the step at a position makes; `snapshot` holds the configuration that it depends on."""

    position: int
    link: Link
    event: Event
    snapshot: Snapshot
    created: int
    """Epoch microseconds."""
    day: date
    """The day under which reports count it."""


class RunChange(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a run; times are epoch seconds.

    `fields` are new values of the run's attributes, `entries` what its history gets. Figures in `adds` grow
    by one, those in `takes` shrink.
    """

    status: RunStatus
    fields: Mapping[str, Any] = {}
    entries: Sequence[RunEntry] = ()
    adds: Sequence[str] = ()
    takes: Sequence[str] = ()
    own: Sequence[str] = ()
    """Links of the run: a booking by one of them stops it."""
    since: int | None = None
    """A booking by the contact since then stops the run."""
    due: int | None = None
    """When the run goes on; None if nothing has to happen at a time."""
    goes_on: bool = False
    """Whether a job goes on with it at once."""
    attends: tuple[str, bool] | None = None
    """A booking, and whether the run waits for it from now on, or not any more."""
    queued: int | None = None
    """The place in the queue (epoch microseconds) of a run that a pause holds up."""
    gate: int | None = None
    """When the queue is looked at; given with `queued`."""
    mailbox: tuple[str, str] | None = None
    """The user whose mailbox has sent a mail, and what counts as that mail."""
    link: NewLink | None = None
    contact: ContactChange | None = None
    cause: str | None = None
    """Why the run has failed."""
    event: Event | None = None
    """An event of the run for the outbox, if somebody wants to know."""
    told: Event | None = None
    """An event of the run for the activity stream."""
