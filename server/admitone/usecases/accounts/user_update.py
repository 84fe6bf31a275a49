"""Change what a user may do, or whether they may do anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import LastAdministrator
from admitone.store.codes import Code
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.usecases.accounts.users import UserBody, UserView, list_users, view_user
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.config_change import config_event, existing, patched
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.domain.people.user import User
    from admitone.store.records.readers import LinkTotals
    from admitone.usecases.shared.services import Caller, Services


async def update_user(
    services: Services,
    caller: Caller,
    user_id: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[UserBody]], UserBody],
    *,
    confirm: bool = False,
) -> UserView:
    """Apply a merge patch; `convert` makes a body of a document.

    A user who is deactivated is refused from their next request on, and links to their pages become
    unavailable; what they have booked stays.

    Raises Invalid, NotFound, LastAdministrator, WouldBreakLinks unless told to `confirm`.
    """

    async def attempt() -> User | None:
        nonlocal caller
        before: User = await existing(caller, "user", user_id)
        body = convert(patched(before, UserBody, patch), UserBody)
        user = msgspec.structs.replace(before, role=body.role, active=body.active)
        if user == before:
            return user
        records = await _records(services, caller, before, user)
        links = None
        if before.active and not user.active and not confirm:
            links = await refuse_breaking(services, caller, ("user", user.id), user)
        if await _write(services, caller, records, links):
            return user
        caller = await refreshed(caller)
        return None

    return view_user(services, await settle(attempt))


async def _records(services: Services, caller: Caller, before: User, user: User) -> list[User]:
    """What is written, the user first; with the administrator who remains. Raises LastAdministrator.

    Of two administrators who demote each other at once, the second finds the other's record moved.
    """
    loses = _rules(before) and not _rules(user)
    return [user, await _other_administrator(services, caller, user)] if loses else [user]


async def _write(services: Services, caller: Caller, records: list[User], links: LinkTotals | None) -> bool:
    """Whether it was written."""
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
            for record in records
        ],
        config_event("config.updated", services, caller, "user", records[0].id),
        now=services.now(),
        links=links,
    )
    return written.code is not Code.MOVED


async def _other_administrator(services: Services, caller: Caller, user: User) -> User:
    """An active administrator besides `user`, as the snapshot has them; raises LastAdministrator."""
    for other in await list_users(services, caller):
        if other.id != user.id and _rules(other):
            found: list[User | None] = await caller.snapshot.load(("user", other.id))
            if found[0] is not None and _rules(found[0]):
                return found[0]
    raise LastAdministrator


def _rules(user: User) -> bool:
    return user.active and user.role == "administrator"
