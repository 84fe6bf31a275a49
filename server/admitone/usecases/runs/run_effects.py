"""The effect of each kind of step. Each function says what became of the step; `run_step.py` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import VALUE
from admitone.domain.contacts.merge import Cause, contact_events, kept_fields, kept_tags, size_problems
from admitone.domain.jobs.job import JobFailed
from admitone.domain.workflows.steps import (
    AddTags,
    Branch,
    CallWebhook,
    GenerateLink,
    NotifyHost,
    RemoveTags,
    SendEmail,
    SetField,
    Stop,
    Wait,
)
from admitone.domain.workflows.waits import WaitImpossible, judge_wait
from admitone.store.records.contacts.contacts import ContactChange
from admitone.texts.message import message
from admitone.usecases.runs.run_link import generate_link
from admitone.usecases.runs.run_mail import notify_host, send_email
from admitone.usecases.runs.run_move import Did, Holds, Outcome, Stops
from admitone.usecases.runs.run_values import rendered, values_of
from admitone.usecases.runs.run_webhook import call_webhook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from admitone.domain.contacts.contact import Contact
    from admitone.domain.jobs.job import Job
    from admitone.domain.workflows.steps import Step
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services


async def perform(services: Services, job: Job, state: RunState, step: Step) -> Outcome:
    """Do what the step does, as far as that is not part of the script that moves the run on.

    Raises JobDelayed, JobFailed, JobNotDue, and refusals.
    """
    return await _EFFECTS[type(step)](services, job, state, step)


async def _wait(services: Services, _: Job, state: RunState, step: Wait) -> Outcome:
    run, booking = state.run, state.booking.id if state.booking else None
    begun_at = run.begun_at or services.now()
    try:
        found = judge_wait(step, begun_at, run.until if run.begun_at else None, state.facts)
    except WaitImpossible as impossible:
        raise JobFailed(impossible.sentence) from None
    attended = booking if step.booking is not None else None
    if found.verdict == "stop":
        return Stops("cancelled")
    if found.verdict == "going":
        return Holds(found.until, begun_at, attended)
    return Did(why=found.by, attended=attended if run.begun_at else None)


async def _add_tags(services: Services, _: Job, state: RunState, step: AddTags) -> Outcome:
    tags = kept_tags([*state.contact.tags, *step.tags])
    return _changed(services, state, msgspec.structs.replace(state.contact, tags=tags))


async def _remove_tags(services: Services, _: Job, state: RunState, step: RemoveTags) -> Outcome:
    gone = set(kept_tags(step.tags))
    tags = tuple(tag for tag in state.contact.tags if tag not in gone)
    return _changed(services, state, msgspec.structs.replace(state.contact, tags=tags))


async def _set_field(services: Services, _: Job, state: RunState, step: SetField) -> Outcome:
    text = await rendered(services, step.value, await values_of(services, state))
    if len(text) > VALUE:
        raise JobFailed(message("The value has more than %(most)s characters.", most=VALUE))
    fields = kept_fields({**state.contact.fields, step.name: " ".join(text.split())})
    return _changed(services, state, msgspec.structs.replace(state.contact, fields=fields))


async def _stop(*_: Any) -> Outcome:
    return Did(is_last=True)


async def _pass(*_: Any) -> Outcome:
    raise AssertionError("a run never stands at an If/else")


def _changed(services: Services, state: RunState, after: Contact) -> Did:
    """The step is done; with a change of the contact, unless the contact is like this already.

    Raises JobFailed if the contact has no room: with more than it may have, nothing could be merged into it.
    """
    before, run = state.contact, state.run
    if after == before:
        return Did()
    for problem in size_problems("", after):
        raise JobFailed(problem.message)
    cause = Cause(at=services.now(), by="workflow", workflow=run.workflow, run=run.id, depth=run.depth + 1)
    return Did(contact=ContactChange(before, after, contact_events(before, after, cause)))


_EFFECTS: Mapping[type, Callable[[Services, Job, RunState, Any], Awaitable[Outcome]]] = {
    AddTags: _add_tags,
    Branch: _pass,
    CallWebhook: call_webhook,
    GenerateLink: generate_link,
    NotifyHost: notify_host,
    RemoveTags: _remove_tags,
    SendEmail: send_email,
    SetField: _set_field,
    Stop: _stop,
    Wait: _wait,
}
