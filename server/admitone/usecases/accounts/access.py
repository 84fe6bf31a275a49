"""The caller's sessions and apps: the list of them, and ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.domain.people.seen import Seen
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.credentials.access import read_access
from admitone.store.records.credentials.grants import delete_grant, read_grant
from admitone.store.records.credentials.sessions import delete_session, read_session

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class AccessView(msgspec.Struct, frozen=True, kw_only=True):
    """One session or app: since when it has access, and when and where it was last used."""

    id: str
    since: Instant
    used_at: Instant
    seen: Seen


class AccessList(msgspec.Struct, frozen=True, kw_only=True):
    """What can act for the caller besides API keys, last used first."""

    sessions: list[AccessView]
    apps: list[AccessView]


async def list_access(services: Services, caller: Caller) -> AccessList:
    """The caller's sessions and apps that have not ended."""
    sessions, apps = [], []
    for kind, one, text in await read_access(
        services.store, caller.workspace, caller.user.id, services.now()
    ):
        if kind == "session":
            session = read_session(text)
            if session and caller.user.accepts(session.epoch):
                sessions.append(_view(one, session.at, session.used_at, session.seen))
        elif (read := read_grant(text)) and read.grant.is_exchanged and caller.user.accepts(read.grant.epoch):
            apps.append(_view(one, read.grant.created_at, read.grant.turned_at, read.grant.seen))
    return AccessList(sessions=_sorted(sessions), apps=_sorted(apps))


async def end_session(services: Services, caller: Caller, named: str) -> None:
    """End a session of the caller; raises NotFound for another's."""
    snapshot = await read_snapshot(services.store, caller.workspace, Wanted(session=_id(named)))
    if snapshot.session is None or snapshot.session.user != caller.user.id:
        raise NotFound
    await delete_session(services.store, caller.workspace, named)


async def end_app(services: Services, caller: Caller, named: str) -> None:
    """End an app's access to the caller's account; raises NotFound for another's."""
    snapshot = await read_snapshot(services.store, caller.workspace, Wanted(grant=_id(named)))
    if snapshot.grant is None or snapshot.grant.grant.user != caller.user.id:
        raise NotFound
    await delete_grant(services.store, caller.workspace, named)


def _id(named: str) -> str:
    """The id, if it has the form of one; other texts could name another key. Raises NotFound."""
    if not tokens.is_address(named):
        raise NotFound
    return named


def _view(named: str, since: int, used_at: int, seen: Seen) -> AccessView:
    return AccessView(id=named, since=Instant(since), used_at=Instant(max(since, used_at)), seen=seen)


def _sorted(views: list[AccessView]) -> list[AccessView]:
    return sorted(views, key=lambda view: view.used_at, reverse=True)
