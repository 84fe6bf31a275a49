"""Accept an invitation: the person whom Google has identified becomes a user of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import (
    AddressInUse,
    AlreadyElsewhere,
    InvitationForAnother,
    InvitationGone,
)
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.usecases.accounts.invitations import Invited, invitation_id
from admitone.usecases.accounts.sign_in import (
    NOTHING_TOLD,
    Joined,
    SignedIn,
    join_prepared,
    start_session,
)
from admitone.usecases.accounts.user_create import NewUser, add_user
from admitone.usecases.accounts.user_find import find_by_name
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from admitone.domain.people.invitation import Invitation
    from admitone.domain.people.seen import Seen
    from admitone.domain.people.user import User
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.accounts.first_page import Start
    from admitone.usecases.accounts.sign_in import Identity
    from admitone.usecases.shared.services import Services


async def show_invitation(services: Services, token: str) -> Invited:
    """The workspace, who invites, and who is invited; raises InvitationGone. This consumes nothing."""
    snapshot, invitation = await _read(services, token)
    if invitation is None:
        raise InvitationGone
    inviter: User | None
    [inviter] = await snapshot.load(("user", invitation.created_by))
    workspace = (await snapshot.settings()).name
    return Invited(workspace, inviter.name if inviter else None, invitation.email, invitation.role)


async def accept_invitation(
    services: Services, identity: Identity, token: str, seen: Seen, start: Start = NOTHING_TOLD
) -> tuple[SignedIn, bool]:
    """A session for the invited person, and whether they joined just now.

    A person who belongs to the workspace already is signed in; the invitation changes nothing for them.

    Raises InvitationGone, InvitationForAnother, AlreadyElsewhere, AddressInUse, AccountInactive, Busy.
    """

    async def attempt() -> tuple[Joined, bool] | None:
        known = await _known(services, identity, token)
        if known is not None:
            return known, False
        snapshot, invitation = await _read(services, token)
        if invitation is None:
            known = await _known(services, identity, token)  # they accepted in another tab meanwhile
            if known is None:
                raise InvitationGone
            return known, False
        joined = await _joined(services, identity, snapshot, invitation, seen, start)
        return None if joined is None else (joined, True)

    joined, has_joined = await settle_alone(attempt)
    session = await start_session(services, joined.workspace, joined.user, seen)
    return SignedIn(session, joined.is_new), has_joined


async def _known(services: Services, identity: Identity, token: str) -> Joined | None:
    """The workspace and the user whom the person is already; raises AlreadyElsewhere."""
    known = await find_by_name(services, "identity", identity.directory_name)
    if known is not None and known[0] != _normal(token)[: tokens.WORKSPACE_LENGTH]:
        raise AlreadyElsewhere
    return None if known is None else Joined(*known)


async def _joined(
    services: Services,
    identity: Identity,
    snapshot: Snapshot,
    invitation: Invitation,
    seen: Seen,
    start: Start,
) -> Joined | None:
    """The workspace and the new user; None if another process wrote one of the records meanwhile."""
    if invitation.email != identity.email:
        raise InvitationForAnother
    prepared = await find_by_name(services, "address", identity.email)
    if prepared is not None:
        if prepared[0] != snapshot.workspace:
            raise AddressInUse
        return await join_prepared(services, identity, seen, start, *prepared)
    new = NewUser(
        email=identity.email,
        name=identity.name,
        role=invitation.role,
        issuer=identity.issuer,
        subject=identity.subject,
        address=seen.address,
        start=start,
    )
    gone = RecordWrite(
        kind="invitation",
        id=invitation.id,
        version=snapshot.version("invitation", invitation.id),
        record=None,
        created_at=0,
    )
    made = await add_user(services, snapshot.workspace, new, gone)
    return None if made is None else Joined(*made, is_new=True)


async def _read(services: Services, token: str) -> tuple[Snapshot, Invitation | None]:
    """The invitation of a token, None if it does not exist or has expired.

    Raises InvitationGone for a text that is no token.
    """
    normal = _normal(token)
    key = ("invitation", invitation_id(normal))
    wanted = Wanted(records=(key, SETTINGS))
    snapshot = await read_snapshot(services.store, normal[: tokens.WORKSPACE_LENGTH], wanted)
    invitation: Invitation | None = snapshot.find(*key)
    is_good = invitation is not None and services.now() < invitation.expires_at
    return snapshot, invitation if is_good else None


def _normal(token: str) -> str:
    """The token as we write it; raises InvitationGone for a text that is no token."""
    normal = tokens.normalise(token, tokens.INVITATION_LENGTH)
    if normal is None:
        raise InvitationGone
    return normal
