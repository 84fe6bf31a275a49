"""Change the role of a user, or deactivate or activate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import LastAdministrator
from admitone.store.codes import Code
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.usecases.accounts.users import UserBody, UserView, active_users, view_user
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import changed_body
from admitone.usecases.shared.record_writes import config_event, existing
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
        epoch = before.epoch + (before.active and not body.active)  # activating again gives nothing back
        user = msgspec.structs.replace(before, role=body.role, active=body.active, epoch=epoch)
        if user == before:
            return user
        records = await _records(services, caller, before, user)
        links = None
        if before.active and not user.active and not confirm:
            links = await refuse_breaking(services, caller, ("user", user.id), user)
        return user if await _write(services, caller, records, links) else None

    return view_user(services, await settle(caller, attempt))


async def _records(services: Services, caller: Caller, before: User, user: User) -> list[User]:
    """The records to write, the user first; raises LastAdministrator if no administrator would remain.

    The administrator who remains is written too, unchanged: of two administrators who demote each other at
    the same time, the second finds that the other's record has changed.
    """
    loses = _is_active_administrator(before) and not _is_active_administrator(user)
    return [user, await _other_administrator(services, caller, user)] if loses else [user]


async def _write(services: Services, caller: Caller, records: list[User], links: LinkTotals | None) -> bool:
    """Write the records; False if one of them has changed since it was read."""
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
        ends=not records[0].active,
    )
    return written.code is not Code.MOVED


async def _other_administrator(services: Services, caller: Caller, user: User) -> User:
    """Another active administrator, as the snapshot has them; raises LastAdministrator."""
    for other in await active_users(services, caller):
        if other.id != user.id and _is_active_administrator(other):
            found: list[User | None] = await caller.snapshot.load(("user", other.id))
            if found[0] is not None and _is_active_administrator(found[0]):
                return found[0]
    raise LastAdministrator


def _is_active_administrator(user: User) -> bool:
    return user.active and user.role == "administrator"
