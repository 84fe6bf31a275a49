"""Calendars: access roles, and recording changes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from admitone.fakegoogle.calendar.times import show_instant
from admitone.fakegoogle.clock import now
from admitone.fakegoogle.errors import ApiError, not_found
from admitone.fakegoogle.records import Calendar

if TYPE_CHECKING:
    from admitone.fakegoogle.records import Account, Data, Event, Role

HOLIDAYS = "en.ch#holiday@group.v.calendar.google.com"
_RANK: dict[Role, int] = {"freeBusyReader": 1, "reader": 2, "writer": 3, "owner": 4}


def add_calendars(data: Data, account: Account) -> None:
    """Add an account's calendars: its primary one, a second one, and the holidays, which it may read."""
    name = account.email.replace("@", ".")
    for calendar in (
        Calendar(
            id=account.email,
            owner=account.email,
            summary=account.email,
            time_zone=account.time_zone,
            primary=True,
        ),
        Calendar(
            id=f"c_{name}@group.calendar.google.com",
            owner=account.email,
            summary="Private",
            time_zone=account.time_zone,
        ),
        Calendar(id=HOLIDAYS, owner="", summary="Holidays", time_zone="UTC"),
    ):
        data.calendars.setdefault(calendar.id, calendar)
    data.calendars[HOLIDAYS].others[account.email] = "reader"


def role_of(data: Data, account: str, calendar: Calendar) -> Role | None:
    """The role of `account` on `calendar`; accounts of the same domain see each other's busy time."""
    if calendar.owner == account:
        return "owner"
    if account in calendar.others:
        return calendar.others[account]
    owner, reader = data.accounts.get(calendar.owner), data.accounts.get(account)
    is_colleague = owner is not None and reader is not None and owner.hd is not None and owner.hd == reader.hd
    return "freeBusyReader" if calendar.primary and is_colleague else None


def calendar_for(data: Data, account: str, calendar_id: str, needed: Role) -> Calendar:
    """The calendar. Raises `ApiError`: 404 if `account` may not see it, 403 if its role is too low."""
    calendar = data.calendars.get(account if calendar_id == "primary" else calendar_id)
    role = role_of(data, account, calendar) if calendar is not None else None
    if calendar is None or role is None:
        raise not_found()
    if _RANK[role] < _RANK[needed]:
        if role == "freeBusyReader":
            raise not_found()
        raise ApiError(
            403,
            "requiredAccessLevel",
            f"You need to have {needed} access to this calendar.",
            domain="calendar",
        )
    return calendar


def record(data: Data, calendar: Calendar, event: Event) -> None:
    """Store `event` as changed now, with a new etag, time of change and change number."""
    data.changes += 1
    event["updated"] = _milliseconds()
    event["etag"] = f'"{int(now() * 1000) * 2 + data.changes}"'
    calendar.events[event["id"]] = event
    calendar.changed[event["id"]] = data.changes


def timestamp() -> str:
    """The present time in Calendar's format."""
    return show_instant(_now())


def _milliseconds() -> str:
    return _now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _now() -> datetime.datetime:
    return datetime.datetime.fromtimestamp(now(), datetime.UTC)
