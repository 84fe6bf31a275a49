"""Change the role of a user, or deactivate or activate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import invalid
from admitone.usecases.accounts.user_write import write_user
from admitone.usecases.accounts.users import UserBody, UserView, view_user
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import changed_body
from admitone.usecases.shared.record_writes import existing
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller, Services


async def update_user(
    services: Services,
    caller: Caller,
    user_id: str,
    patch: Mapping[str, Any],
    *,
    confirm: bool = False,
) -> UserView:
    """Apply a merge patch (RFC 7396).

    A user who is deactivated is refused from their next request on, and their sessions, apps and API keys
    end for good; links to their pages become unavailable, and their bookings stay.

    Raises Invalid, NotFound, LastAdministrator, Busy, WouldBreakLinks unless `confirm`.
    """

    async def attempt(caller: Caller) -> User | None:
        before: User = await existing(caller, "user", user_id)
        body = changed_body(before, UserBody, patch)
        if body.active and before.left_at is not None:
            raise invalid("active", "This person has left the workspace. Invite them to come back.")
        epoch = before.epoch + (before.active and not body.active)  # activating again gives nothing back
        user = msgspec.structs.replace(before, role=body.role, active=body.active, epoch=epoch)
        if user == before:
            return user
        links = None
        if before.active and not user.active and not confirm:
            links = await refuse_breaking(services, caller, ("user", user.id), user)
        return user if await write_user(services, caller, before, user, links) else None

    return view_user(services, await settle(caller, attempt))
