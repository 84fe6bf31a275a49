"""Workflows and their versions as the API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.workflows.workflow import WorkflowBody, WorkflowStatus

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import Published, Workflow
    from admitone.usecases.shared.services import Services


class WorkflowView(WorkflowBody, frozen=True, kw_only=True):
    """The draft of a workflow, and what became of it.

    `version` is the number of the last published version, null before the first; `has_changes` says whether
    the draft says anything else. `revision` grows with each change of the draft: send it with a change, and a
    change that somebody else made meanwhile is not overwritten. While the workflow `is_paused`, contacts
    enter, and no step begins.
    """

    id: str
    url: str
    status: WorkflowStatus
    version: int | None
    has_changes: bool
    is_paused: bool
    revision: int
    created_at: Instant
    changed_at: Instant


class VersionView(WorkflowBody, frozen=True, kw_only=True):
    """One published version of a workflow, which never changes; `published_by` is a user's id."""

    number: int
    published_at: Instant
    published_by: str


def view_workflow(services: Services, workflow: Workflow) -> WorkflowView:
    """The view of a workflow."""
    return WorkflowView(
        **msgspec.structs.asdict(workflow.draft),
        id=workflow.id,
        url=f"{services.public_url}/api/v1/workflows/{workflow.id}",
        status=workflow.status,
        version=workflow.versions or None,
        has_changes=workflow.has_changes,
        is_paused=workflow.is_paused,
        revision=workflow.revision,
        created_at=Instant(workflow.created_at),
        changed_at=Instant(workflow.changed_at),
    )


def view_version(version: Published) -> VersionView:
    """The view of a version."""
    return VersionView(
        **msgspec.structs.asdict(version.body),
        number=version.number,
        published_at=Instant(version.published_at),
        published_by=version.published_by,
    )
