"""The demo's contacts and its workflow, which is published and starts by hand only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.contacts.contact import ContactBody
from admitone.domain.workflows.recipes import RECIPES
from admitone.domain.workflows.steps import GenerateLink
from admitone.domain.workflows.trigger import Trigger
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.contacts.contact_merge import Writer, merge_contacts
from admitone.usecases.shared.services import Caller
from admitone.usecases.workflows.workflow_publish import Publishing, publish_workflow
from admitone.usecases.workflows.workflow_write import WORKFLOW
from admitone.usecases.workflows.workflows import create_workflow

if TYPE_CHECKING:
    from admitone.commands.demo_seed import Demo
    from admitone.usecases.shared.services import Services

PEOPLE = (
    ("nina@customer.test", "Nina", "Olsen", "Europe/Oslo"),
    ("jun@customer.test", "Jun", "Tanaka", "Asia/Tokyo"),
    ("rosa@customer.test", "Rosa", "Lima", "America/Sao_Paulo"),
)


async def seed_workflow(services: Services, demo: Demo) -> None:
    """Create the contacts and the workflow, unless the demo has a workflow."""
    caller = Caller(await read_snapshot(services.store, demo.workspace, Wanted()), demo.administrator)
    if await caller.snapshot.ids(WORKFLOW):
        return
    people = [
        ContactBody(email=email, first_name=first, last_name=last, timezone=zone, tags=["demo"])
        for email, first, last, zone in PEOPLE
    ]
    await merge_contacts(services, demo.workspace, people, Writer(by=demo.administrator.id))
    draft = RECIPES["new-lead"].draft(str)
    steps = [
        msgspec.structs.replace(step, page=demo.page) if isinstance(step, GenerateLink) else step
        for step in draft.steps
    ]
    body = msgspec.structs.replace(
        draft, trigger=Trigger(kind="manual"), steps=steps, sender=demo.administrator.id
    )
    made = await create_workflow(services, caller, body)
    caller = Caller(await read_snapshot(services.store, demo.workspace, Wanted()), demo.administrator)
    await publish_workflow(services, caller, made.id, Publishing())
