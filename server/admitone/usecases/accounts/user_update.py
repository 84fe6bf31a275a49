"""Change the role of a user, or deactivate or activate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import LastAdministrator, invalid
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import PictureChange, RecordWrite, write_config
from admitone.texts.message import message
from admitone.usecases.accounts.users import UserBody, UserView, active_users, view_user
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import changed_body
from admitone.usecases.shared.record_writes import audited, config_event, existing
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.user import User
    from admitone.store.records.readers import LinkTotals
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
            raise invalid("active", message("This person has left the workspace. Invite them to come back."))
        epoch = before.epoch + (before.active and not body.active)  # activating again gives nothing back
        user = msgspec.structs.replace(before, role=body.role, active=body.active, epoch=epoch)
        if user == before:
            return user
        remaining = await remaining_administrator(services, caller, before, user)
        links = None
        if before.active and not user.active and not confirm:
            links = await refuse_breaking(services, caller, ("user", user.id), user)
        return user if await write_user(services, caller, before, user, remaining, links) else None

    return view_user(services, await settle(caller, attempt))


async def write_user(
    services: Services,
    caller: Caller,
    before: User,
    user: User,
    remaining: User | None,
    links: LinkTotals | None,
) -> bool:
    """Write `user` over `before`; False if a record that this depends on has changed since it was read.

    With `links`, only if no link was created or freed since these totals were read.

    The administrator who remains is written too, unchanged: of two administrators who demote each other at
    the same time, the second finds that the other's record has changed.
    """
    written = await write_config(
        services.store,
        caller.workspace,
        [
            RecordWrite(
                kind="user",
                id=record.id,
                version=caller.snapshot.version("user", record.id),
                record=record,
                created_at=0,
            )
            for record in (user, remaining)
            if record is not None
        ],
        config_event("config.updated", services, caller, "user", user.id),
        now=services.now(),
        links=links,
        ends=not user.active,
        picture=PictureChange(removed=None if user.photo else before.photo),
        audit=audited(services, caller, "user", user.id, before, user),
    )
    return written.code is not Code.MOVED


async def remaining_administrator(
    services: Services, caller: Caller, before: User, user: User
) -> User | None:
    """Another active administrator, as the snapshot has them, if `before` was one and `user` is not.

    None if the change takes no administrator away. Raises LastAdministrator.
    """
    if not _is_active_administrator(before) or _is_active_administrator(user):
        return None
    for other in await active_users(services, caller):
        if other.id != user.id and _is_active_administrator(other):
            found: list[User | None] = await caller.snapshot.load(("user", other.id))
            if found[0] is not None and _is_active_administrator(found[0]):
                return found[0]
    raise LastAdministrator


def _is_active_administrator(user: User) -> bool:
    return user.active and user.role == "administrator"
