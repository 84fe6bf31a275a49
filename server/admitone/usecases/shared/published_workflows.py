"""The workflows that contacts enter now: their triggers, and their last versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.workflow import ActiveTriggers, Published, WorkflowBody, version_id
from admitone.store.records.configuration.configuration_cache import SETTINGS_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.store.records.configuration.snapshot import Snapshot

VERSION = "workflow_version"
TRIGGERS = ("workflow_triggers", SETTINGS_ID)
"""Kind and id of the record of all triggers."""


async def read_triggers(snapshot: Snapshot) -> ActiveTriggers:
    """The triggers of all published workflows of the workspace."""
    [found] = await snapshot.load(TRIGGERS)
    return found or ActiveTriggers()


async def workflows_that(snapshot: Snapshot, need: Callable[[WorkflowBody], bool]) -> dict[str, str]:
    """The names, by id, of the published workflows whose last version fulfils `need`."""
    triggers = await read_triggers(snapshot)
    ids = [(VERSION, version_id(item.workflow, item.version)) for item in triggers.items]
    found: list[Published | None] = await snapshot.load(*ids) if ids else []
    return {one.workflow: one.body.name for one in found if one is not None and need(one.body)}
