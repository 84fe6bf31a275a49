"""The calendars to which bookings are written: each host's own, with that host's grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.jobs.job import JobFailed
from admitone.google.api import GoogleGrant
from admitone.google.calendar import GoogleCalendar
from admitone.google.scopes import writes_events
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.shared.google_grant import usable_grant
from admitone.usecases.shared.google_work import RECONNECT

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class HostCalendar(msgspec.Struct, frozen=True):
    """A calendar of `user`, and the client that reaches it."""

    user: str
    id: str
    grant: GoogleGrant
    google: GoogleCalendar


async def host_calendar(
    services: Services, workspace: str, user: str, calendar: str | None = None
) -> HostCalendar | None:
    """The user's `calendar`, by default the one that they chose for bookings.

    None if the user has not given access to a calendar. Raises JobFailed if they must reconnect Google.
    """
    connection = await read_connection(services.store, workspace, user)
    if services.google is None or connection is None or not writes_events(connection.scopes):
        return None
    grant = usable_grant(services, workspace, connection)
    if grant is None:
        raise JobFailed(RECONNECT, user)
    name = calendar or connection.writing
    return HostCalendar(user, name, grant, GoogleCalendar(services.google, grant, name))
