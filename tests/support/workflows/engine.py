"""A workspace with published workflows, its contacts, and workers that carry their runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.jobs.job import JobDelayed
from admitone.domain.mail.unsubscribe_token import make_token, read_token
from admitone.domain.workflows.trigger import Trigger
from admitone.domain.workflows.workflow import (
    ActiveTrigger,
    ActiveTriggers,
    Published,
    Workflow,
    WorkflowBody,
    version_id,
)
from admitone.store.codes import Code
from admitone.store.outbox.outbox import put_in
from admitone.store.records.configuration.configuration import RecordWrite, read_records, write_config
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import read_contacts
from admitone.store.records.contacts.unsubscribed import unsubscribe
from admitone.store.records.documents import event_text
from admitone.store.records.links import open_link
from admitone.store.records.workflows.run_writes import read_figures
from admitone.store.records.workflows.runs import read_contact_runs, read_runs
from admitone.usecases.runs.admit import admit_waiting
from admitone.usecases.runs.enrol_everyone import enrol_everyone, read_enrolment
from admitone.usecases.runs.enter import Entering, enter, read_published
from admitone.usecases.runs.run_control import change_run_by_hand
from admitone.usecases.runs.run_step import step_run
from admitone.usecases.shared.services import Caller
from admitone.usecases.webhooks.webhook_list import WEBHOOKS
from admitone.worker.jobs import JOBS
from admitone.worker.worker import CONCURRENCY, Worker
from tests.support.factories import NOW, WORKSPACE, a_booking, a_job, an_event
from tests.support.store.actions import (
    put_contact,
    read,
    the_booking,
    the_link,
    try_book,
    try_revoke,
)
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.event import Event, EventKind
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link
    from admitone.domain.workflows.run import Run
    from admitone.usecases.runs.enrol_everyone import EnrolmentView
    from admitone.usecases.runs.run_control import RunAction
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

IGNORED = {"calendar.write", "calendar.catch_up", "mail.customer", "mail.hosts", "mail.reminder"}
LINK: dict[str, Any] = {"id": "link", "kind": "generate_one_time_booking_link", "page": "page"}
MAIL: dict[str, Any] = {
    "id": "mail",
    "kind": "send_email",
    "subject": "Hello {{ contact.first_name }}",
    "text": "Book here: {{ generate_one_time_booking_link.one_time_link }}",
}
WORKFLOW = "workflow"


def steps(*given: dict[str, Any]) -> list[dict[str, Any]]:
    """Steps as JSON has them; those without an id get one."""
    return [{"id": f"step_{place}", **step} for place, step in enumerate(given, 1)]


def a_body(*given: dict[str, Any], **changes: Any) -> WorkflowBody:
    """A workflow with these steps, which Hanna sends."""
    body = {"name": "Leads", "steps": steps(*given), "sender": "user", **changes}
    return msgspec.convert(body, WorkflowBody)


class Engine:
    """The engine of workflows at work in one workspace; its worker does `at_once` jobs at the same time."""

    def __init__(self, workspace: WorkspaceWithMail, *, at_once: int = CONCURRENCY) -> None:
        self._at_once = at_once
        self.mail = workspace
        self.store = workspace.store
        self.clock = workspace.clock

    async def publish(self, *given: dict[str, Any], workflow: str = WORKFLOW, **changes: Any) -> Published:
        """Publish a workflow, or the next version of one."""
        body = a_body(*given, **changes)
        snapshot = await read(self.store)
        [before, triggers] = await snapshot.load(("workflow", workflow), ("workflow_triggers", "-"))
        number = before.versions + 1 if before else 1
        now = self.clock()
        record = Workflow(
            id=workflow, created_at=NOW, changed_at=now, draft=body, versions=number, is_published=True
        )
        published = Published(
            workflow=workflow, number=number, published_at=now, published_by="user", body=body
        )
        present = triggers.find(workflow) if triggers else None
        since = present.since if present and present.trigger == body.trigger else now
        active = ActiveTrigger(workflow=workflow, version=number, since=since, trigger=body.trigger)
        others = [item for item in (triggers.items if triggers else ()) if item.workflow != workflow]
        await self._write(
            ("workflow", workflow, record),
            ("workflow_version", version_id(workflow, number), published),
            ("workflow_triggers", "-", ActiveTriggers([*others, active])),
        )
        return published

    async def change_workflow(self, workflow: str = WORKFLOW, **changes: Any) -> None:
        """Change the record of a workflow: pause it, unpublish it."""
        [before] = await read_records(self.store, WORKSPACE, "workflow", [workflow])
        await self._write(
            ("workflow", workflow, msgspec.structs.replace(before, **changes)), event="workflow.unpublished"
        )

    async def delete(self, workflow: str = WORKFLOW) -> None:
        """Delete the record of a workflow; its jobs do the rest."""
        snapshot = await read(self.store)
        await snapshot.load(("workflow", workflow))
        gone = RecordWrite(
            kind="workflow",
            id=workflow,
            version=snapshot.version("workflow", workflow),
            record=None,
            created_at=NOW,
        )
        said = an_event("config.deleted", at=self.clock(), workflow=workflow, record=f"workflow:{workflow}")
        assert (await write_config(self.store, WORKSPACE, [gone], said, now=self.clock())).code is Code.OK

    async def _write(self, *records: tuple[str, str, Any], event: EventKind = "workflow.published") -> None:
        snapshot = await read(self.store)
        await snapshot.load(*((kind, record_id) for kind, record_id, _ in records))
        writes = [
            RecordWrite(
                kind=kind,
                id=record_id,
                version=snapshot.version(kind, record_id),
                record=record,
                created_at=NOW,
            )
            for kind, record_id, record in records
        ]
        said = an_event(
            event, at=self.clock(), workflow=records[0][1], record=f"{records[0][0]}:{records[0][1]}"
        )
        answer = await write_config(self.store, WORKSPACE, writes, said, now=self.clock())
        assert answer.code is Code.OK

    async def contact(self, **fields: Any) -> Contact:
        """A contact, whose creation starts workflows with that trigger."""
        defaults = {"first_name": "Carla", "last_name": "Customer", "created_at": self.clock()}
        return await put_contact(self.store, **defaults | fields)

    async def enter(
        self, contact: Contact | str, workflow: str = WORKFLOW, cause: str = "test", **fields: Any
    ) -> Code:
        """Let a contact enter."""
        snapshot = await read_snapshot(self.store, WORKSPACE, Wanted(records=(WEBHOOKS,)))
        published = await read_published(snapshot, workflow)
        assert published
        contact_id = contact if isinstance(contact, str) else contact.id
        entering = Entering(published=published, cause=cause, **fields)
        return await enter(self.mail.services, snapshot, entering, contact_id)

    async def enrol(self, tag: str | None = None, **caller: Any) -> EnrolmentView:
        """An administrator begins to enrol everyone, or everyone with a tag."""
        return await enrol_everyone(self.mail.services, await self.admin(**caller), WORKFLOW, tag)

    async def enrolment(self, begun: EnrolmentView) -> EnrolmentView:
        """The enrolment as it is now."""
        return await read_enrolment(self.mail.services, await self.admin(), WORKFLOW, begun.id)

    async def admin(self, **caller: Any) -> Caller:
        """An administrator who calls."""
        [user] = await read_records(self.store, WORKSPACE, "user", ["user"])
        return Caller(await read(self.store), user, **caller)

    async def entered(self, contact: Contact | str, workflow: str = WORKFLOW, **fields: Any) -> Run:
        """Let a contact enter, and do all that is due; the run as it is then."""
        assert await self.enter(contact, workflow, **fields) is Code.OK
        await self.work()
        return await self.run_of(contact, workflow)

    async def happen(self, event: Event) -> None:
        """Something happens that no script of a test writes."""
        keys = self.store.keys(WORKSPACE)
        fields = {"workspace": WORKSPACE, "event": event_text(event)}
        await self.store.client.xadd(keys.jobs, fields)  # type: ignore[arg-type]

    async def figures(self, workflow: str = WORKFLOW) -> dict[str, int]:
        """The figures of a workflow."""
        return (await read_figures(self.store, WORKSPACE, workflow))[0]

    async def work(self) -> None:
        """Do everything that is due now, except calendars and the mails of bookings."""
        jobs = {**JOBS, **dict.fromkeys(IGNORED, _nothing)}
        worker = Worker(self.mail.services, "worker", jobs=jobs, concurrency=self._at_once)
        await work_off(worker)
        await worker.close()

    async def later(self, **time: float) -> None:
        """Let time pass, and do everything that is due then."""
        self.clock.forward(**time)  # type: ignore[arg-type]
        await self.work()

    async def run_of(self, contact: Contact | str, workflow: str = WORKFLOW) -> Run:
        """The latest run of a contact."""
        contact_id = contact if isinstance(contact, str) else contact.id
        return next(run for run in await self.runs_of(contact_id) if run.workflow == workflow)

    async def runs_of(self, contact: str) -> list[Run]:
        """All runs of a contact, newest first."""
        return await read_contact_runs(self.store, WORKSPACE, contact)

    async def again(self, run: Run) -> Run:
        """The run as it is now."""
        [found] = await read_runs(self.store, WORKSPACE, [run.id])
        return found

    async def contact_now(self, contact: Contact | str) -> Contact:
        """The contact as it is now."""
        contact_id = contact if isinstance(contact, str) else contact.id
        [found] = await read_contacts(self.store, WORKSPACE, [contact_id])
        return found

    async def link_of(self, run: Run) -> Link:
        """The newest link that the run made."""
        assert run.newest_link
        return await the_link(self.store, run.newest_link)

    async def open(self, link: str) -> None:
        """A person opens the page of a link."""
        event = an_event("link.opened", link=link, at=self.clock(), by="customer")
        await open_link(self.store, WORKSPACE, await the_link(self.store, link), event, self.clock())

    async def revoke(self, link: str) -> None:
        """The host revokes a link."""
        assert (await try_revoke(self.store, link, now=self.clock())).code is Code.OK

    async def unsubscribe(self, contact: Contact) -> None:
        """The contact unsubscribes."""
        key = await self.store.unsubscribe_key.make()
        named = read_token(key, make_token(key, WORKSPACE, contact.id, contact.email))
        assert named
        await unsubscribe(self.store, named, None, self.clock())

    async def note_booked(self, contact: Contact) -> None:
        """The contact books, by a page that no run knows."""
        key = self.store.keys(WORKSPACE).contact(contact.id)
        await self.store.client.hset(key, "booked", str(self.clock()))

    async def by_hand(self, run: Run, action: RunAction) -> None:
        """An administrator retries, skips or stops a run."""
        await change_run_by_hand(self.mail.services, await self.admin(), run.id, action)

    async def admit(self, workflow: str = WORKFLOW) -> None:
        """Admit the runs that wait, as far as the rate allows; their own jobs are left."""
        await admit_waiting(self.mail.services, a_job("workflow.admit", event=an_event(record=workflow)))

    async def go_on(self, run: Run) -> None:
        """Do the job of a run, again and again as long as it is put off."""
        for _ in range(20):
            try:
                await step_run(self.mail.services, a_job("run.step", event=an_event("timer.due", run=run.id)))
            except JobDelayed:
                self.clock.forward(minutes=5)
            else:
                return
        raise AssertionError("the run does not go on")

    async def put(self, job: Job) -> None:
        """Put a job in that is due now."""
        await put_in(self.store, WORKSPACE, [msgspec.json.encode(job).decode()])

    async def clear_pause(self) -> None:
        """The time of Redis passes for which Google asked for no more mails."""
        await self.store.client.delete(self.store.keys(WORKSPACE).mailbox_pause("user"))

    async def book(self, link: str | None, **fields: Any) -> Booking:
        """A customer books by a link."""
        booking = a_booking(link=link, **{"start": self.clock() + 86_400} | fields)
        answer = await try_book(self.store, booking, now=self.clock())
        assert answer.code is Code.OK, answer
        return await the_booking(self.store, booking.id)


def told(run: Run) -> list[tuple[int, str, str]]:
    """The history of a run: position, status and reason of each entry."""
    return [(entry.position, entry.status, entry.why) for entry in run.history]


def trigger(kind: str, **more: Any) -> Trigger:
    """A trigger."""
    return msgspec.convert({"kind": kind, **more}, Trigger)


async def _nothing(services: object, job: object) -> None:
    """Ignore a job of another part."""
