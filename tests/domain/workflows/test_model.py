"""The plain model, with which the engine is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.domain.workflows.steps import (
    AddTags,
    AroundBooking,
    Branch,
    Condition,
    RemoveTags,
    Span,
    Step,
    Wait,
    When,
)
from admitone.domain.workflows.trigger import Filters, Trigger
from tests.support.factories import NOW
from tests.support.workflows.known import MAIL, MAKE_LINK, a_workflow, what_there_is
from tests.support.workflows.model import Model
from tests.support.workflows.model_steps import run_steps
from tests.support.workflows.random_workflows import workflows

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import WorkflowBody

DAY, CARLA = 86_400, "carla@example.com"
ADDED = Trigger(kind="contact.created")
WAIT = Wait(id="wait", link="booked", timeout=Span(days=3))
WAIT_A_DAY = Wait(id="wait", for_=Span(hours=24))
REMINDER = type(MAIL)(id="reminder", subject="Hello", text="Hello")
NOT_BOOKED = Branch(id="if", when=When("all", (Condition("link", "is_not", "booked"),)), then=(REMINDER,))


def a_model(*steps: Step, trigger: Trigger = ADDED, **given: Any) -> Model:
    return Model({"leads": a_workflow(*steps, trigger=trigger, **given)}, NOW, run_steps)


def told(model: Model, number: int = 0) -> tuple[str, str, list[tuple[str, str, str]]]:
    return model.histories()["leads", CARLA, number]


def test_a_reminder_if_the_link_is_not_booked() -> None:
    model = a_model(MAKE_LINK, MAIL, WAIT, NOT_BOOKED)
    model.add_contact(CARLA)
    begun = [("make", "done", ""), ("mail", "done", "")]
    assert told(model) == ("waiting", "", begun)
    model.pass_time(NOW + 4 * DAY)
    rest = [("wait", "done", "time"), ("if", "done", "then"), ("reminder", "done", "")]
    assert told(model) == ("done", "", begun + rest)
    assert model.runs[0].mails == ["mail", "reminder"]


def test_stop_on_booking() -> None:
    for mode, status in (("own", ("stopped", "booked")), (None, ("done", ""))):
        model = a_model(MAKE_LINK, MAIL, WAIT, NOT_BOOKED, stop_on_booking=mode)
        model.add_contact(CARLA)
        model.book(model.runs[0].links["make"], NOW + DAY)
        assert told(model)[:2] == status
        assert model.runs[0].mails == ["mail"]


def test_a_booking_that_is_moved_and_cancelled() -> None:
    wait = Wait(id="wait", booking=AroundBooking(before=60))
    model = a_model(wait, REMINDER, trigger=Trigger(kind="booking.scheduled"))
    model.add_contact(CARLA)
    other = a_model(MAKE_LINK)
    other.add_contact(CARLA)
    booking = model.book(other.runs[0].links["make"], NOW + DAY)
    model.move(booking, NOW + 3 * DAY)
    model.pass_time(NOW + 2 * DAY)
    assert told(model) == ("waiting", "", [])
    model.cancel(booking)
    assert told(model) == ("stopped", "cancelled", [])


def test_re_entry() -> None:
    for mode, runs in (("never", 1), ("when_finished", 2), ("always", 2)):
        model = a_model(WAIT_A_DAY, trigger=Trigger(kind="contact.tagged"), re_entry=mode)
        model.add_contact(CARLA, "a")
        model.pass_time(NOW + 2 * DAY)
        model.tag(CARLA, "b")
        assert len(model.runs) == runs
    assert len(model.runs) == 2
    model.tag(CARLA, "c")
    assert len(model.runs) == 3


def test_filters() -> None:
    tagged = Trigger(kind="contact.tagged", filters=Filters(tag="vip"))
    model = a_model(WAIT_A_DAY, trigger=tagged, re_entry="always")
    model.add_contact(CARLA, "a")
    assert not model.runs
    model.tag(CARLA, "vip", "b")
    assert len(model.runs) == 1


def test_a_loop_ends() -> None:
    """A workflow that takes its own tag off and adds it again starts itself four times."""
    steps = (RemoveTags(id="off", tags=("a",)), AddTags(id="on", tags=("a",)))
    model = a_model(*steps, trigger=Trigger(kind="contact.tagged"), re_entry="always")
    model.add_contact(CARLA, "a")
    assert [run.depth for run in model.runs] == [0, 1, 2, 3, 4]


@settings(max_examples=25)
@given(bodies=st.lists(workflows(what_there_is()), min_size=1, max_size=3), data=st.data())
def test_whatever_happens_comes_to_an_end(bodies: list[WorkflowBody], data: st.DataObject) -> None:
    model = Model({f"w{number}": body for number, body in enumerate(bodies)}, NOW, run_steps)
    model.add_contact(CARLA, plan="pro")
    for _ in range(6):
        happen(model, data)
    model.pass_time(NOW + 400 * DAY)
    assert all(run.status != "waiting" for run in model.runs)


def happen(model: Model, data: st.DataObject) -> None:
    links = [link for run in model.runs for link in run.links.values()]
    bookings = [booking for link in links for booking in link.bookings]
    possible = ["tag", "time", *["open", "book"] * bool(links), *["move", "cancel"] * bool(bookings)]
    what = data.draw(st.sampled_from(possible))
    if what == "tag":
        model.tag(CARLA, data.draw(st.sampled_from(["vip", "trial"])))
    elif what == "time":
        model.pass_time(model.now + data.draw(st.integers(1, 3 * DAY)))
    elif what == "open":
        model.open(data.draw(st.sampled_from(links)))
    elif what == "book":
        link = data.draw(st.sampled_from(links))
        if link.state(model.now) == "active":
            model.book(link, model.now + DAY)
    elif what == "move":
        model.move(data.draw(st.sampled_from(bookings)), model.now + DAY)
    else:
        model.cancel(data.draw(st.sampled_from(bookings)))
