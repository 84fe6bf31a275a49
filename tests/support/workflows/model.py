"""A plain model of the engine: what must become of contacts, runs and mails, without store, jobs and scripts.

A test does the same to the model and to the engine, and compares what both tell. The model has one worker,
which does one thing after the other in the order of their causes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from admitone.domain.workflows.workflow import WorkflowBody

DEEPEST = 5
DAY = 86_400
UNDER_WAY = {"waiting", "failed"}


@dataclass(eq=False)
class ModelContact:
    """A contact; `booked_at` is when their address last booked, by whatever link."""

    email: str
    tags: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    first_name: str = ""
    timezone: str = "Europe/Paris"
    booked_at: int | None = None
    is_unsubscribed: bool = False


@dataclass(eq=False)
class ModelBooking:
    """A booking of a link."""

    email: str
    start: int
    end: int
    status: str = "scheduled"

    def status_at(self, now: int) -> str:
        """A live booking that has ended is completed."""
        return "completed" if self.status in {"scheduled", "rescheduled"} and self.end <= now else self.status


@dataclass(eq=False)
class ModelLink:
    """A one-time link; `maker` is the run that made it."""

    email: str
    expires_at: int | None = None
    maker: ModelRun | None = None
    is_opened: bool = False
    is_revoked: bool = False
    bookings: list[ModelBooking] = field(default_factory=list)

    def state(self, now: int) -> str:
        """Booked, revoked, expired or active, in this order."""
        if self.bookings:
            return "booked"
        if self.is_revoked:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"


@dataclass(eq=False)
class ModelRun:
    """A run; `told` is its history as (step, status, why), `mails` the steps that mailed the contact."""

    workflow: str
    contact: ModelContact
    entered_at: int
    depth: int = 0
    link: ModelLink | None = None
    booking: ModelBooking | None = None
    status: Literal["waiting", "done", "stopped", "failed"] = "waiting"
    why: str = ""
    until: int | None = None
    attends: ModelBooking | None = None
    told: list[tuple[str, str, str]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    links: dict[str, ModelLink] = field(default_factory=dict)
    going: Iterator[int] | None = None

    @property
    def newest_link(self) -> ModelLink | None:
        """The newest link that the run made, else that of its trigger."""
        return [*self.links.values()][-1] if self.links else self.link

    @property
    def newest_booking(self) -> ModelBooking | None:
        """The last booking of that link, else that of the trigger."""
        link = self.newest_link
        return link.bookings[-1] if link and link.bookings else self.booking


Happening = tuple[str, ModelContact | None, str, ModelLink | None, ModelBooking | None, int]
"""The kind of an event, its contact, tag, link, booking and depth."""
Steps = Callable[["Model", ModelRun, WorkflowBody], Iterator[int]]


class Model:
    """The whole of it. `steps` performs the steps of one run (`model_steps.py`)."""

    def __init__(self, workflows: dict[str, WorkflowBody], now: int, steps: Steps) -> None:
        self.workflows = workflows
        self.now = now
        self.contacts: dict[str, ModelContact] = {}
        self.runs: list[ModelRun] = []
        self._links: list[ModelLink] = []
        self._steps = steps
        self._queue: deque[Callable[[], None]] = deque()
        self._ended: list[ModelBooking] = []
        self._bookings: list[ModelBooking] = []
        self._expired: list[ModelLink] = []

    def histories(self) -> dict[tuple[str, str, int], tuple[str, str, list[tuple[str, str, str]]]]:
        """By workflow, address and number of the run: its status, why it was stopped, and its history."""
        found: dict[tuple[str, str, int], tuple[str, str, list[tuple[str, str, str]]]] = {}
        for run in self.runs:
            number = sum(key[:2] == (run.workflow, run.contact.email) for key in found)
            found[run.workflow, run.contact.email, number] = (run.status, run.why, run.told)
        return found

    # What a test does.

    def add_contact(self, email: str, *tags: str, **fields: str) -> ModelContact:
        """A new contact, with these tags and custom fields."""
        contact = self.contacts[email] = ModelContact(email, fields=fields)
        self._happens("contact.created", contact)
        self.add_tags(contact, tags)
        return contact

    def tag(self, email: str, *tags: str) -> None:
        """Tags of a contact, added by hand."""
        self.add_tags(self.contacts[email], tags)
        self._settle()

    def give_link(self, email: str, expires_at: int | None = None) -> ModelLink:
        """A link that a host makes for this address."""
        link = ModelLink(email, expires_at)
        self._links.append(link)
        return link

    def open(self, link: ModelLink) -> None:
        """A person opens the link."""
        if not link.is_opened:
            link.is_opened = True
            self._happens("link.opened", link=link)
            self._wake(link.maker)
        self._settle()

    def book(self, link: ModelLink, start: int, *, email: str | None = None) -> ModelBooking:
        """Somebody books by the link: its person, if no address is given."""
        booking = ModelBooking(email or link.email, start, start + 1800)
        link.bookings.append(booking)
        self._bookings.append(booking)
        if booking.email in self.contacts:
            self.contacts[booking.email].booked_at = self.now
        self._happens("booking.scheduled", booking=booking)
        self._wake(link.maker)
        self._settle()
        return booking

    def move(self, booking: ModelBooking, start: int) -> None:
        """The booking is rescheduled."""
        booking.start, booking.end, booking.status = start, start + 1800, "rescheduled"
        self._happens("booking.rescheduled", booking=booking)
        self._wake_attending(booking)
        self._settle()

    def cancel(self, booking: ModelBooking) -> None:
        """The booking is cancelled; its link stays booked."""
        booking.status = "cancelled"
        self._happens("booking.cancelled", booking=booking)
        self._wake_attending(booking)
        self._settle()

    def pass_time(self, until: int) -> None:
        """What is due until then happens, each at its time."""
        while (due := self.next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            self._due_now()
            self._settle()
        self.now = until

    # What happens then.

    def add_tags(self, contact: ModelContact, tags: tuple[str, ...], depth: int = 0) -> None:
        """Tags that are new to the contact are events, in their order."""
        for tag in tags:
            if tag not in contact.tags:
                contact.tags.append(tag)
                self._happens("contact.tagged", contact, tag, depth=depth)
        if not depth:
            self._settle()

    def new_link(self, run: ModelRun, expires_in_days: int | None) -> ModelLink:
        """A link of a run for its contact."""
        expires_at = None if expires_in_days is None else self.now + expires_in_days * DAY
        link = ModelLink(run.contact.email, expires_at, run)
        self._links.append(link)
        return link

    def _happens(
        self,
        kind: str,
        contact: ModelContact | None = None,
        tag: str = "",
        *,
        link: ModelLink | None = None,
        booking: ModelBooking | None = None,
        depth: int = 0,
    ) -> None:
        happening: Happening = (kind, contact, tag, link, booking, depth)
        self._queue.append(lambda: self._plan(happening))

    def _plan(self, happening: Happening) -> None:
        for name, body in self.workflows.items():
            if body.trigger.kind == happening[0]:
                self._queue.append(lambda name=name: self._enter(name, happening))  # type: ignore[misc]

    def _enter(self, name: str, happening: Happening) -> None:
        _, contact, tag, link, booking, depth = happening
        about = booking or link
        contact = contact or (self.contacts.get(about.email) if about else None)
        body = self.workflows[name]
        filters = body.trigger.filters
        if contact is None or depth >= DEEPEST:
            return
        wanted = filters.tag if filters else None
        if wanted is not None and wanted not in ([tag] if tag else contact.tags):
            return
        before = [run for run in self.runs if (run.workflow, run.contact) == (name, contact)]
        if before and (
            body.re_entry == "never" or (body.re_entry == "when_finished" and before[-1].status in UNDER_WAY)
        ):
            return
        run = ModelRun(name, contact, self.now, depth, link, booking)
        run.going = self._steps(self, run, body)
        self.runs.append(run)
        self._queue.append(lambda: self._go_on(run))

    def _go_on(self, run: ModelRun) -> None:
        """Until the run waits or ends."""
        if run.status == "waiting" and run.going is not None:
            run.until = next(run.going, None)

    def _wake(self, run: ModelRun | None) -> None:
        if run is not None and run.until is not None:
            self._queue.append(lambda: self._go_on(run))

    def _wake_attending(self, booking: ModelBooking) -> None:
        for run in self.runs:
            if run.attends is booking:
                self._wake(run)

    def _settle(self) -> None:
        while self._queue:
            self._queue.popleft()()

    def next_due(self) -> int | None:
        """When something happens next by itself."""
        waits = [run.until for run in self.runs if run.status == "waiting" and run.until is not None]
        ends = [booking.end for booking in self._live()]
        expiries = [link.expires_at for link in self._unused() if link.expires_at is not None]
        return min([*waits, *ends, *expiries], default=None)

    def _due_now(self) -> None:
        for booking in self._live():
            if booking.end <= self.now:
                self._ended.append(booking)
                self._happens("booking.completed", booking=booking)
        for link in self._unused():
            if link.state(self.now) == "expired":
                self._expired.append(link)
                self._happens("link.expired", link=link)
        for run in self.runs:
            if run.until is not None and run.until <= self.now:
                self._wake(run)

    def _live(self) -> list[ModelBooking]:
        """Bookings whose end is still to come, or to be told."""
        return [
            booking
            for booking in self._bookings
            if booking.status in {"scheduled", "rescheduled"} and booking not in self._ended
        ]

    def _unused(self) -> list[ModelLink]:
        """Links whose expiry is still to come, or to be told."""
        return [
            link
            for link in self._links
            if not link.bookings and not link.is_revoked and link not in self._expired
        ]
