"""Invitations as administrators see them, and their withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain import tokens
from admitone.domain.instant import Instant
from admitone.domain.people.invitation import InvitationBody
from admitone.domain.people.user import Role
from admitone.sealing import Kept
from admitone.usecases.shared.listing import Listing, ListQuery, map_listing
from admitone.usecases.shared.record_writes import existing, remove_record
from admitone.usecases.shared.records import stored_records
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.people.invitation import Invitation
    from admitone.usecases.shared.services import Caller, Services


class InvitationView(InvitationBody, frozen=True, kw_only=True):
    """An invitation; `accept_url` is the link that was mailed, for whoever wants to send it another way.

    It is null for an API key without `settings:write`.
    """

    id: str
    url: str
    status: Literal["pending", "expired"]
    created_at: Instant
    created_by: str
    expires_at: Instant
    accept_url: str | None


class Invited(msgspec.Struct, frozen=True):
    """The content of an invitation's page; `inviter` is a name, None if that user was deleted."""

    workspace: str
    inviter: str | None
    email: str
    role: Role


def view_invitation(services: Services, workspace: str, invitation: Invitation) -> InvitationView:
    """The view of an invitation of `workspace`."""
    token = open_token(services, workspace, invitation)
    return InvitationView(
        id=invitation.id,
        url=f"{services.public_url}/api/v1/invitations/{invitation.id}",
        email=invitation.email,
        role=invitation.role,
        status="pending" if services.now() < invitation.expires_at else "expired",
        created_at=Instant(invitation.created_at),
        created_by=invitation.created_by,
        expires_at=Instant(invitation.expires_at),
        accept_url=accept_url(services, token),
    )


def accept_url(services: Services, token: str) -> str:
    """The address at which an invitation is accepted."""
    return f"{services.public_url}/invite/{token}"


def invitation_id(token: str) -> str:
    """The id of an invitation's record, which holds the token sealed only."""
    return tokens.address("invitation", token)


def seal_token(services: Services, workspace: str, token: str) -> str:
    """The token, sealed for the record of its invitation."""
    return services.store.sealer.seal(Kept.INVITATION, f"{workspace}:{invitation_id(token)}", token.encode())


def open_token(services: Services, workspace: str, invitation: Invitation) -> str:
    """The token of an invitation, so that its link can be shown again."""
    return services.store.sealer.open(
        Kept.INVITATION, f"{workspace}:{invitation.id}", invitation.token
    ).decode()


async def list_invitations(services: Services, caller: Caller, query: ListQuery) -> Listing[InvitationView]:
    """One part of the invitations that were neither accepted nor withdrawn.

    Raises Invalid for a bad cursor.
    """
    found = await stored_records(services, caller, "invitation", query)

    def shown(invitation: Invitation) -> InvitationView:
        view = view_invitation(services, caller.workspace, invitation)
        return view if caller.may("settings:write") else msgspec.structs.replace(view, accept_url=None)

    return map_listing(found, shown)


async def delete_invitation(services: Services, caller: Caller, invitation: str) -> None:
    """Withdraw an invitation; raises NotFound, Busy."""

    async def attempt(caller: Caller) -> bool | None:
        await existing(caller, "invitation", invitation)
        return True if await remove_record(services, caller, "invitation", invitation) else None

    await settle(caller, attempt)
