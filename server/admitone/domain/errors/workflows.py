"""Refusals about workflows."""

from __future__ import annotations

from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import message


class WorkflowChanged(Refusal):
    """The draft of the workflow is not the one that the caller read: its `revision` is another."""

    code = "workflow-changed"
    kind = Kind.CONFLICT
    sentence = message("This workflow was changed by someone else meanwhile. Load it again.")
