"""The sentences of the editor's cards."""

from __future__ import annotations

import pytest

from admitone.domain.workflows.describe import describe
from admitone.domain.workflows.steps import (
    AddTags,
    AroundBooking,
    Branch,
    CallWebhook,
    Condition,
    GenerateLink,
    NotifyHost,
    RemoveTags,
    SendEmail,
    SetField,
    Span,
    Step,
    Stop,
    UntilField,
    Wait,
    When,
)

TITLES = {"page1": "Intro call", "intro": "Introduction", "hook1": "https://crm.example.com/hook"}


def a_branch(*conditions: Condition, match: str = "all") -> Branch:
    return Branch(id="s", when=When(match, conditions))  # type: ignore[arg-type]


VIP = Condition("contact.tags", "is", "vip")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (GenerateLink(id="s"), "Make a one-time link to a page that is not chosen yet"),
        (GenerateLink(id="s", page="page1"), "Make a one-time link to “Intro call”"),
        (
            GenerateLink(id="s", page="page1", expires_in_days=14),
            "Make a one-time link to “Intro call”, valid for 14 days",
        ),
        (
            GenerateLink(id="s", page="page1", event_type="intro", expires_in_days=1),
            "Make a one-time link to “Introduction” of “Intro call”, valid for 1 day",
        ),
        (
            GenerateLink(id="s", page="page1", expires_in_days=None),
            "Make a one-time link to “Intro call” that does not expire",
        ),
        (SendEmail(id="s", subject="Your link"), "Send the email “Your link”"),
        (SendEmail(id="s"), "Send an email that has no subject yet"),
        (Wait(id="s"), "Wait for something that is not chosen yet"),
        (Wait(id="s", for_=Span(days=3)), "Wait 3 days"),
        (Wait(id="s", for_=Span(days=3, at="09:00")), "Wait 3 days, until 09:00"),
        (Wait(id="s", for_=Span(hours=1)), "Wait 1 hour"),
        (Wait(id="s", for_=Span(minutes=90)), "Wait 90 minutes"),
        (Wait(id="s", until=UntilField("renewal", "08:30")), "Wait until the date in “renewal”, at 08:30"),
        (Wait(id="s", booking=AroundBooking(before=1440)), "Wait until 1 day before the booking"),
        (Wait(id="s", booking=AroundBooking(after=120)), "Wait until 2 hours after the booking"),
        (Wait(id="s", booking=AroundBooking(after=0)), "Wait until the booking ends"),
        (
            Wait(id="s", link="opened", timeout=Span(days=2)),
            "Wait until the link is opened, at most 2 days",
        ),
        (
            Wait(id="s", link="booked", timeout=Span(hours=5)),
            "Wait until the link is booked, at most 5 hours",
        ),
        (a_branch(), "If a condition holds that is not chosen yet"),
        (a_branch(VIP), "If the contact has the tag “vip”"),
        (
            a_branch(Condition("contact.tags", "contains_not", "vip")),
            "If the contact does not have the tag “vip”",
        ),
        (a_branch(Condition("contact.tags", "not_set")), "If the contact has no tag"),
        (a_branch(VIP, VIP), "If all of 2 conditions hold"),
        (a_branch(VIP, VIP, VIP, match="any"), "If any of 3 conditions holds"),
        (a_branch(Condition("link", "is_not", "booked")), "If the link was not booked"),
        (a_branch(Condition("link", "set")), "If there is a link"),
        (a_branch(Condition("link", "is", "nonsense")), "If a condition holds that is not chosen yet"),
        (a_branch(Condition("booking", "is_not", "scheduled")), "If the booking is not scheduled"),
        (a_branch(Condition("booking", "is", "no_show")), "If the customer did not come"),
        (a_branch(Condition("contact.first_name", "set")), "If “First name” is known"),
        (a_branch(Condition("contact.fields.plan", "not_set")), "If “plan” is empty"),
        (a_branch(Condition("contact.fields.plan", "is", "pro")), "If “plan” is “pro”"),
        (a_branch(Condition("contact.email", "contains_not", "@x")), "If “Email” does not contain “@x”"),
        (AddTags(id="s"), "Add a tag that is not chosen yet"),
        (AddTags(id="s", tags=("vip",)), "Add the tag “vip”"),
        (AddTags(id="s", tags=("vip", "new")), "Add 2 tags: vip, new"),
        (RemoveTags(id="s", tags=("vip",)), "Remove the tag “vip”"),
        (RemoveTags(id="s"), "Remove a tag that is not chosen yet"),
        (SetField(id="s"), "Set a field that is not chosen yet"),
        (SetField(id="s", name="plan", value="pro"), "Set the field “plan” to “pro”"),
        (SetField(id="s", name="plan"), "Empty the field “plan”"),
        (CallWebhook(id="s", webhook="hook1"), "Call the webhook https://crm.example.com/hook"),
        (CallWebhook(id="s"), "Call a webhook that is not chosen yet"),
        (NotifyHost(id="s", subject="A lead"), "Notify the host by the email “A lead”"),
        (NotifyHost(id="s"), "Notify the host by an email that has no subject yet"),
        (Stop(id="s"), "End the run"),
    ],
)
def test_each_step_is_one_sentence(step: Step, said: str) -> None:
    assert describe(step, TITLES) == said
