"""Invite a person by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import Busy, TooManyRequests, invalid
from admitone.domain.event import Event
from admitone.domain.people.invitation import LIFETIME, Invitation
from admitone.store.codes import Code
from admitone.store.records.budgets import recipient_hash
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import field_of
from admitone.texts.message import message
from admitone.usecases.accounts.invitations import InvitationView, invitation_id, seal_token, view_invitation
from admitone.usecases.accounts.user_find import find_by_name, normal_address
from admitone.usecases.shared.record_writes import (
    answer_to_keep,
    audited,
    creation_order,
    earlier_answer,
    final_answer,
)
from admitone.usecases.shared.records import all_stored
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.people.invitation import InvitationBody
    from admitone.usecases.shared.services import Caller, Services

OFTEN = message(
    "Many invitations were sent to this address or by this workspace within a day. Try again later."
)


async def create_invitation(services: Services, caller: Caller, body: InvitationBody) -> InvitationView:
    """The new invitation, which replaces earlier invitations of the same address.

    Raises Invalid (not an address, or the address of a user), TooManyRequests, IdempotencyKeyReused, Busy.
    """
    if (earlier := earlier_answer(services, caller, InvitationView)) is not None:
        return earlier
    email = normal_address(services, body.email)
    await _refuse_user(services, caller, email)
    now, token = services.now(), new_token(caller.workspace, tokens.INVITATION_LENGTH)
    invitation = Invitation(
        id=invitation_id(token),
        email=email,
        role=body.role,
        created_at=now,
        created_by=caller.user.id,
        expires_at=now + LIFETIME,
        token=seal_token(services, caller.workspace, token),
    )
    view = view_invitation(services, caller.workspace, invitation)
    replaced = await _replaced(services, caller, email)
    also = [field_of("invitation", one.id) for one in replaced]
    written = await write_config(
        services.store,
        caller.workspace,
        [_write(caller, invitation.id, invitation), *replaced],
        Event(
            type="invitation.created",
            at=now,
            by=caller.user.id,
            record=field_of("invitation", invitation.id),
        ),
        now=now,
        invited=recipient_hash(services.store, caller.workspace, email),
        operation=caller.operation,
        kept=answer_to_keep(services, caller, view),
        audit=audited(services, caller, "invitation", invitation.id, None, invitation, also=also),
    )
    if written.code is Code.MOVED:  # another call invites this address, or withdraws a replaced one
        raise Busy
    if written.code is Code.TOO_MANY:
        raise TooManyRequests(int(written.rest[0]), OFTEN)
    return final_answer(services, caller, written, view)


async def _refuse_user(services: Services, caller: Caller, email: str) -> None:
    """Refuse to invite a user of this workspace; an address of another workspace is not revealed."""
    found = await find_by_name(services, "address", email)
    if found is None or found[0] != caller.workspace:
        return
    if found[1].active:
        raise invalid("email", message("Somebody with this address is a user already."))
    raise invalid("email", message("A user with this address was deactivated. Activate them again instead."))


async def _replaced(services: Services, caller: Caller, email: str) -> list[RecordWrite]:
    """The writes that delete earlier invitations of the address."""
    earlier = [one for one in await all_stored(services, caller, "invitation") if one.email == email]
    await caller.snapshot.load(*(("invitation", one.id) for one in earlier))
    return [_write(caller, one.id, None) for one in earlier]


def _write(caller: Caller, record_id: str, invitation: Invitation | None) -> RecordWrite:
    version = caller.snapshot.version("invitation", record_id) if invitation is None else 0
    created = 0 if invitation is None else creation_order()
    return RecordWrite(
        kind="invitation", id=record_id, version=version, record=invitation, created_at=created
    )
