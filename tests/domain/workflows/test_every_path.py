"""A workflow that can be published never meets a name that does not exist, whatever happens to its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.domain.availability.zones import zone
from admitone.domain.bookings.booking import Status
from admitone.domain.links.link import LinkState
from admitone.domain.people.reader import reader_for
from admitone.domain.workflows.custom_values import link_names
from admitone.domain.workflows.facts import BookingFacts, Facts, LinkFacts
from admitone.domain.workflows.moves import Route
from admitone.domain.workflows.steps import GenerateLink, SetField, Step, Stop
from admitone.domain.workflows.template_values import (
    BookingValues,
    LinkValues,
    RunValues,
    SenderValues,
    template_values,
)
from admitone.mail.liquid import render
from tests.support.factories import NOW
from tests.support.workflows.facts import a_contact
from tests.support.workflows.known import what_there_is
from tests.support.workflows.random_workflows import EVENT_TRIGGERS, TAGS, workflows

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.workflows.workflow import WorkflowBody

STATUSES = st.sampled_from(get_args(Status))
CONTACTS = st.builds(
    a_contact,
    first_name=st.sampled_from(["", "Carla", "<b>"]),
    timezone=st.sampled_from([None, "Asia/Tokyo"]),
    locale=st.sampled_from([None, "de"]),
    tags=st.lists(st.sampled_from(TAGS), unique=True).map(tuple),
    fields=st.sampled_from([{}, {"plan": "pro"}]),
)


class Path:
    """One way through a workflow, on which hypothesis decides what contacts and customers do."""

    def __init__(self, body: WorkflowBody, data: st.DataObject) -> None:
        self._body = body
        self._draw = data.draw
        self._names = link_names(body.steps)
        self._links: dict[str, LinkFacts] = {}
        self._link = LinkFacts(LinkState.ACTIVE) if body.trigger.kind.startswith("link.") else None
        self._booking = self._a_booking() if body.trigger.kind.startswith("booking.") else None
        self._trigger_booking = self._booking
        self._contact: Contact = self._draw(CONTACTS)

    def facts(self) -> Facts:
        """What is known now, after anything has happened."""
        self._contact = self._draw(CONTACTS)
        if self._link is not None:
            state = self._draw(st.sampled_from([*LinkState]))
            self._link = LinkFacts(state, is_opened=self._draw(st.booleans()))
            if state is LinkState.BOOKED:
                self._booking = self._a_booking()
        return Facts(
            now=NOW, contact=self._contact, zone=zone("Asia/Tokyo"), link=self._link, booking=self._booking
        )

    def _a_booking(self) -> BookingFacts:
        return BookingFacts(self._draw(STATUSES), NOW, NOW + 1800)

    def perform(self, step: Step) -> None:
        """Make the step's link, and render its templates with what the run has."""
        if isinstance(step, GenerateLink):
            self._link = self._links[self._names[step.id]] = LinkFacts(LinkState.ACTIVE)
            self._booking = self._trigger_booking
        values = self._values()
        for name in ("subject", "text", "html"):
            render(getattr(step, name, ""), values, html=name == "html")
        if isinstance(step, SetField):
            render(step.value, values)

    def _values(self) -> dict[str, object]:
        link = LinkValues("https://book.test/.CODE", None, "Talk")
        is_links = self._body.trigger.kind.startswith("link.")
        values = RunValues(
            contact=self._contact,
            workspace="Acme",
            sender=SenderValues("Hanna", "hanna@example.com"),
            booking=BookingValues(NOW, NOW + 1800, "Talk", "", "", "") if self._booking else None,
            trigger_link=link if is_links else None,
            links=dict.fromkeys(self._links, link),
        )
        return template_values(values, reader_for([self._contact.locale or "en"]), zone("Asia/Tokyo"))


@settings(max_examples=60)
@given(body=workflows(what_there_is(), (*EVENT_TRIGGERS, "manual")), data=st.data())
def test_no_path_meets_a_name_that_does_not_exist(body: WorkflowBody, data: st.DataObject) -> None:
    path, route = Path(body, data), Route(body.steps)
    move = route.begin(path.facts())
    while move.step is not None and not isinstance(move.step, Stop):
        path.perform(move.step)
        move = route.after(move.step, path.facts())
