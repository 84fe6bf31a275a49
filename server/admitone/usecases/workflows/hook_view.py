"""The inbound hook of a workflow as administrators see it, and its new address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.store.records.workflows.hooks import read_hook_events
from admitone.texts.kept_message import restore
from admitone.usecases.shared.settle import refreshed
from admitone.usecases.workflows.hook_token import hook_url, new_hook, without_hook
from admitone.usecases.workflows.workflow_write import Change, change_workflow, read_workflow

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import Workflow
    from admitone.store.records.workflows.hooks import HookSample
    from admitone.usecases.shared.services import Caller, Services


class PlaceView(msgspec.Struct, frozen=True):
    """One value of an event, and its place as `trigger.map` names it."""

    place: str
    value: str


class SampleView(msgspec.Struct, frozen=True, kw_only=True):
    """The last event, as far as it came within 24 hours."""

    at: Instant
    places: list[PlaceView]


class MissView(msgspec.Struct, frozen=True, kw_only=True):
    """An event that started nothing, and why."""

    at: Instant
    reason: str


class HookView(msgspec.Struct, frozen=True, kw_only=True):
    """The inbound hook of a workflow. `misses` are the last 20 events that started nothing, newest first.

    `url` is null for an API key without `workflows:write`: whoever has the address can send events.
    `sample` is null for one without `contacts:read`: it says who sent the form.
    """

    url: str | None
    sample: SampleView | None
    misses: list[MissView]


async def show_hook(services: Services, caller: Caller, workflow: str) -> HookView:
    """The hook of a workflow; raises NotFound if the workflow does not start by one."""
    found = await read_workflow(caller, workflow)
    url = hook_url(services, caller.workspace, found)
    if url is None:
        raise NotFound
    sample, misses = await read_hook_events(services.store, caller.workspace, workflow)
    return HookView(
        url=url if caller.may("workflows:write") else None,
        sample=view_sample(sample) if sample and caller.may("contacts:read") else None,
        misses=[MissView(at=Instant(miss.at), reason=restore(miss.reason, miss.said)) for miss in misses],
    )


def view_sample(sample: HookSample) -> SampleView:
    """The view of the last event."""
    return SampleView(at=Instant(sample.at), places=[PlaceView(*one) for one in sample.places.items()])


async def rotate_hook(services: Services, caller: Caller, workflow: str) -> HookView:
    """Give the hook a new address; the one before stops at once. Raises NotFound, Busy."""

    async def decide(caller: Caller, before: Workflow) -> Change:
        if before.hook is None:
            raise NotFound
        after, made = new_hook(services, caller.workspace, before)
        gone = await without_hook(services, caller.snapshot, before)
        return Change(event="config.updated", workflow=after, others=[*gone, *made], ends=True)

    await change_workflow(services, caller, workflow, decide)
    return await show_hook(services, await refreshed(caller), workflow)
