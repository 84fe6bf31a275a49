"""What keeps a workflow from being published, and where it says so."""

from __future__ import annotations

import msgspec
import pytest

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
from admitone.domain.workflows.trigger import FieldIs, Filters, Trigger
from admitone.domain.workflows.workflow import SendingWindow
from tests.support.workflows.known import (
    BOOKED,
    MAIL,
    MAKE_LINK,
    VIP,
    a_workflow,
    mail,
    places,
    problems,
)


def test_a_workflow_that_can_be_published() -> None:
    assert not problems(a_workflow())


def test_steps_are_needed() -> None:
    empty = msgspec.structs.replace(a_workflow(), steps=())
    assert problems(empty) == {"steps": "Add a step."}


def test_who_sends() -> None:
    assert problems(a_workflow(sender=None)) == {"sender": "Choose the user whose mailbox sends."}
    assert places(sender="nobody") == ["sender"]
    assert not places(AddTags(id="a", tags=("vip",)), sender=None)
    assert places(NotifyHost(id="n", subject="Hi", text="Hi"), sender=None) == ["sender"]


@pytest.mark.parametrize(
    ("trigger", "place"),
    [
        (Trigger(kind="link.not_booked"), "trigger.days"),
        (Trigger(kind="manual", days=3), "trigger.days"),
        (Trigger(kind="hook"), "trigger.map.email"),
        (Trigger(kind="hook", map={"email": " "}), "trigger.map.email"),
        (Trigger(kind="hook", map={"email": "mail", "password": "x"}), "trigger.map.password"),
        (Trigger(kind="hook", map={"email": "mail", "fields.A B": "x"}), "trigger.map.fields.A B"),
        (Trigger(kind="hook", map={"email": "mail", "phone": ""}), "trigger.map.phone"),
        (Trigger(kind="hook", map={"email": "m"} | {f"fields.f{n}": "x" for n in range(60)}), "trigger.map"),
        (Trigger(kind="contact.created", map={"email": "mail"}), "trigger.map"),
        (Trigger(kind="contact.created", filters=Filters(page="page1")), "trigger.filters.page"),
        (Trigger(kind="link.opened", filters=Filters(page="gone")), "trigger.filters.page"),
        (Trigger(kind="booking.no_show", filters=Filters(event_type="gone")), "trigger.filters.event_type"),
        (Trigger(kind="contact.tagged", filters=Filters(tag="a,b")), "trigger.filters.tag"),
        (Trigger(kind="manual", filters=Filters(field=FieldIs("plan", " "))), "trigger.filters.field.is"),
    ],
)
def test_triggers(trigger: Trigger, place: str) -> None:
    assert places(trigger=trigger) == [place]


@pytest.mark.parametrize(
    "trigger",
    [
        Trigger(kind="link.not_booked", days=3, filters=Filters(page="page1", event_type="intro")),
        Trigger(kind="hook", map={"email": "customer.mail", "fields.company": "org", "tags": "tags"}),
        Trigger(kind="contact.tagged", filters=Filters(tag="vip", field=FieldIs("plan", "pro"))),
    ],
)
def test_triggers_that_are_complete(trigger: Trigger) -> None:
    assert not places(trigger=trigger)


def test_the_sending_window() -> None:
    twice = SendingWindow(["mon", "mon"], "09:00", "17:00", "Europe/Pariss")
    assert places(sending_window=twice) == ["sending_window.days", "sending_window.timezone"]
    assert not places(sending_window=SendingWindow(["mon"], "22:00", "02:00", "Europe/Paris"))


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (GenerateLink(id="s"), "page"),
        (GenerateLink(id="s", page="gone"), "page"),
        (GenerateLink(id="s", page="static"), "page"),
        (GenerateLink(id="s", page="page1", event_type="other"), "event_type"),
        (SendEmail(id="s", text="Hi"), "subject"),
        (SendEmail(id="s", subject="Hi", text=" "), "text"),
        (SendEmail(id="s", subject="Hi\nBcc: x", text="Hi"), "subject"),
        (SendEmail(id="s", subject="Hi", text="{{"), "text"),
        (SendEmail(id="s", subject="Hi", text="Hi", html="{% if %}"), "html"),
        (Wait(id="s"), ""),
        (Wait(id="s", for_=Span(days=1), until=UntilField("day")), ""),
        (Wait(id="s", for_=Span()), "for"),
        (Wait(id="s", for_=Span(days=1, hours=1)), "for"),
        (Wait(id="s", for_=Span(hours=1, at="09:00")), "for.at"),
        (Wait(id="s", until=UntilField()), "until.field"),
        (Wait(id="s", until=UntilField("Renewal Day")), "until.field"),
        (Wait(id="s", for_=Span(days=1), timeout=Span(days=1)), "timeout"),
        (Wait(id="s", link="opened"), "timeout"),
        (Wait(id="s", link="opened", timeout=Span()), "timeout"),
        (Wait(id="s", booking=AroundBooking()), "booking"),
        (Wait(id="s", booking=AroundBooking(before=5, after=5)), "booking"),
        (Branch(id="s"), "when.conditions"),
        (AddTags(id="s"), "tags"),
        (AddTags(id="s", tags=("vip", "a,b")), "tags.1"),
        (RemoveTags(id="s", tags=("",)), "tags.0"),
        (SetField(id="s"), "name"),
        (SetField(id="s", name="Plan"), "name"),
        (SetField(id="s", name="plan", value="{{ contact.plan }}"), "value"),
        (CallWebhook(id="s"), "webhook"),
        (CallWebhook(id="s", webhook="gone"), "webhook"),
        (NotifyHost(id="s", subject="Hi"), "text"),
        (NotifyHost(id="s", text="Hi"), "subject"),
    ],
)
def test_what_steps_need(step: Step, place: str) -> None:
    assert places(MAKE_LINK, step) == [f"steps.1.{place}".removesuffix(".")]


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        (Condition("contact.plan", "set"), "about"),
        (Condition("contact.__class__", "set"), "about"),
        (Condition("contact.fields.A", "set"), "about"),
        (Condition("nonsense", "set"), "about"),
        (Condition("first_name", "set"), "about"),
        (Condition("contact.tags", "is", " "), "value"),
        (Condition("link", "is", "clicked"), "value"),
        (Condition("link", "contains", "opened"), "is"),
        (Condition("booking", "is_not", ""), "value"),
        (Condition("booking", "contains_not", "cancelled"), "is"),
    ],
)
def test_what_conditions_need(condition: Condition, place: str) -> None:
    branch = Branch(id="s", when=When("all", (Condition("link", "set"), condition)))
    assert places(MAKE_LINK, branch) == [f"steps.1.when.conditions.1.{place}"]


@pytest.mark.parametrize(
    "step",
    [
        Wait(id="s", link="booked", timeout=Span(days=1)),
        Wait(id="s", booking=AroundBooking(before=60)),
        Branch(id="s", when=BOOKED),
        Branch(id="s", when=When("all", (Condition("booking", "set"),))),
    ],
)
def test_nothing_waits_for_what_no_path_has(step: Step) -> None:
    [place] = places(step)
    assert place.startswith("steps.0.")
    assert not places(MAKE_LINK, step)
    waits_for_link = isinstance(step, Wait) and step.link is not None
    assert bool(places(step, trigger=Trigger(kind="link.opened"))) is waits_for_link
    inside = Branch(id="if", when=VIP, then=(MAKE_LINK,))
    assert not places(inside, step)
    assert places(Branch(id="if", when=VIP, then=(MAKE_LINK,), else_=(step,)))[0].startswith(
        "steps.0.else.0."
    )


def test_a_booking_of_the_trigger() -> None:
    wait = Wait(id="s", booking=AroundBooking(after=0))
    assert not places(wait, trigger=Trigger(kind="booking.scheduled"))


def test_steps_that_no_run_reaches() -> None:
    both = Branch(id="if", when=VIP, then=(Stop(id="a"),), else_=(Stop(id="b"),))
    said = {"steps.1.kind": "No run gets here: a step before this one ends it."}
    assert problems(a_workflow(both, MAIL)) == said
    assert problems(a_workflow(Stop(id="stop"), MAIL)) == said
    assert places(Branch(id="if", when=VIP, then=(Stop(id="a"), MAIL))) == ["steps.0.then.1.kind"]
    assert not places(MAKE_LINK, MAIL, Stop(id="stop"))


def nested(depth: int) -> Branch:
    """An If/else in an If/else … with a stop in the innermost."""
    inner: Step = Stop(id="end")
    for level in range(depth):
        inner = Branch(id=f"if{level}", when=VIP, then=(inner,))
    assert isinstance(inner, Branch)
    return inner


def test_bounds() -> None:
    assert not places(nested(3))
    assert places(nested(4)) == ["steps.0.then.0.then.0.then.0"]
    assert places(nested(400))
    steps = [AddTags(id=f"s{number}", tags=("a",)) for number in range(101)]
    assert not places(*steps[:100])
    assert places(*steps) == ["steps.100"]
    assert places(MAKE_LINK, msgspec.structs.replace(MAIL, id="make")) == ["steps.1.id"]


def test_a_megabyte_is_refused_before_it_is_read() -> None:
    long = [mail("{{ nobody }}" + "x" * 49_000, id=f"s{number}") for number in range(20)]
    [problem] = problems(a_workflow(*long)).values()
    assert "kB" in problem
