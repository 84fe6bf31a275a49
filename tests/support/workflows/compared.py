"""The engine and the plain model side by side: a test does something to both, and both must tell the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.contacts.merge import Cause, contact_events
from admitone.domain.workflows.steps import all_steps
from admitone.store.codes import Code
from admitone.store.records.contacts.contacts import ContactChange
from tests.support.factories import a_booking, a_manage_token
from tests.support.mail.workspace_with_mail import to
from tests.support.store.actions import (
    put_link,
    slot_of,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_move,
    try_write_contacts,
)
from tests.support.workflows.engine import WORKFLOW
from tests.support.workflows.model import Model
from tests.support.workflows.model_steps import run_steps

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.workflows.run import Run
    from admitone.domain.workflows.workflow import WorkflowBody
    from tests.support.workflows.engine import Engine
    from tests.support.workflows.model import ModelBooking, ModelLink, ModelRun

DAY, HOUR = 86_400, 3600
Told = tuple[str, int, str, str, list[tuple[str, str, str]]]
"""The workflow of a run, its depth and status, why it was stopped, and its history."""


class Compared:
    """Published workflows, their contacts, and what happens to them."""

    def __init__(self, engine: Engine, *bodies: WorkflowBody) -> None:
        self.engine = engine
        self._bodies = {f"{WORKFLOW}{number}": body for number, body in enumerate(bodies)}
        self.model = Model(self._bodies, engine.clock(), run_steps)
        self._contacts: dict[str, Contact] = {}
        self._links: list[tuple[ModelLink, str]] = []
        self._bookings: list[tuple[ModelBooking, str]] = []
        self._begun_at = engine.clock()

    async def begin(self, *emails: str, renewal: str) -> None:
        """Publish, and add contacts, each with a link of a host; the first knows their renewal."""
        for workflow, body in self._bodies.items():
            document = msgspec.to_builtins(body)
            await self.engine.publish(*document.pop("steps"), workflow=workflow, **document)
        for number, email in enumerate(emails):
            fields = {"plan": "pro", "renewal": renewal} if not number else {}
            self._contacts[email] = await self.engine.contact(
                email=email, timezone="Europe/Paris", fields=fields
            )
            self.model.add_contact(email, **fields)
            link = await put_link(self.engine.store, name="Carla Customer", email=email)
            self._links.append((self.model.give_link(email, link.expires_at), link.id))
        await self.engine.work()

    async def tag(self, email: str, tag: str) -> None:
        """A tag is added to a contact by hand."""
        before = await self.engine.contact_now(self._contacts[email])
        if tag not in before.tags:
            after = msgspec.structs.replace(before, tags=(*before.tags, tag))
            events = contact_events(before, after, Cause(at=self.engine.clock(), by="user"))
            answer = await try_write_contacts(self.engine.store, ContactChange(before, after, events))
            assert answer.code is Code.OK
        await self.engine.work()
        self.model.tag(email, tag)

    async def unsubscribe(self, email: str) -> None:
        """A contact wants no more mails."""
        await self.engine.unsubscribe(self._contacts[email])
        self.model.contacts[email].is_unsubscribed = True

    async def open(self, number: int) -> None:
        """A person opens a link."""
        link, link_id = (await self.links())[number % len(self._links)]
        await self.engine.open(link_id)
        await self.engine.work()
        self.model.open(link)

    async def book(self, number: int) -> None:
        """Somebody books by a link for its contact, if it can be booked."""
        link, link_id = (await self.links())[number % len(self._links)]
        if link.state(self.model.now) != "active":
            return
        start = self._begun_at + 40 * DAY + len(self._bookings) * HOUR
        token = a_manage_token()
        data = msgspec.structs.replace(a_booking(token=token).data, email=link.email)
        booking = a_booking(link=link_id, start=start, token=token, data=data)
        answer = await try_book(self.engine.store, booking, now=self.engine.clock())
        assert answer.code is Code.OK
        await self.engine.work()
        self._bookings.append((self.model.book(link, start), booking.id))

    async def move(self, number: int) -> None:
        """A booking is moved by half a day and some."""
        if (found := self._live(number)) is None:
            return
        booking = await the_booking(self.engine.store, found[1])
        by = 12 * HOUR + HOUR // 2
        answer = await try_move(self.engine.store, booking, slot_of(booking, by=by))
        assert answer.code is Code.OK
        await self.engine.work()
        self.model.move(found[0], booking.start + by)

    async def cancel(self, number: int) -> None:
        """A booking is cancelled."""
        if (found := self._live(number)) is None:
            return
        booking = await the_booking(self.engine.store, found[1])
        answer = await try_cancel(self.engine.store, booking, now=self.engine.clock())
        assert answer.code is Code.OK
        await self.engine.work()
        self.model.cancel(found[0])

    async def pass_time(self, seconds: int) -> None:
        """Time passes, and what is due happens at its time."""
        until = self.model.now + seconds
        while (due := self.model.next_due()) is not None and due <= until:
            self.engine.clock.now = max(self.engine.clock.now, due)
            await self.engine.work()
            self.model.pass_time(self.engine.clock.now)
        self.engine.clock.now = until
        await self.engine.work()
        self.model.pass_time(until)

    async def links(self) -> list[tuple[ModelLink, str]]:
        """All links, in the model and in the engine: the hosts' first, then those of runs."""
        known = {id(link) for link, _ in self._links}
        for email in self._contacts:
            for ours, theirs in zip(self._runs(email), await self.runs(email), strict=True):
                made = zip(ours.links.values(), theirs.links.values(), strict=True)
                self._links += [(link, link_id) for link, link_id in made if id(link) not in known]
        return self._links

    async def runs(self, email: str) -> list[Run]:
        """The contact's runs, the oldest first."""
        return (await self.engine.runs_of(self._contacts[email].id))[::-1]

    async def check(self) -> None:
        """Both tell the same of every run, contact, link and mail."""
        mails = Counter(to(mail) for mail in await self.engine.mail.kept())
        for email, contact in self._contacts.items():
            ours = self._runs(email)
            # Runs that begin at the same time have no order.
            told = sorted(self._told(run) for run in await self.runs(email))
            wanted = sorted((run.workflow, run.depth, run.status, run.why, run.told) for run in ours)
            assert told == wanted, f"{told} is not {wanted}"
            now, other = await self.engine.contact_now(contact), self.model.contacts[email]
            assert sorted(now.tags) == sorted(other.tags)
            assert now.fields == {name: value for name, value in other.fields.items() if value}
            assert mails[email] == sum(len(run.mails) for run in ours)
            made = [link for run in await self.runs(email) for link in run.links.values()]
            links = [await the_link(self.engine.store, link) for link in made]
            meant = [link for run in ours for link in run.links.values()]
            assert sorted(link.expires_at or 0 for link in links) == sorted(
                link.expires_at or 0 for link in meant
            )

    def _told(self, run: Run) -> Told:
        ids = [step.id for step in all_steps(self._bodies[run.workflow].steps)]
        history = [(ids[one.position], str(one.status), str(one.why)) for one in run.history]
        return run.workflow, run.depth, run.status, run.why, history

    def _runs(self, email: str) -> list[ModelRun]:
        return [run for run in self.model.runs if run.contact.email == email]

    def _live(self, number: int) -> tuple[ModelBooking, str] | None:
        live = [one for one in self._bookings if one[0].status in {"scheduled", "rescheduled"}]
        live = [one for one in live if one[0].start > self.model.now]
        return live[number % len(live)] if live else None
