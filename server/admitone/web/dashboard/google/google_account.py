"""The Google account of a user: `/dashboard/settings/google`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.google.calendar_choose import CalendarChoice, choose_calendars
from admitone.usecases.google.calendar_list import Calendar, list_calendars
from admitone.usecases.google.google_disconnect import disconnect_google
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, GOOGLE, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.store.records.credentials.google_connections import Connection


async def show(request: web.Request) -> web.Response:
    """Show the connected account, and the calendars to choose from."""
    return await show_google(request)


async def show_google(
    request: web.Request, choice: CalendarChoice | None = None, errors: Mapping[str, str] | None = None
) -> web.Response:
    """The room; with `errors` by field if a choice was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    connection = await read_connection(services.store, caller.workspace, caller.user.id)
    calendars = None if connection is None else await _calendars(request, connection)
    if choice is None and connection is not None:
        choice = CalendarChoice(connection.blocking, connection.writing)
    context = {
        "room": "settings",
        "part": "google",
        "is_set_up": GOOGLE in request.app,
        "calendars": calendars,
        "choice": choice,
        "is_writing_gone": choice is not None and not _may_write(calendars, choice.writing),
        "errors": errors or {},
    }
    return await show_room(request, "google/google_account", context, status=422 if errors else 200)


def _may_write(calendars: list[Calendar] | None, writing: str) -> bool:
    """Whether the chosen calendar can be chosen; True if the calendars are not known."""
    return not calendars or any(one.id == writing and one.may_write for one in calendars)


async def _calendars(request: web.Request, connection: Connection) -> list[Calendar] | None:
    """The calendars, None if Google does not list them. Deleted calendars are missing from the list."""
    try:
        return await list_calendars(request.app[SERVICES], request[CALLER].workspace, connection)
    except (GoogleRefused, GoogleUnreachable, GrantRevoked):
        return None


async def choose(request: web.Request) -> web.Response:
    """Choose the calendars that block time, and the calendar to which bookings are written."""
    form, caller = await read_form(request), request[CALLER]
    choice = CalendarChoice(form.texts("blocking"), form.text("writing"))
    try:
        await choose_calendars(
            request.app[SERVICES], caller.workspace, caller.user.id, choice, address=caller.address
        )
    except Invalid as refusal:
        return await show_google(request, choice, by_field(refusal))
    return lead_to("/dashboard/settings/google", said="saved")


async def disconnect(request: web.Request) -> web.Response:
    """Disconnect the caller's Google account."""
    caller = request[CALLER]
    is_ended = await disconnect_google(
        request.app[SERVICES], caller.workspace, caller.user.id, address=caller.address
    )
    said = "google-disconnected" if is_ended else "google-forgotten"
    return lead_to("/dashboard/settings/google", said=said)
