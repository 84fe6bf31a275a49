"""Contacts enter workflows: the job `workflow.enter`, and the entering itself, which all ways share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.event import Event
from admitone.domain.jobs.job import JobNotDue
from admitone.domain.people.email_address import normalise_email
from admitone.domain.workflows.entry import meets_filters
from admitone.domain.workflows.figures import ENTERED, LOOPS
from admitone.domain.workflows.run import DEEPEST, Run, run_id
from admitone.domain.workflows.steps import SendEmail, all_steps
from admitone.domain.workflows.workflow import Published, version_id
from admitone.store.codes import Code
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.contacts.contacts import find_contact, read_contacts
from admitone.store.records.workflows.run_writes import count_loop, enter_run
from admitone.store.records.workflows.runs import latest_runs
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.settle import settle_alone
from admitone.usecases.webhooks.webhook_list import WEBHOOKS, read_webhooks

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.jobs.job import Job
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
MADE_WITHIN = 600
"""Seconds after a booking within which its customer becomes a contact, where the workspace wants that."""


class Entering(msgspec.Struct, frozen=True, kw_only=True):
    """What lets contacts enter: `cause` identifies it, `link` and `booking` are those of the trigger."""

    published: Published
    cause: str
    depth: int = 0
    link: str | None = None
    booking: str | None = None


async def enter_workflow(services: Services, job: Job) -> None:
    """Let the contact whom the job's event is about enter the workflow, if the filters fit.

    An event that runs have led to, five of them each started by the effect of another, starts no run.
    """
    event, workflow = job.event, job.detail
    snapshot = await read_snapshot(
        services.store,
        job.workspace,
        Wanted(link=event.link, booking=event.booking, records=(SETTINGS, WEBHOOKS)),
    )
    published = await read_published(snapshot, workflow)
    contact = await _contact_of(services, snapshot, event) if published else None
    if published is not None and contact is None:
        await _refuse_before_contact(services, snapshot, event)
    if published is None or contact is None or not meets_filters(published.body.trigger, contact):
        return
    if event.depth >= DEEPEST:
        log.warning("workflow-loop", workspace=job.workspace, workflow=workflow, depth=event.depth)
        await count_loop(services.store, job.workspace, workflow, LOOPS)
        return
    entering = Entering(
        published=published, cause=job.id, depth=event.depth, link=event.link, booking=event.booking
    )
    await enter(services, snapshot, entering, contact.id)


async def read_published(snapshot: Snapshot, workflow: str) -> Published | None:
    """The version that contacts enter now; None if the workflow is not published."""
    [found] = await snapshot.load(("workflow", workflow))
    if found is None or not found.is_published:
        return None
    published: Published | None
    [published] = await snapshot.load(("workflow_version", version_id(workflow, found.versions)))
    return published


async def enter(services: Services, snapshot: Snapshot, entering: Entering, contact: str) -> Code:
    """Let the contact enter.

    Returns OK, APPLIED (the same cause let them enter before), UNCHANGED (re-entry does not allow it) or
    NOT_FOUND (there is no such contact). Raises Busy.
    """
    store, workspace, published = services.store, snapshot.workspace, entering.published
    now = services.now()
    new_run = run_id(workspace, published.workflow, contact, entering.cause)
    webhooks = await read_webhooks(snapshot)
    event = Event(
        type="workflow.entered",
        at=now,
        by="workflow",
        workflow=published.workflow,
        run=new_run,
        contact=contact,
    )

    async def attempt() -> Code | None:
        before = (await latest_runs(store, workspace, contact)).get(published.workflow)
        run = Run(
            id=new_run,
            workflow=published.workflow,
            version=published.number,
            contact=contact,
            status="waiting",
            entered_at=now,
            depth=entering.depth,
            link=entering.link,
            booking=entering.booking,
            before=before,
        )
        code = await enter_run(
            store,
            workspace,
            run,
            published.body.re_entry,
            order=creation_order(),
            now=now,
            counts=[ENTERED],
            is_queued=mails(published),
            event=event if webhooks.wanting(event.type) else None,
        )
        services.run_counts[ENTERED] += code is Code.OK
        return None if code is Code.MOVED else code

    return await settle_alone(attempt)


def mails(published: Published) -> bool:
    """Whether a step of this version mails contacts, so that the rate of a mailbox gates its runs."""
    return any(isinstance(step, SendEmail) for step in all_steps(published.body.steps))


async def _refuse_before_contact(services: Services, snapshot: Snapshot, event: Event) -> None:
    """Raise JobNotDue if the booking's own job may have yet to make its customer a contact."""
    makes = event.type == "booking.scheduled" and (await snapshot.settings()).contacts_from_bookings
    if makes and services.now() < event.at + MADE_WITHIN:
        raise JobNotDue(services.now() + 1)


async def _contact_of(services: Services, snapshot: Snapshot, event: Event) -> Contact | None:
    """The contact whom an event names, or whose address its booking or link has."""
    if event.contact is not None:
        found = await read_contacts(services.store, snapshot.workspace, [event.contact])
        return found[0] if found else None
    booking, link = snapshot.booking, snapshot.link
    address = booking.data.email if booking else link.email if link else None
    email = normalise_email(address, test_addresses=services.test_addresses) if address else None
    return await find_contact(services.store, snapshot.workspace, email) if email else None
