"""The job `workflow.sweep`: finds the links that were not booked N days after they were made.

One timer for each workflow walks the list of links by creation; links have no timers for this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.zones import DAY
from admitone.domain.jobs.job import JobNotDue
from admitone.domain.people.email_address import normalise_email
from admitone.domain.workflows.entry import meets_filters
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import find_contact
from admitone.store.records.index import read_index
from admitone.store.records.readers import read_links
from admitone.store.records.workflows.run_writes import note_sweep, read_sweep
from admitone.usecases.runs.enter import Entering, enter, read_published
from admitone.usecases.runs.runs_forget import forget_runs
from admitone.usecases.shared.published_workflows import TRIGGERS, read_triggers
from admitone.usecases.webhooks.webhook_list import WEBHOOKS

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link
    from admitone.domain.workflows.workflow import Published
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

MICROSECONDS = 1_000_000
AT_ONCE = 200
PAUSE = 60
"""Seconds between two looks at least, so that links that were made together are looked at together."""


async def sweep_links(services: Services, job: Job) -> None:
    """Let the people of links enter the job's workflow that are N days old now and were never booked.

    It begins with the links that were N days old when the workflow was published with this trigger: another
    version with the same trigger goes on where the one before was. Raises JobNotDue with the time of the next
    look.
    """
    workflow = job.event.record
    assert workflow
    store, workspace = services.store, job.workspace
    wanted = Wanted(records=(WEBHOOKS, TRIGGERS, ("workflow", workflow)))
    snapshot = await read_snapshot(store, workspace, wanted)
    published = await read_published(snapshot, workflow)
    if (await snapshot.load(("workflow", workflow))) == [None]:
        await forget_runs(services, workspace, workflow)
        return
    active = (await read_triggers(snapshot)).find(workflow)
    if published is None or active is None or active.trigger.kind != "link.not_booked":
        return
    age = (active.trigger.days or 1) * DAY
    noted = await read_sweep(store, workspace, workflow)
    start = (active.since - age) * MICROSECONDS
    after = noted[1] if noted and noted[0] == active.since else start
    key = store.keys(workspace).links
    until = (services.now() - age) * MICROSECONDS
    while found := await read_index(
        store, key, after=None, limit=AT_ONCE, newest_first=False, low=f"({after}", high=until
    ):
        for link in await read_links(store, workspace, [entry.id for entry in found]):
            await _enter_by(services, snapshot, published, link)
        after = found[-1].score
        await note_sweep(store, workspace, workflow, active.since, after)
    following = await read_index(
        store, key, after=None, limit=1, newest_first=False, low=f"({max(after, until)}"
    )
    made = following[0].score // MICROSECONDS if following else services.now()
    raise JobNotDue(max(made + age + 1, services.now() + PAUSE))


async def _enter_by(services: Services, snapshot: Snapshot, published: Published, link: Link) -> None:
    """Let the person of a link enter, once for each link."""
    filters = published.body.trigger.filters
    if link.bookings or link.revoked_at is not None or not link.email:
        return
    if filters and not (filters.page in {None, link.page} and filters.event_type in {None, link.event_type}):
        return
    email = normalise_email(link.email, test_addresses=services.test_addresses)
    contact = await find_contact(services.store, snapshot.workspace, email) if email else None
    if contact is not None and meets_filters(published.body.trigger, contact):
        entering = Entering(published=published, cause=f"link:{link.id}", link=link.id)
        await enter(services, snapshot, entering, contact.id)
