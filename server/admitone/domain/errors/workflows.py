"""Refusals about workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors.hosts import WouldBreakLinks
from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import count_message, message

if TYPE_CHECKING:
    from collections.abc import Mapping


class WorkflowChanged(Refusal):
    """The draft of the workflow is not the one that the caller read: its `revision` is another."""

    code = "workflow-changed"
    kind = Kind.CONFLICT
    sentence = message("This workflow was changed by someone else meanwhile. Load it again.")


class WorkflowNotPublished(Refusal):
    """The workflow is not published: no contact can enter it."""

    code = "workflow-not-published"
    kind = Kind.CONFLICT
    sentence = message("This workflow is not published. Publish it, and contacts can enter.")


class WouldBreakWorkflows(WouldBreakLinks):
    """Published workflows need what the change would take away.

    `workflows` are their names by id, and `links` is the number of active links that would become
    unavailable, which may be 0.
    """

    code = "would-break-workflows"
    sentence = message("Published workflows need this.")

    def __init__(self, workflows: Mapping[str, str], links: int, most: int) -> None:
        super().__init__(links, most)
        self.workflows = list(workflows)
        self.need = count_message(
            "The workflow “%(names)s” needs this and would not work as it does now.",
            "%(count)s workflows need this and would not work as they do now: %(names)s.",
            count=len(workflows),
            names=", ".join(workflows.values()),
        )
        self._of_links = self.detail if links else message("Confirm that this is what you want.")
        self.detail = " ".join(self.sentences())

    def sentences(self) -> list[str]:
        """Which workflows, and what becomes of links."""
        return [self.need, self._of_links]
