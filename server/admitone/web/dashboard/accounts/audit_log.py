"""The audit log: `/dashboard/settings/audit`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.user_names import names_apart
from admitone.usecases.accounts.users import user_names
from admitone.usecases.audit.audit_list import AuditQuery, AuditView, list_audit
from admitone.usecases.shared.records import all_stored
from admitone.web.dashboard.accounts.audit_words import CHANGES, KINDS, field_name, told
from admitone.web.dashboard.room import FORMER_USER, more_at, show_room
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

OF_USERS = ("google", "user")
"""Kinds whose records have a user's id."""


class Row(msgspec.Struct, frozen=True):
    """One line of the table: who changed what, and in a few words how; `of` is the record's name, if any.

    `change` and the parts of `how` are messages, `who` and `of` are names.
    """

    entry: AuditView
    change: str
    who: str
    of: str
    how: Sequence[str]


async def show(request: web.Request) -> web.Response:
    """List the changes of settings, newest first, of all or by one user or of one kind."""
    services, caller = request.app[SERVICES], request[CALLER]
    asked = _query(request)
    found = await list_audit(services, caller, asked)
    ids = [one.by for one in found.items] + [one.record for one in found.items if one.kind in OF_USERS]
    names = await user_names(caller, ids)
    users = await all_stored(services, caller, "user")
    former = reader_of(request, "dashboard").texts.say(FORMER_USER)
    context = {
        "room": "settings",
        "part": "audit",
        "rows": [_row(one, names, former) for one in found.items],
        "kinds": KINDS,
        "users": [*names_apart(users).items()],
        "asked": asked,
        "more": more_at(request, found),
    }
    return await show_room(request, "accounts/audit_log", context)


def _query(request: web.Request) -> AuditQuery:
    """The query string of the list."""
    kind = request.query.get("kind", "")
    return AuditQuery(
        by=request.query.get("by") or None,
        kind=kind if kind in KINDS else None,  # type: ignore[arg-type]
        cursor=request.query.get("cursor") or None,
    )


def _row(entry: AuditView, names: Mapping[str, str], former: str) -> Row:
    who = "Admit One" if entry.by == "system" else names.get(entry.by, former)
    of = names.get(entry.record, former) if entry.kind in OF_USERS else ""
    how = [told(name, value) for name, value in entry.to.items()]
    how += [field_name(name) for name in entry.fields if name not in entry.to]
    return Row(
        entry=entry,
        change=CHANGES[entry.kind, entry.action],
        who=who,
        of=entry.record if entry.kind == "mail_template" else of,
        how=how,
    )
