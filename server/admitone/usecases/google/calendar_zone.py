"""The time zone of a user's main calendar, which confirms the zone that their browser named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from admitone.domain.availability.zones import zone_names
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.google.scopes import CALENDAR_LIST
from admitone.store.records.credentials.google_connections import PRIMARY

if TYPE_CHECKING:
    from admitone.google.api import GoogleGrant
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def calendar_zone(services: Services, grant: GoogleGrant) -> str | None:
    """The zone; None if the grant does not allow reading it, Google does not answer, or we do not know it.

    Only a question to the user depends on it, so no failure here keeps a calendar from being connected.
    """
    if services.google is None or CALENDAR_LIST not in grant.scopes:
        return None
    try:
        entry = await services.google.call(
            grant, "calendar", lambda calendar: calendar.calendarList().get(calendarId=PRIMARY)
        )
    except (GoogleRefused, GoogleUnreachable, GrantRevoked) as refusal:
        log.warning("calendar-zone-unknown", code=refusal.code)
        return None
    named = entry.get("timeZone")
    return named if named in zone_names() else None
