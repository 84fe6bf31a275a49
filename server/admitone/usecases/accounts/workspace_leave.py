"""Leave the workspace: the caller's own decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import WouldBreakLinks
from admitone.store.records.directory import look_up, release_name
from admitone.usecases.accounts.user_create import identity_name
from admitone.usecases.accounts.user_update import remaining_administrator, write_user
from admitone.usecases.google.google_disconnect import disconnect_google
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.record_writes import existing
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller, Services


async def leave_workspace(services: Services, caller: Caller, *, confirm: bool = False) -> None:
    """Deactivate the caller for good, delete their photo, and disconnect their Google account.

    Their sessions, apps and API keys end; links to their pages become unavailable; pages and bookings stay.
    Their account can join this or another workspace, as a new user.

    Google comes before the record: if the process dies between the two, the caller can repeat the call.

    Raises LastAdministrator, Busy, WouldBreakLinks unless `confirm`.
    """

    async def attempt(caller: Caller) -> User | None:
        before: User = await existing(caller, "user", caller.user.id)
        user = _without_access(services, before)
        remaining = await remaining_administrator(services, caller, before, user)
        links = None if confirm else await refuse_breaking(services, caller, ("user", user.id), user)
        await disconnect_google(services, caller.workspace, user.id, address=caller.address)
        return user if await write_user(services, caller, before, user, remaining, links) else None

    user = await settle(caller, attempt)
    await _release_names(services, caller.workspace, user)


async def what_leaving_breaks(services: Services, caller: Caller) -> WouldBreakLinks | None:
    """What leaving would break, links or workflows; None if nothing. Raises LastAdministrator."""
    before: User = await existing(caller, "user", caller.user.id)
    user = _without_access(services, before)
    await remaining_administrator(services, caller, before, user)
    try:
        await refuse_breaking(services, caller, ("user", user.id), user)
    except WouldBreakLinks as refusal:
        return refusal
    return None


def _without_access(services: Services, user: User) -> User:
    """The user after leaving now."""
    return msgspec.structs.replace(
        user, active=False, epoch=user.epoch + 1, left_at=services.now(), photo=None
    )


async def _release_names(services: Services, workspace: str, user: User) -> None:
    """Free the user's names in the directory; a claim that a crash leaves behind is an outdated one."""
    names = {"address": user.email, "identity": identity_name(user.issuer, user.subject)}
    for kind, name in names.items():
        claim = await look_up(services.store, kind, name)
        if claim is not None and (claim.workspace, claim.record) == (workspace, user.id):
            await release_name(services.store, kind, name, claim)
