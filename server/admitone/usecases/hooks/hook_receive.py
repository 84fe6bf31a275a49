"""Receive an event at the inbound hook of a workflow, so that its contact may enter (docs/rules/hooks.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import Invalid, NotFound, TooManyRequests
from admitone.domain.event import Event
from admitone.domain.workflows.hook_data import contact_in, places_in, without
from admitone.store.codes import Code
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.workflows.hooks import (
    HookDelivery,
    HookMiss,
    HookSample,
    finish_event,
    receive_event,
)
from admitone.texts.kept_message import keep
from admitone.texts.message import message
from admitone.usecases.contacts.contact_check import contact_problems
from admitone.usecases.contacts.contact_merge import Writer, merge_contact
from admitone.usecases.shared.published_workflows import TRIGGERS, read_triggers
from admitone.usecases.workflows.hook_token import HOOK, hook_id

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import ContactBody
    from admitone.domain.workflows.workflow import Hook
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

Places = Mapping[str, str]
"""The values of an event by their places in it."""
NAMED_SECONDS = 86_400
"""For how long a delivery is recognised by the id that the sender gave it."""
UNNAMED_SECONDS = 60
"""For how long one without an id is recognised by its data: a double click, or a repetition at once."""
SHOWN = 200
"""Characters of a value in the kept event."""
NOT_PUBLISHED = message("No published version of the workflow starts by this hook.")
NO_ROOM = message("The contact has no room for what came.")


class Received(msgspec.Struct, frozen=True):
    """What came in one call; `delivery` is the id that the sender gave it, if any."""

    data: Mapping[str, Any]
    delivery: str | None = None


class StartsNothingError(Exception):
    """The event starts nothing, for a reason that names nobody."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def receive_hook(services: Services, text: str, received: Received) -> None:
    """Write the contact of an event, and let it enter the workflow; or list why the event starts nothing.

    A delivery that was carried out before changes nothing. Raises NotFound for an unknown token,
    TooManyRequests, Busy.
    """
    token = tokens.normalise(text, tokens.HOOK_LENGTH)
    if token is None:
        raise NotFound
    wanted = Wanted(records=((HOOK, hook_id(token)), TRIGGERS))
    snapshot = await read_snapshot(services.store, token[: tokens.WORKSPACE_LENGTH], wanted)
    hook: Hook | None = snapshot.find(HOOK, hook_id(token))
    if hook is None:
        raise NotFound
    places = places_in(received.data)
    delivery = _delivery(services, snapshot.workspace, hook, received, places)
    answer = await receive_event(services.store, delivery, HookSample(services.now(), _shown(places)))
    if answer.code is Code.TOO_MANY:
        raise TooManyRequests(int(answer.rest[0]))
    if answer.code is Code.OK:
        await _carry_out(services, snapshot, delivery, places)


async def _carry_out(services: Services, snapshot: Snapshot, delivery: HookDelivery, places: Places) -> None:
    """Write the contact and publish the event.

    If this ends in between, the sender has no answer and sends again, which does the rest.
    """
    try:
        body = await _contact(services, snapshot, delivery.workflow, places)
        contact = await _merged(services, delivery, body)
    except StartsNothingError as missed:
        miss = HookMiss(services.now(), str(missed.reason), keep(missed.reason))
        await finish_event(services.store, delivery, miss=miss)
        return
    event = Event(
        type="hook.received",
        at=services.now(),
        by="system",
        contact=contact,
        workflow=delivery.workflow,
    )
    await finish_event(services.store, delivery, event=event)


async def _contact(services: Services, snapshot: Snapshot, workflow: str, places: Places) -> ContactBody:
    """The contact in an event, without details that no contact can have; raises StartsNothingError."""
    active = (await read_triggers(snapshot)).find(workflow)
    if active is None or active.trigger.kind != "hook":
        raise StartsNothingError(NOT_PUBLISHED)
    mapping = active.trigger.map or {}
    body, place = contact_in(places, mapping), mapping.get("email", "")
    if not body.email:
        raise StartsNothingError(message("The data have no email address at %(place)s.", place=place))
    wrong = {problem.field for problem in contact_problems(services, "", body)}
    if "email" in wrong:
        raise StartsNothingError(message("The value at %(place)s is not an email address.", place=place))
    return without(body, wrong)


async def _merged(services: Services, delivery: HookDelivery, body: ContactBody) -> str:
    """The id of the contact, with what came; raises StartsNothingError."""
    writer = Writer(by="system", workflow=delivery.workflow)
    try:
        return (await merge_contact(services, delivery.workspace, body, writer)).id
    except Invalid:
        raise StartsNothingError(NO_ROOM) from None


def _delivery(services: Services, workspace: str, hook: Hook, sent: Received, places: Places) -> HookDelivery:
    """The delivery, named by a keyed hash: neither ids of others nor data are readable in Redis."""
    digest = services.store.sealer.digest
    if sent.delivery:
        return HookDelivery(workspace, hook.workflow, digest("hook delivery", sent.delivery), NAMED_SECONDS)
    data = msgspec.json.encode(places).decode()
    return HookDelivery(workspace, hook.workflow, digest("hook data", data), UNNAMED_SECONDS)


def _shown(places: Places) -> dict[str, str]:
    """The places with values that are short enough to be looked at."""
    return {place: value[:SHOWN] for place, value in places.items()}
