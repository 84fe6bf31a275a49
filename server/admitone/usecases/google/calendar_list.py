"""List a user's calendars at Google."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import GoogleNotConfigured
from admitone.google.errors import GrantRevoked
from admitone.google.scopes import CALENDAR_LIST
from admitone.store.records.credentials.google_connections import PRIMARY
from admitone.usecases.shared.google_grant import mark_revoked, usable_grant

if TYPE_CHECKING:
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.usecases.shared.services import Services

WRITERS = frozenset(("owner", "writer"))
PAGE = 250
"""The most calendars in one answer, set by Google."""


class Calendar(msgspec.Struct, frozen=True):
    """A calendar to choose; the account's main calendar has the id `primary`."""

    id: str
    name: str
    may_write: bool


async def list_calendars(services: Services, workspace: str, connection: Connection) -> list[Calendar]:
    """The account's calendars, main calendar first; only that one if the user did not allow reading the list.

    Raises GoogleRefused, GoogleUnreachable, GrantRevoked, GoogleNotConfigured.
    """
    if services.google is None:
        raise GoogleNotConfigured
    grant = usable_grant(services, workspace, connection)
    if grant is None:
        raise GrantRevoked("marked")
    if CALENDAR_LIST not in grant.scopes:
        return [Calendar(PRIMARY, connection.email, may_write=True)]
    found: list[dict[str, Any]] = []
    page: str | None = None
    try:
        while True:
            token = page
            answer = await services.google.call(
                grant,
                "calendar",
                lambda calendar: calendar.calendarList().list(maxResults=PAGE, pageToken=token),  # noqa: B023
            )
            found += answer.get("items", [])
            page = answer.get("nextPageToken")
            if page is None:
                break
    except GrantRevoked:
        await mark_revoked(services, workspace, connection.user, grant)
        raise
    calendars = [_calendar(entry) for entry in found if entry.get("accessRole") != "none"]
    return sorted(calendars, key=lambda one: (one.id != PRIMARY, one.name.casefold()))


def _calendar(entry: dict[str, Any]) -> Calendar:
    return Calendar(
        PRIMARY if entry.get("primary") else entry["id"],
        entry.get("summaryOverride") or entry.get("summary") or entry["id"],
        may_write=entry.get("accessRole") in WRITERS,
    )
