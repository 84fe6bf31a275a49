"""What every room of the dashboard shows around its own part, and how a form's answer leads on."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.google.google_view import view_google
from admitone.usecases.mail.mail_set_up import mail_set_up
from admitone.web.dashboard.pages import setting_sentences
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text, respond_page
from admitone.web.http.locale import reader_of
from admitone.web.http.session_cookie import csrf_token, session_token

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOMS = (
    ("links", "Links", "/dashboard/links"),
    ("bookings", "Bookings", "/dashboard/bookings"),
    ("pages", "Pages", "/dashboard/pages"),
    ("event-types", "Event types", "/dashboard/event-types"),
    ("settings", "Settings", "/dashboard/settings"),
)
SAID = {
    "asked": "The booking is cancelled. Send its customer this link, so that they choose another time.",
    "asked-mailed": "The booking is cancelled. Its customer is mailed this link, to choose another time.",
    "cancelled": "The booking is cancelled. Its manage link says so.",
    "cancelled-mailed": "The booking is cancelled. The customer is told by mail.",
    "created": "Created.",
    "deactivated": "Deactivated. These are their bookings to come: give each to somebody else, or cancel it.",
    "deleted": "Deleted.",
    "google-cancelled": "You did not allow anything at Google. Nothing has changed.",
    "google-connected": "Google is connected.",
    "google-disconnected": "Google is disconnected.",
    "google-forgotten": "Google is disconnected here, but could not be told so. Remove Admit One at "
    "myaccount.google.com/permissions as well.",
    "google-nothing": "You ticked none of the boxes at Google, so nothing could be connected.",
    "mail-reset": "The built-in text is used again.",
    "job-discarded": "The job is discarded.",
    "job-kept": "Nothing was discarded: tick the box beside the button to confirm.",
    "job-retried": "The job is tried again now.",
    "jobs-retried": "All of them are tried again now.",
    "invited": "The invitation is on its way. Its link is below as well.",
    "key-deleted": "The key is deleted. It stopped working at once.",
    "no-show": "Recorded as a no-show.",
    "reactivated": "The link was reactivated.",
    "reassigned": "The booking has another host.",
    "reassigned-mailed": "The booking has another host. The customer is told by mail.",
    "rescheduled": "The booking was moved.",
    "rescheduled-mailed": "The booking was moved. The customer is told by mail.",
    "revoked": "The link was revoked. Nobody can book with it.",
    "saved": "Saved.",
    "withdrawn": "The invitation is withdrawn. Its link stopped working at once.",
    "webhook-deleted": "The webhook is deleted. It is told of nothing more.",
    "webhook-tried": "A test message is on its way. What became of it is below in a moment.",
}
"""What a room says after a form was carried out, by the address's `said`."""


async def show_room(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    """A room, for the caller whom the guard let in.

    Templates find `me`, `workspace`, `google` (what is connected), `clock` (dates and times as the caller
    reads them), `now`, `csrf` and `once` for forms, and `said`, besides the context.
    """
    services, caller = request.app[SERVICES], request[CALLER]
    session = session_token(request)
    settings = await caller.snapshot.settings()
    zone = await own_zone(services, caller)
    google = await view_google(services, caller.workspace, caller.user.id)
    known: dict[str, Any] = {
        "me": caller.user,
        "is_administrator": caller.is_administrator,
        "workspace": settings.name,
        "rooms": ROOMS,
        "google": google,
        "zone": zone,
        "clock": date_text(reader_of(request), zone),
        "now": services.now(),
        "csrf": csrf_token(session) if session else "",
        "once": secrets.token_hex(12),
        "said": SAID.get(request.query.get("said", "")),
        "sentences": setting_sentences,
    }
    return respond_page(request, f"dashboard/{template}.html", {**known, **context}, status=status)


def lead_to(path: str, **query: str) -> web.Response:
    """303: what a form did is seen at its own address, where loading again repeats nothing."""
    location = f"{path}?{urlencode(query)}" if query else path
    return web.Response(status=303, headers={"Location": location})


async def said_by_mail(request: web.Request, said: str, host: str) -> str:
    """The word for what was done to a booking of this host's, and whether its customer is told by mail."""
    set_up = await mail_set_up(request.app[SERVICES], request[CALLER].workspace, host)
    return f"{said}-mailed" if set_up.sends else said


def with_query(request: web.Request, **changes: str | None) -> str:
    """The address that was asked for, with these parameters changed, or taken away by None."""
    given = {name: value for name, value in request.query.items() if name != "said"} | changes
    return f"{request.path}?{urlencode({name: value for name, value in given.items() if value})}"
