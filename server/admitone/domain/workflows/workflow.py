"""A workflow: its draft, its published versions, and how contacts enter (docs/rules/workflows.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.workflows.steps import Clock, Step
from admitone.domain.workflows.trigger import Trigger

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ReEntry = Literal["never", "when_finished", "always"]
StopOnBooking = Literal["own", "any"]
WorkflowStatus = Literal["draft", "published", "unpublished"]
MOST = 200
"""Workflows of one workspace at most."""
MOST_VERSIONS = 500
"""Published versions of one workflow at most; none is deleted, because runs may wait for a year."""
LARGEST = 256 * 1024
"""Bytes of a draft in JSON at most."""


class SendingWindow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When mails go out: on these days, between two times of day; null as `timezone` is the contact's zone.

    A mail whose time lies outside waits for the next opening.
    """

    days: Annotated[Sequence[Weekday], Meta(min_length=1, max_length=7)]
    start: Clock
    end: Clock
    timezone: str | None = None


class WorkflowBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a workflow; steps that cannot be published yet are accepted in a draft.

    `stop_on_booking`: `own` ends a run when a link that it made is redeemed, `any` when the contact's address
    books by any link or page, null never. `sender` is the id of the user whose mailbox sends.
    """

    name: str
    trigger: Trigger = Trigger(kind="manual")
    steps: Sequence[Step] = ()
    re_entry: ReEntry = "never"
    sending_window: SendingWindow | None = None
    stop_on_booking: StopOnBooking | None = "own"
    sender: str | None = None


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """One published version of a workflow. It never changes; runs stay with the version they began with."""

    workflow: str
    number: int
    published_at: int
    published_by: str
    body: WorkflowBody

    @property
    def sender(self) -> str:
        """The user whose mailbox sends and who makes the links: the chosen one, else who published."""
        return self.body.sender or self.published_by


class Workflow(msgspec.Struct, frozen=True, kw_only=True):
    """A workflow as it is stored; times are epoch seconds.

    `versions` were published, numbered from 1. While it is `is_published`, contacts enter the last of them.
    Runs of the first `stopped_versions` end before their next step, and those of later versions go on: so
    publishing again does not revive what unpublishing stopped. `hook` is the sealed token of its inbound
    hook.
    """

    id: str
    created_at: int
    changed_at: int
    """When the draft was last changed."""
    draft: WorkflowBody
    revision: int = 1
    """How often the draft was written."""
    has_changes: bool = True
    """Whether the draft says anything else than the last version; true before the first."""
    versions: int = 0
    is_published: bool = False
    is_paused: bool = False
    stopped_versions: int = 0
    hook: str | None = None

    def goes_on(self, version: int) -> bool:
        """Whether runs of this version go on."""
        return version > self.stopped_versions

    @property
    def status(self) -> WorkflowStatus:
        """`draft` before the first version, then whether contacts enter."""
        if self.is_published:
            return "published"
        return "unpublished" if self.versions else "draft"


def version_id(workflow: str, number: int) -> str:
    """The id of the record of a published version."""
    return f"{workflow}.{number}"


class Hook(msgspec.Struct, frozen=True):
    """What the hash of a hook's token leads to: the workflow that the hook starts."""

    id: str
    workflow: str


class ActiveTrigger(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The trigger of a published workflow, as planning reads it.

    Events before `since` (epoch seconds) let nobody enter: it is when the workflow was first published with
    this trigger, and has been published since. Publishing a step's change must not lose what was on its way.
    """

    workflow: str
    version: int
    since: int
    trigger: Trigger
    is_paused: bool = False


class ActiveTriggers(msgspec.Struct, frozen=True):
    """The triggers of all published workflows of a workspace: one record, read whenever jobs are planned."""

    items: Sequence[ActiveTrigger] = ()

    def find(self, workflow: str) -> ActiveTrigger | None:
        """The trigger of this workflow."""
        return next((item for item in self.items if item.workflow == workflow), None)

    def replaced(self, workflow: str, trigger: ActiveTrigger | None) -> ActiveTriggers:
        """The triggers with this one as the workflow's; None if it has none any more."""
        others = [item for item in self.items if item.workflow != workflow]
        return ActiveTriggers(items=others if trigger is None else [*others, trigger])
