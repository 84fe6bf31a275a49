"""What a workspace has that workflows in tests name."""

from __future__ import annotations

from typing import Any

from admitone.domain.workflows.check import publish_problems
from admitone.domain.workflows.known import Known, KnownPage
from admitone.domain.workflows.steps import Condition, GenerateLink, SendEmail, Step, When
from admitone.domain.workflows.trigger import Trigger
from admitone.domain.workflows.workflow import WorkflowBody
from admitone.mail.liquid_names import LiquidTemplates

LINK = "{{ generate_one_time_booking_link.one_time_link }}"
BOOKED = When("all", (Condition("link", "is", "booked"),))
VIP = When("all", (Condition("contact.tags", "is", "vip"),))
MAKE_LINK = GenerateLink(id="make", page="page1")
MAIL = SendEmail(id="mail", subject="Hello", text=LINK)


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


def problems(body: WorkflowBody) -> dict[str, str]:
    """The problems by their places, each place once."""
    found = publish_problems(body, what_there_is())
    assert len({problem.field for problem in found}) == len(found)
    return {problem.field: problem.message for problem in found}


def places(*steps: Step, **given: Any) -> list[str]:
    return [*problems(a_workflow(*steps, **given))]


def mail(text: str, *, id: str = "mail", html: str = "", subject: str = "Hello") -> SendEmail:  # noqa: A002
    return SendEmail(id=id, subject=subject, text=text, html=html)


def said_of(text: str, *before: Step, **given: Any) -> str:
    """What is said of a mail's text after these steps, which have no problem of their own."""
    found = problems(a_workflow(*before, mail(text), **given))
    assert [*found] in ([], [f"steps.{len(before)}.text"])
    return next(iter(found.values()), "")
