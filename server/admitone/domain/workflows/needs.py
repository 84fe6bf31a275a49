"""What a workflow needs of a workspace's other records: who takes one away is told so first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.steps import CallWebhook, GenerateLink, all_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.domain.workflows.workflow import WorkflowBody

    LosesLinks = Mapping[str, Callable[[str | None], bool]]


def needs_webhook(body: WorkflowBody, webhook: str) -> bool:
    """Whether a step calls the webhook."""
    return any(isinstance(step, CallWebhook) and step.webhook == webhook for step in all_steps(body.steps))


def needs_links(body: WorkflowBody, lost: LosesLinks) -> bool:
    """Whether a step makes links that could not be booked.

    `lost` has, by page, a test of the event type (None: any) of a link.
    """
    return any(
        isinstance(step, GenerateLink) and step.page in lost and lost[step.page](step.event_type)
        for step in all_steps(body.steps)
    )


def starts_by_hand(body: WorkflowBody) -> bool:
    """Whether a contact alone is enough to start it: its steps name no link or booking of its trigger."""
    return not body.trigger.kind.startswith(("link.", "booking."))


def needs_record(body: WorkflowBody, kind: str, record: str) -> bool:
    """Whether the trigger waits for a page or an event type, or whether the user's mailbox sends."""
    filters = body.trigger.filters
    if kind == "user":
        return body.sender == record
    if kind == "event_type":
        return filters is not None and filters.event_type == record
    return filters is not None and filters.page == record
