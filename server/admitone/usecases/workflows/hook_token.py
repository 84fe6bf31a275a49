"""The inbound hook of a workflow: its token, as long as the workflow exists, and the record that it opens.

A workflow gets its hook with the first draft that starts by one, before it is published: so an event can be
received to map from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.workflows.workflow import Hook
from admitone.sealing import Kept
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import Workflow
    from admitone.sealing import Sealer
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

HOOK = "hook"


def hook_id(token: str) -> str:
    """The id of the hook whose normalised token is `token`."""
    return tokens.address(HOOK, token)


def hook_url(services: Services, workspace: str, workflow: Workflow) -> str | None:
    """The address of a workflow's hook, or None if it has none. Raises UnsealError."""
    token = _token(services.store.sealer, workspace, workflow)
    return None if token is None else f"{services.public_url}/hooks/{token}"


def with_hook(services: Services, workspace: str, workflow: Workflow) -> tuple[Workflow, list[RecordWrite]]:
    """The workflow with a hook if its draft starts by one, and what to write with it."""
    if workflow.hook is not None or workflow.draft.trigger.kind != "hook":
        return workflow, []
    return new_hook(services, workspace, workflow)


def new_hook(services: Services, workspace: str, workflow: Workflow) -> tuple[Workflow, list[RecordWrite]]:
    """The workflow with a new token, and the record to write with it."""
    token = new_token(workspace, tokens.HOOK_LENGTH)
    sealed = services.store.sealer.seal(Kept.HOOK, f"{workspace}:{workflow.id}", token.encode())
    hook = Hook(id=hook_id(token), workflow=workflow.id)
    write = RecordWrite(kind=HOOK, id=hook.id, version=0, record=hook, created_at=creation_order())
    return msgspec.structs.replace(workflow, hook=sealed), [write]


async def without_hook(services: Services, snapshot: Snapshot, workflow: Workflow) -> list[RecordWrite]:
    """What to write so that the workflow's present token leads nowhere any more. Raises UnsealError."""
    token = _token(services.store.sealer, snapshot.workspace, workflow)
    if token is None:
        return []
    found = hook_id(token)
    await snapshot.load((HOOK, found))
    version = snapshot.version(HOOK, found)
    return [RecordWrite(kind=HOOK, id=found, version=version, record=None, created_at=0)]


def _token(sealer: Sealer, workspace: str, workflow: Workflow) -> str | None:
    if workflow.hook is None:
        return None
    return sealer.open(Kept.HOOK, f"{workspace}:{workflow.id}", workflow.hook).decode()
