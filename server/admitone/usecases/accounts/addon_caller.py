"""The user for whom the Google Workspace add-on acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.scopes import EVERYTHING
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.usecases.accounts.user_create import identity_name
from admitone.usecases.accounts.user_find import find_by_name
from admitone.usecases.shared.services import Caller

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.google.id_token import GoogleIdentity
    from admitone.store.records.operations import Operation
    from admitone.usecases.shared.services import Services


async def addon_caller(
    services: Services, identity: GoogleIdentity, operation: Operation | None
) -> Caller | None:
    """The active user whom Google identified, as a caller; None if there is none.

    Only a sign-in in the browser makes users, so that each has accepted to become one.
    """
    known = await find_by_name(services, "identity", identity_name(identity.issuer, identity.subject))
    if known is None:
        return None
    workspace, found = known
    wanted = Wanted(records=(SETTINGS, ("user", found.id)), operation=operation.id if operation else None)
    snapshot = await read_snapshot(services.store, workspace, wanted)
    user: User | None = snapshot.find("user", found.id)
    if user is None or not user.active:
        return None
    return Caller(snapshot, user, operation, EVERYTHING)
