"""Invite somebody by mail."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from admitone.domain import tokens
from admitone.domain.errors import Busy, invalid
from admitone.domain.event import Event
from admitone.domain.people.invitation import LIFETIME, Invitation
from admitone.store.codes import Code
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.store.records.configuration_cache import field_of
from admitone.store.records.operations import keep_answer, kept_answer
from admitone.usecases.accounts.invitations import invitation_id, seal_token, view_invitation
from admitone.usecases.accounts.user_find import find_by_name, normal_address
from admitone.usecases.shared.config_change import earlier_answer
from admitone.usecases.shared.config_list import all_config
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.people.invitation import InvitationBody
    from admitone.usecases.shared.services import Caller, Services


async def create_invitation(services: Services, caller: Caller, body: InvitationBody) -> Any:
    """An `InvitationView`, which takes the place of earlier invitations of the same address.

    Raises Invalid (no address, or a user's), IdempotencyKeyReused, Busy.
    """
    if (earlier := earlier_answer(services, caller)) is not None:
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
    operation = caller.operation
    written = await write_config(
        services.store,
        caller.workspace,
        [_write(caller, invitation.id, invitation), *await _replaced(services, caller, email)],
        Event(
            type="invitation.created",
            at=now,
            by=caller.user.id,
            record=field_of("invitation", invitation.id),
        ),
        now=now,
        operation=operation,
        kept=keep_answer(operation, view, services.store.sealer) if operation else "",
    )
    if written.code is Code.MOVED:  # somebody invites the same address, or withdraws what this replaces
        raise Busy
    if written.code is Code.APPLIED and operation:
        return kept_answer(operation, written.rest[0], services.store.sealer)
    return view


async def _refuse_user(services: Services, caller: Caller, email: str) -> None:
    """Refuse to invite a user of this workspace; whether another one has the address is not told."""
    found = await find_by_name(services, "address", email)
    if found is None or found[0] != caller.workspace:
        return
    if found[1].active:
        raise invalid("email", "Somebody with this address is a user already.")
    raise invalid("email", "A user with this address was deactivated. Activate them again instead.")


async def _replaced(services: Services, caller: Caller, email: str) -> list[RecordWrite]:
    """What takes the earlier invitations of the address away."""
    earlier = [one for one in await all_config(services, caller, "invitation") if one.email == email]
    await caller.snapshot.load(*(("invitation", one.id) for one in earlier))
    return [_write(caller, one.id, None) for one in earlier]


def _write(caller: Caller, record_id: str, invitation: Invitation | None) -> RecordWrite:
    version = caller.snapshot.version("invitation", record_id) if invitation is None else 0
    created = 0 if invitation is None else time.time_ns() // 1000
    return RecordWrite(
        kind="invitation", id=record_id, version=version, record=invitation, created_at=created
    )
