"""The audit log: `/dashboard/settings/audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.accounts.users import named, user_names
from admitone.usecases.audit.audit_list import AuditQuery, AuditView, list_audit
from admitone.usecases.shared.records import all_stored
from admitone.web.dashboard.room import more_at, show_room
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.people.audit import AuditKind

NAMES: Mapping[AuditKind, str] = {
    "api_key": "API key",
    "google": "Google connection",
    "invitation": "Invitation",
    "mail_template": "Mail template",
    "settings": "Workspace settings",
    "user": "User",
    "webhook": "Webhook",
}
OF_USERS = ("google", "user")
"""Kinds whose records have a user's id."""


class Row(msgspec.Struct, frozen=True):
    """One line of the table: who changed what, and in a few words how; `of` is the record's name, if any."""

    entry: AuditView
    who: str
    of: str
    how: str


async def show(request: web.Request) -> web.Response:
    """List the changes of settings, newest first, of all or by one user or of one kind."""
    services, caller = request.app[SERVICES], request[CALLER]
    asked = _query(request)
    found = await list_audit(services, caller, asked)
    ids = [one.by for one in found.items] + [one.record for one in found.items if one.kind in OF_USERS]
    names = await user_names(caller, ids)
    users = await all_stored(services, caller, "user")
    context = {
        "room": "settings",
        "part": "audit",
        "rows": [_row(one, names) for one in found.items],
        "kinds": NAMES,
        "users": [(user.id, named(user)) for user in users],
        "asked": asked,
        "more": more_at(request, found),
    }
    return await show_room(request, "accounts/audit_log", context)


def _query(request: web.Request) -> AuditQuery:
    """The query string of the list."""
    kind = request.query.get("kind", "")
    return AuditQuery(
        by=request.query.get("by") or None,
        kind=kind if kind in NAMES else None,  # type: ignore[arg-type]
        cursor=request.query.get("cursor") or None,
    )


def _row(entry: AuditView, names: Mapping[str, str]) -> Row:
    who = "Admit One" if entry.by == "system" else names.get(entry.by, "a former user")
    of = names.get(entry.record, "a former user") if entry.kind in OF_USERS else ""
    return Row(entry, who, entry.record if entry.kind == "mail_template" else of, _how(entry))


def _how(entry: AuditView) -> str:
    """The new values that are told, and the names of the other fields that changed."""
    told = [f"{_words(name)}: {_value(value)}" for name, value in entry.to.items()]
    return ", ".join([*told, *(_words(name) for name in entry.fields if name not in entry.to)])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(one).rpartition("/")[2] for one in value) if isinstance(value, list) else str(value)


def _words(name: str) -> str:
    return "sessions, apps and keys ended" if name == "epoch" else name.replace("_", " ")
