"""What is missing in a workflow before it can be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.draft import draft_problems

if TYPE_CHECKING:
    from admitone.domain.errors import FieldError
    from admitone.domain.workflows.workflow import WorkflowBody
    from admitone.usecases.shared.services import Caller


async def problems_in(_caller: Caller, body: WorkflowBody) -> list[FieldError]:
    """Everything that is missing or wrong, at its place, such as `steps.3.then.0.subject`."""
    return draft_problems(body)
