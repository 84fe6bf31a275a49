"""The web pages of the accounts: their calendars and their sent mail."""

from __future__ import annotations

import datetime
import html
import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiohttp import web

from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.calendar.times import instants, show_instant
from admitone.fakegoogle.gmail.mime import content_bytes, decoded_header, decoded_text, parse
from admitone.fakegoogle.templates import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.fakegoogle.records import Account, Calendar, Data, Event, Message

MAIL_HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date", "Message-ID")


async def index(request: web.Request) -> web.Response:
    """GET `/`: the accounts."""
    data = request.app[STATE].data
    rows = [
        {
            "account": account,
            "events": sum(len(_standing(calendar)) for calendar in _own_calendars(data, account)),
            "mails": len(data.mailboxes[account.email].messages),
        }
        for account in data.accounts.values()
    ]
    return page("index.html", rows=rows)


async def show_account(request: web.Request) -> web.Response:
    """GET `/accounts/ADDRESS`: its calendars, its sent mail, and the mails that Calendar sent for it."""
    data = request.app[STATE].data
    account = _account(request, data)
    calendars = [
        {"calendar": calendar, "events": [_event(event, calendar) for event in _in_order(calendar)]}
        for calendar in _own_calendars(data, account)
    ]
    mails = [_mail(message, account) for message in reversed(data.mailboxes[account.email].messages.values())]
    invitations = [one for one in reversed(data.invitations) if one.organizer == account.email]
    return page("account.html", account=account, calendars=calendars, mails=mails, invitations=invitations)


async def show_mail(request: web.Request) -> web.Response:
    """GET `/accounts/ADDRESS/mail/ID`: one mail, its headers, its parts as text, and its bytes."""
    data = request.app[STATE].data
    account = _account(request, data)
    message = data.mailboxes[account.email].messages.get(request.match_info["id"])
    if message is None:
        raise web.HTTPNotFound
    content = content_bytes(message)
    parsed = parse(content)
    parts = [
        {"type": part.get_content_type(), "text": decoded_text(part)}
        for part in parsed.walk()
        if part.get_content_maintype() == "text"
    ]
    headers = [(name, decoded_header(parsed[name])) for name in MAIL_HEADERS if parsed[name] is not None]
    raw = content.decode("utf-8", "replace")
    shown: dict[str, Any] = {"mail": _mail(message, account), "headers": headers, "parts": parts, "raw": raw}
    return page("mail.html", account=account, **shown)


def _account(request: web.Request, data: Data) -> Account:
    account = data.accounts.get(request.match_info["account"])
    if account is None:
        raise web.HTTPNotFound
    return account


def _own_calendars(data: Data, account: Account) -> list[Calendar]:
    return [calendar for calendar in data.calendars.values() if calendar.owner == account.email]


def _standing(calendar: Calendar) -> list[Event]:
    return [event for event in calendar.events.values() if event["status"] != "cancelled"]


def _in_order(calendar: Calendar) -> Sequence[Event]:
    return sorted(
        calendar.events.values(), key=lambda event: (instants(event, calendar.time_zone), event["id"])
    )


def _event(event: Event, calendar: Calendar) -> dict[str, Any]:
    starts, ends = instants(event, calendar.time_zone)
    zone = ZoneInfo(calendar.time_zone)
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if "date" in event["start"]:
        when = f"{event['start']['date']}, all day"
    else:
        end_day = "" if first.date() == last.date() else f"{last:%a %d %b %Y} "
        when = f"{first:%a %d %b %Y %H:%M} to {end_day}{last:%H:%M}"
    return {
        "id": event["id"],
        "when": when,
        "start": show_instant(starts),
        "local_start": f"{first:%Y-%m-%dT%H:%M}",
        "is_all_day": "date" in event["start"],
        "is_own": event["organizer"]["email"] == calendar.id,
        "summary": event.get("summary") or "(no title)",
        "status": event["status"],
        "is_free": event.get("transparency") == "transparent",
        "meet": event.get("hangoutLink"),
        "location": event.get("location"),
        "description": _as_read(event.get("description", "")),
        "organizer": event["organizer"]["email"],
        "attendees": event.get("attendees", []),
        "sequence": event["sequence"],
        "uid": event["iCalUID"],
    }


def _as_read(description: str) -> str:
    """A description as text: Calendar shows simple HTML in descriptions as formatted text."""
    lines = re.sub(r"<br ?/?>", "\n", description)
    return html.unescape(re.sub(r"<[^>]*>", "", lines)).strip()


def _mail(message: Message, account: Account) -> dict[str, Any]:
    parsed = parse(content_bytes(message))
    sent = datetime.datetime.fromtimestamp(message.received / 1000, datetime.UTC)
    return {
        "id": message.id,
        "to": decoded_header(parsed["To"] or parsed["Cc"] or parsed["Bcc"]),
        "subject": decoded_header(parsed["Subject"] or "(no subject)"),
        "sent": show_instant(sent),
        "when": f"{sent.astimezone(ZoneInfo(account.time_zone)):%a %d %b %Y %H:%M:%S}",
    }


ROUTES: Sequence[web.RouteDef] = (
    web.get("/", index),
    web.get("/accounts/{account}", show_account),
    web.get("/accounts/{account}/mail/{id}", show_mail),
)
