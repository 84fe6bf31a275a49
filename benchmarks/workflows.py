"""Workflows: enrolments a second, and links and mails a second with one worker and with two.

Contacts enter as the API lets them. The rate of mailboxes does not count here: each twenty contacts have a
workflow and a sender of their own. Nothing sends the mails, which are kept.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.app import opened_store
from admitone.config import Config
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.contacts.contact import Contact
from admitone.domain.event import Event
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType, Location
from admitone.domain.people.user import Settings, User
from admitone.domain.workflows.workflow import ActiveTriggers, Published, Workflow, WorkflowBody, version_id
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import ContactChange, write_contacts
from admitone.store.records.operations import new_operation
from admitone.store.records.workflows.run_writes import read_figures
from admitone.usecases.runs.enter import Entering, enter, read_published
from admitone.usecases.shared.services import Services
from admitone.usecases.webhooks.webhook_list import WEBHOOKS
from benchmarks.processes import environment, running_redis, running_workers

if TYPE_CHECKING:
    from admitone.store.store import Store

CONTACTS = 1000
AT_ONCE = 20
"""Runs of one mailbox that begin within a minute."""
CLIENTS = 50
WORKSPACE = "0ABC"
STEPS: list[dict[str, Any]] = [
    {"id": "link", "kind": "generate_one_time_booking_link", "page": "page"},
    {
        "id": "mail",
        "kind": "send_email",
        "subject": "Hello {{ contact.first_name }}",
        "text": "Book here: {{ generate_one_time_booking_link.one_time_link }}",
    },
]


class Rate(msgspec.Struct, frozen=True):
    """How many a second."""

    what: str
    a_second: float


async def measure() -> list[Rate]:
    """Enrol and work off, with one worker and with two."""
    rows: list[Rate] = []
    for workers in (1, 2):
        with running_redis() as redis:
            async with opened_store(_config(redis.address)) as store:
                rows += await _measure(store, redis.address, workers)
    return rows


def _config(url: str) -> Config:
    return Config(environment(url))


async def _measure(store: Store, url: str, workers: int) -> list[Rate]:
    await _prepare(store)
    services = Services(store, lambda: int(time.time()), "http://127.0.0.1:8080", test_addresses=True)
    began = time.perf_counter()
    await asyncio.gather(*(_enrol(services, client) for client in range(CLIENTS)))
    entered = time.perf_counter()
    with running_workers(url, workers):
        start = time.perf_counter()
        while await _done(store) < CONTACTS:  # noqa: ASYNC110 - other processes do it
            await asyncio.sleep(0.05)
        ended = time.perf_counter()
    return [
        Rate("enrolments", CONTACTS / (entered - began)),
        Rate(f"links and mails, workers: {workers}", CONTACTS / (ended - start)),
    ]


async def _enrol(services: Services, client: int) -> None:
    for number in range(client, CONTACTS, CLIENTS):
        snapshot = await read_snapshot(services.store, WORKSPACE, Wanted(records=(WEBHOOKS,)))
        published = await read_published(snapshot, _workflow(number))
        assert published is not None
        await enter(services, snapshot, Entering(published=published, cause="bench"), f"contact{number}")


async def _done(store: Store) -> int:
    workflows = {_workflow(number) for number in range(CONTACTS)}
    figures = await asyncio.gather(*(read_figures(store, WORKSPACE, one) for one in workflows))
    return sum(found.get("done", 0) for found, _ in figures)


def _workflow(number: int) -> str:
    return f"workflow{number // AT_ONCE}"


async def _prepare(store: Store) -> None:
    """The workspace, its contacts, and a workflow with a sender of its own for each twenty of them."""
    now = int(time.time())
    hours = (("09:00", "17:00"),)
    schedule = Schedule("Europe/Paris", Weekly(mon=hours, tue=hours, wed=hours))
    event_type = EventType(
        id="type", created_at=now, name="Half an hour", duration_minutes=30, location=Location("phone")
    )
    page = BookingPage(
        id="page",
        created_at=now,
        owner="user0",
        title="Talk to us",
        slug="talk-to-us",
        schedule=schedule,
        event_types=["type"],
    )
    records: list[tuple[str, str, Any]] = [
        ("settings", "-", Settings(name="Acme", created_at=now, mails_per_day=10_000)),
        ("event_type", "type", event_type),
        ("booking_page", "page", page),
        ("workflow_triggers", "-", ActiveTriggers()),
    ]
    for start in range(0, CONTACTS, AT_ONCE):
        records += _a_workflow(start, now)
    for first in range(0, len(records), 100):
        writes = [
            RecordWrite(kind=kind, id=record_id, version=0, record=record, created_at=now)
            for kind, record_id, record in records[first : first + 100]
        ]
        await write_config(store, WORKSPACE, writes, Event(type="config.created", at=now, by="x"), now=now)
    for first in range(0, CONTACTS, 1000):
        changes = [
            ContactChange(
                None,
                Contact(id=f"contact{number}", email=f"c{number}@customer.test", created_at=now),
            )
            for number in range(first, min(first + 1000, CONTACTS))
        ]
        created = (now + first) * 1_000_000
        await write_contacts(
            store, WORKSPACE, changes, [], created=created, operation=new_operation(), kept=""
        )


def _a_workflow(start: int, now: int) -> list[tuple[str, str, Any]]:
    workflow, sender = _workflow(start), f"user{start}"
    body = msgspec.convert({"name": workflow, "steps": STEPS, "sender": sender}, WorkflowBody)
    record = Workflow(id=workflow, created_at=now, changed_at=now, draft=body, versions=1, is_published=True)
    published = Published(workflow=workflow, number=1, published_at=now, published_by=sender, body=body)
    user = User(id=sender, email=f"{sender}@host.test", name="Hanna Host", role="member", created_at=now)
    return [
        ("user", sender, user),
        ("workflow", workflow, record),
        ("workflow_version", version_id(workflow, 1), published),
    ]
