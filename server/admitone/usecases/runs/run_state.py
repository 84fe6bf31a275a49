"""What a run is judged by: the run, its version, its contact, its links and its booking, as they are now."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import Booking
from admitone.domain.contacts.contact import Contact
from admitone.domain.links.link import Link
from admitone.domain.links.target import is_available
from admitone.domain.workflows.facts import Facts, booking_facts, link_facts, run_zone
from admitone.domain.workflows.moves import Move, Route
from admitone.domain.workflows.run import Run
from admitone.domain.workflows.workflow import Published, Workflow, WorkflowBody, version_id
from admitone.store.records.configuration.snapshot import SETTINGS, Snapshot, Wanted, read_snapshot
from admitone.store.records.contacts.contacts import read_contacts
from admitone.store.records.readers import read_bookings, read_links
from admitone.store.records.workflows.runs import read_runs
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.webhooks.webhook_list import WEBHOOKS

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class RunState(msgspec.Struct, frozen=True, kw_only=True):
    """A run whose workflow, version and contact are all there. `links` are all of its own, by id."""

    run: Run
    snapshot: Snapshot
    workflow: Workflow
    published: Published
    contact: Contact
    facts: Facts
    route: Route
    links: Mapping[str, Link]
    trigger_link: Link | None = None
    booking: Booking | None = None

    @property
    def body(self) -> WorkflowBody:
        """The version of the workflow with which the run began."""
        return self.published.body

    @property
    def standing(self) -> Move:
        """The step at which the run stands; for a run that has not begun, where it begins."""
        if self.run.position is None:
            return self.route.begin(self.facts)
        return Move(self.route.steps[self.run.position])

    @property
    def link(self) -> Link | None:
        """The newest link that the run made, else the one of its trigger."""
        newest = self.run.newest_link
        return self.links.get(newest or "") or self.trigger_link


class Orphan(msgspec.Struct, frozen=True):
    """A run whose contact or workflow is gone: it can only be stopped, or forgotten with its workflow."""

    run: Run
    is_workflow_gone: bool


async def read_run_state(services: Services, workspace: str, run_id: str) -> RunState | Orphan | None:
    """The run with all that it is judged by; None if there is no such run. Three or four trips."""
    found = await read_runs(services.store, workspace, [run_id])
    return await complete(services, workspace, found[0]) if found else None


async def complete(services: Services, workspace: str, run: Run) -> RunState | Orphan:
    """The state of a run that was read."""
    store, links = services.store, list(run.links.values())
    records = (("workflow", run.workflow), ("workflow_version", version_id(run.workflow, run.version)))
    snapshot, contacts, found, trigger_links, bookings = await asyncio.gather(
        read_snapshot(store, workspace, Wanted(records=(SETTINGS, WEBHOOKS, *records))),
        read_contacts(store, workspace, [run.contact]),
        read_links(store, workspace, links),
        read_links(store, workspace, [run.link] if run.link else []),
        read_bookings(store, workspace, [run.booking] if run.booking else []),
    )
    workflow, published = await snapshot.load(*records)
    if not contacts or workflow is None or published is None:
        return Orphan(run, workflow is None)
    own, trigger_link = {link.id: link for link in found}, next(iter(trigger_links), None)
    newest = own.get(run.newest_link or "") or trigger_link
    if newest is not None and newest.bookings:
        bookings = await read_bookings(store, workspace, newest.bookings[-1:]) or bookings
    booking = next(iter(bookings), None)
    return RunState(
        run=run,
        snapshot=snapshot,
        workflow=workflow,
        published=published,
        contact=contacts[0],
        facts=await _facts(services, snapshot, published, contacts[0], newest, booking),
        route=Route(published.body.steps),
        links=own,
        trigger_link=trigger_link,
        booking=booking,
    )


async def _facts(
    services: Services,
    snapshot: Snapshot,
    published: Published,
    contact: Contact,
    link: Link | None,
    booking: Booking | None,
) -> Facts:
    now = services.now()
    [sender] = await snapshot.load(("user", published.sender))
    target = await read_target(snapshot, link.page) if link else None
    return Facts(
        now=now,
        contact=contact,
        zone=run_zone(
            contact, booking.data.timezone if booking else None, sender.timezone if sender else None
        ),
        link=link_facts(link, now, available=is_available(target, link.event_type)) if link else None,
        booking=booking_facts(booking, now) if booking else None,
    )
