"""What a workflow needs of pages, event types, webhooks and users."""

from __future__ import annotations

import pytest

from admitone.domain.workflows.needs import needs_links, needs_record, needs_webhook
from admitone.domain.workflows.steps import Branch, CallWebhook, GenerateLink
from admitone.domain.workflows.trigger import Filters, Trigger
from admitone.domain.workflows.workflow import WorkflowBody

FILTERS = Filters(page="page", event_type="type")
BODY = WorkflowBody(
    name="New lead",
    trigger=Trigger(kind="booking.scheduled", filters=FILTERS),
    steps=[
        Branch(
            id="fork",
            then=[GenerateLink(id="any", page="page")],
            else_=[
                GenerateLink(id="one", page="other", event_type="type"),
                CallWebhook(id="c", webhook="hook"),
            ],
        )
    ],
    sender="user",
)


@pytest.mark.parametrize(
    ("kind", "record"),
    [("booking_page", "page"), ("master_page", "page"), ("event_type", "type"), ("user", "user")],
)
def test_its_trigger_and_its_sender(kind: str, record: str) -> None:
    assert needs_record(BODY, kind, record)
    assert not needs_record(BODY, kind, "another")
    assert not needs_record(WorkflowBody(name="Empty"), kind, record)


def test_webhooks_in_branches() -> None:
    assert needs_webhook(BODY, "hook")
    assert not needs_webhook(BODY, "another")


def test_links_that_could_not_be_booked() -> None:
    assert needs_links(BODY, {"page": lambda event_type: event_type is None})
    assert needs_links(BODY, {"other": lambda event_type: event_type == "type"})
    assert not needs_links(BODY, {"other": lambda event_type: event_type == "another"})
    assert not needs_links(BODY, {"third": lambda _: True})
