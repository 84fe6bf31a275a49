"""The step *Generate one-time booking link*: a link of the run's own, written with the run's move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.jobs.job import JobFailed
from admitone.domain.links.link import LinkOptions, Person
from admitone.domain.text import LINE, kept_name
from admitone.store.records.workflows.run_change import NewLink
from admitone.texts.message import message
from admitone.usecases.links.link_create import new_link_for
from admitone.usecases.runs.run_move import Did
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.services import Caller

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.people.user import User
    from admitone.domain.workflows.steps import GenerateLink
    from admitone.usecases.runs.run_move import Outcome
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services

NAMELESS = "?"
"""Stands for the name of a person while a link is made that has none."""


async def generate_link(services: Services, _: Job, state: RunState, step: GenerateLink) -> Outcome:
    """A link for the contact, made by the user whose mailbox sends, or who published.

    A contact without a name is asked for it on the form, whatever the step says of skipping. Raises
    JobFailed, Invalid, OneTimeNotOffered.
    """
    run, contact = state.run, state.contact
    name = kept_name(contact.name[:LINE])  # first and last name together may be longer than one name
    caller = Caller(state.snapshot, await sending_user(state))
    options = LinkOptions(
        page=step.page,
        event_type=step.event_type,
        skip_form=step.skip_form if name else False,
        expires_in_days=step.expires_in_days,
        on_cancel=step.on_cancel,
        channel="workflow",
    )
    fresh = await new_link_for(services, caller, options, Person(name or NAMELESS, contact.email))
    link = msgspec.structs.replace(fresh.link, run=run.id, name=name or None)
    event = msgspec.structs.replace(
        fresh.event,
        by="workflow",
        contact=run.contact,
        workflow=run.workflow,
        run=run.id,
        depth=run.depth + 1,
    )
    position, order = state.route.position(step), creation_order()
    return Did(link=NewLink(position, link, event, state.snapshot, order, fresh.day))


async def sending_user(state: RunState) -> User:
    """The user whose mailbox sends, else who published. Raises JobFailed if that user is gone."""
    found: User | None
    [found] = await state.snapshot.load(("user", state.published.sender))
    if found is None:
        raise JobFailed(message("The user who sends does not exist any more."))
    return found
