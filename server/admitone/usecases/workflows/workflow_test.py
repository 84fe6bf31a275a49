"""Try a workflow's draft with a contact: what each step would do, without doing it.

No link is made, nothing is changed, and no mail goes to anybody but the caller.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from admitone.domain.errors import ScopeMissing, invalid
from admitone.domain.people.reader import reader_for
from admitone.domain.workflows.check import publish_problems
from admitone.domain.workflows.draft import placed_steps
from admitone.domain.workflows.steps import NotifyHost, SendEmail
from admitone.store.records.contacts.contacts import read_contacts
from admitone.store.records.contacts.unsubscribed import is_unsubscribed
from admitone.texts.catalogues import ENGLISH
from admitone.texts.message import message
from admitone.usecases.workflows.workflow_check import known_records
from admitone.usecases.workflows.workflow_test_mail import send_to_caller
from admitone.usecases.workflows.workflow_test_view import TriedWorkflow
from admitone.usecases.workflows.workflow_test_walk import Tried, Walk, first_problems
from admitone.usecases.workflows.workflow_write import read_workflow

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.domain.workflows.known import Known
    from admitone.domain.workflows.workflow import WorkflowBody
    from admitone.usecases.shared.services import Caller, Services
    from admitone.usecases.workflows.workflow_test_view import TryBody


async def test_workflow(services: Services, caller: Caller, workflow: str, body: TryBody) -> TriedWorkflow:
    """What would become of the contact in the draft as it is; raises NotFound, and Invalid for no contact.

    Waits end at once, and each link is a sample that nobody opens or books. Raises ScopeMissing for an API
    key that may not read contacts: the draft's texts show everything that is known of this one.
    """
    if not caller.may("contacts:read"):
        raise ScopeMissing("contacts:read")
    draft = (await read_workflow(caller, workflow)).draft
    contacts = await read_contacts(services.store, caller.workspace, [body.contact])
    if not contacts:
        raise invalid("contact", message("There is no such contact."))
    contact, settings = contacts[0], await caller.snapshot.settings()
    known = await known_records(services, caller, draft)
    users: list[User | None] = await caller.snapshot.load(("user", draft.sender)) if draft.sender else [None]
    tried = Tried(
        body=draft,
        contact=contact,
        is_unsubscribed=await is_unsubscribed(services.store, caller.workspace, contact.email),
        settings=settings,
        sender=users[0],
        known=known,
        problems=await _problems(services, draft, known),
        reader=reader_for([contact.locale or settings.locale or ENGLISH]),
    )
    sender = draft.sender or caller.user.id
    send = partial(send_to_caller, services, caller, sender, tried.reader) if body.send_to_me else None
    walk = Walk(services, tried, send)
    await walk.go()
    return TriedWorkflow(contact=contact.id, steps=walk.steps)


async def _problems(services: Services, draft: WorkflowBody, known: Known) -> dict[str, str]:
    """The first problem of each step, by the step's id; a missing sender is a problem of those that mail."""
    problems = await services.mail.renderer.run(publish_problems, draft, known)
    told = {problem.field: problem.message for problem in reversed(problems)}
    steps = [*placed_steps(draft.steps)]
    found = first_problems([(place, step.id) for place, step in steps], dict(reversed(told.items())))
    if "sender" in told:
        mailing = (step.id for _, step in steps if isinstance(step, SendEmail | NotifyHost))
        found = dict.fromkeys(mailing, told["sender"]) | found
    return found
