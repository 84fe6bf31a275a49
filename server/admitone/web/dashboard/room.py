"""The frame around every room of the dashboard, and the redirect after a form."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from admitone.texts.message import message
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.activity.unread import read_mark
from admitone.usecases.google.google_view import view_google
from admitone.usecases.shared.mail_set_up import mail_set_up
from admitone.web.dashboard.help.guides import help_at
from admitone.web.dashboard.pages.setting_sentences import Sentences
from admitone.web.dashboard.state_names import STATE_NAMES
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.html import date_text, respond_page
from admitone.web.http.locale import reader_of
from admitone.web.http.session_cookie import csrf_token, session_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.usecases.google.google_view import GoogleView
    from admitone.usecases.shared.listing import Listing

FORMER_USER = message("a former user")
"""The name of a user whose record was deleted."""
ROOMS = (
    ("home", message("Home"), "/dashboard"),
    ("links", message("Links"), "/dashboard/links"),
    ("bookings", message("Bookings"), "/dashboard/bookings"),
    ("activity", message("Activity"), "/dashboard/activity"),
    ("contacts", message("Contacts"), "/dashboard/contacts"),
    ("pages", message("Pages"), "/dashboard/pages"),
    ("event-types", message("Event types"), "/dashboard/event-types"),
    ("workflows", message("Workflows"), "/dashboard/workflows"),
    ("reports", message("Reports"), "/dashboard/reports"),
    ("settings", message("Settings"), "/dashboard/settings"),
)
NEAR = 4
"""The rooms at the foot of a phone's screen; the others are behind *More*."""
SAID = {
    "app-ended": message("The app can no longer act for you."),
    "asked": message(
        "The booking is cancelled. Send its customer this link, so that they can choose another time."
    ),
    "asked-mailed": message(
        "The booking is cancelled. The customer gets this link by mail, to choose another time."
    ),
    "cancelled": message("The booking is cancelled. The customer’s manage link shows it."),
    "cancelled-mailed": message("The booking is cancelled. The customer is told by mail."),
    "contact-merged": message("A contact with this address exists. Your entries were added to it."),
    "created": message("Created."),
    "deactivated": message(
        "Deactivated. These are the user’s bookings to come: give each to another host, or cancel it."
    ),
    "declined": message("The request is declined. Its customer may ask again."),
    "deleted": message("Deleted."),
    "erasing": message("The address is being erased. The list below says when it is done."),
    "google-cancelled": message("You gave Google no permission. Nothing has changed."),
    "google-calendar": message("Your calendar is connected."),
    "google-connected": message("Your calendar and Gmail are connected."),
    "google-disconnected": message("Google is disconnected."),
    "google-forgotten": message(
        "Google is disconnected here, but Google could not be told. Remove Admit One at "
        "myaccount.google.com/permissions too."
    ),
    "google-mail": message("Gmail is connected."),
    "google-part": message(
        "You allowed a part of what the calendar needs. Settings → Google shows what is missing."
    ),
    "google-nothing": message("You ticked no box at Google, so nothing was connected."),
    "link-emailed": message("The mail with the link is on its way."),
    "link-reminded": message("The reminder is on its way."),
    "mail-reset": message("The built-in text is used again."),
    "job-discarded": message("The job is discarded."),
    "job-kept": message("Nothing was discarded: tick the box beside the button to confirm."),
    "job-retried": message("The job is being tried again."),
    "jobs-retried": message("All failed jobs are being tried again."),
    "invited": message("The invitation is on its way. Its link is also below."),
    "joined": message("Welcome. You have joined this workspace."),
    "joined-before": message("You belong to this workspace already. The invitation has changed nothing."),
    "feed-deleted": message("The calendar feed is switched off. Its address no longer works."),
    "feed-replaced": message("The calendar feed has a new address. The old one no longer works."),
    "key-deleted": message("The key is deleted and no longer works."),
    "no-link-ticked": message("Tick the links first that you want to change."),
    "not-erased": message("Nothing was erased: tick the box beside the button to confirm."),
    "no-show": message("Recorded as a no-show."),
    "no-show-undone": message("The no-show is taken back."),
    "reactivated": message("The link was reactivated."),
    "reassigned": message("The booking has another host."),
    "reassigned-mailed": message("The booking has another host. The customer is told by mail."),
    "rescheduled": message("The booking was rescheduled."),
    "rescheduled-mailed": message("The booking was rescheduled. The customer is told by mail."),
    "revoked": message("The link was revoked. Nobody can book with it."),
    "saved": message("Saved."),
    "session-ended": message("The session has ended."),
    "waiting-sent": message("What can go out goes out now."),
    "withdrawn": message("The invitation is withdrawn. Its link no longer works."),
    "webhook-deleted": message("The webhook is deleted. It gets no more messages."),
    "webhook-tried": message("A test message is on its way. Its result appears below in a moment."),
    "workflow-not-again": message("Nothing was started: this workflow does not let the contact enter again."),
    "workflow-not-chosen": message("Choose a workflow."),
    "workflow-started": message("The workflow starts for this contact."),
}
"""The notice after a form was carried out, by the parameter `said` of the address."""


async def show_room(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    """A room, for the caller whom the guard let in.

    Besides the context, templates find `me`, `workspace`, `google` (what is connected), `is_unread` (the
    activity has what the caller has not seen), `clock` (dates and times as the caller reads them), `help_at`
    (the guide of this room), `sentences` (settings in the caller's language), `now`, `csrf` and `once` for
    forms, and `said`. A handler that has read the caller's `zone` or
    `google` passes it in the context.
    """
    services, caller = request.app[SERVICES], request[CALLER]
    session = session_token(request)
    settings = await caller.snapshot.settings()
    zone = context.get("zone") or await own_zone(services, caller)
    reader = reader_of(request, part="dashboard")
    clock = date_text(reader, zone)
    google, (_, is_unread) = await asyncio.gather(_google(request, context), read_mark(services, caller))
    known: dict[str, Any] = {
        "me": caller.user,
        "is_administrator": caller.is_administrator,
        "workspace": settings.name,
        "rooms": ROOMS,
        "near": NEAR,
        "google": google,
        "is_unread": is_unread,
        "zone": zone,
        "clock": clock,
        "now": services.now(),
        "csrf": csrf_token(session) if session else "",
        "help_at": help_at(request.path),
        "once": secrets.token_hex(12),
        "said": SAID.get(request.query.get("said", "")),
        "former_user": FORMER_USER,
        "state_names": STATE_NAMES,
        "sentences": Sentences(clock),
    }
    page = f"dashboard/{template}.html"
    return respond_page(request, page, {**known, **context}, status=status, reader=reader)


async def _google(request: web.Request, context: Mapping[str, Any]) -> GoogleView:
    caller = request[CALLER]
    found: GoogleView | None = context.get("google")
    return found or await view_google(request.app[SERVICES], caller.workspace, caller.user.id)


def lead_to(path: str, **query: str) -> web.Response:
    """303 to the address that shows what a form did, so that loading the page again repeats nothing."""
    location = f"{path}?{urlencode(query)}" if query else path
    return web.Response(status=303, headers={"Location": location})


async def said_by_mail(request: web.Request, said: str, host: str) -> str:
    """The notice `said` about this host's booking, with `-mailed` added if its customer gets a mail."""
    set_up = await mail_set_up(request.app[SERVICES], request[CALLER].workspace, host)
    return f"{said}-mailed" if set_up.sends else said


def with_query(request: web.Request, **changes: str | None) -> str:
    """The address of the request with these parameters changed; None removes one."""
    given = {name: value for name, value in request.query.items() if name != "said"} | changes
    return f"{request.path}?{urlencode({name: value for name, value in given.items() if value})}"


def download_at(request: web.Request) -> str:
    """The address of a whole list as a file, with the filters of the list that the request shows."""
    kept = {name: text for name, text in request.query.items() if name not in {"said", "cursor"} and text}
    return f"{request.path}.csv?{urlencode(kept)}" if kept else f"{request.path}.csv"


def more_at(request: web.Request, found: Listing[Any]) -> str | None:
    """The address of the next part of a list, None if this is the last part."""
    return with_query(request, cursor=found.next_cursor) if found.next_cursor else None
