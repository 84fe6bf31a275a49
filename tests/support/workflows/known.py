"""What a workspace has that workflows in tests name."""

from __future__ import annotations

from admitone.domain.workflows.known import Known, KnownPage
from admitone.domain.workflows.steps import GenerateLink, SendEmail, Step
from admitone.domain.workflows.trigger import Trigger
from admitone.domain.workflows.workflow import WorkflowBody
from admitone.mail.liquid_names import LiquidTemplates

MAKE_LINK = GenerateLink(id="make", page="page1")
MAIL = SendEmail(id="mail", subject="Hello", text="{{ generate_one_time_booking_link.one_time_link }}")


def what_there_is() -> Known:
    """One page with an event type, one without links, a webhook, and a user who can send."""
    return Known(
        pages={
            "page1": KnownPage("Talk to Hanna", frozenset({"intro"})),
            "static": KnownPage("Our team", frozenset({"intro"}), makes_links=False),
        },
        event_types={"intro": "Introduction"},
        webhooks={"hook1": "https://crm.example.com/hook"},
        senders={"hanna": "Hanna Host"},
        templates=LiquidTemplates(),
    )


def a_workflow(
    *steps: Step, trigger: Trigger | None = None, sender: str | None = "hanna", **given: object
) -> WorkflowBody:
    """A workflow with these steps, else one that makes a link and mails it."""
    return WorkflowBody(
        name="Leads",
        trigger=trigger or Trigger(kind="manual"),
        steps=steps or (MAKE_LINK, MAIL),
        sender=sender,
        **given,  # type: ignore[arg-type]
    )
