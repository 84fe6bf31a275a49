"""One link and its actions: `/dashboard/links/LINK`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, NotFound
from admitone.domain.links.link import LinkPatch
from admitone.texts.message import Message, message, phrase
from admitone.usecases.accounts.users import user_names
from admitone.usecases.links.link_reactivate import reactivate_link
from admitone.usecases.links.link_read import read_link, read_link_bookings
from admitone.usecases.links.link_revoke import revoke_link
from admitone.usecases.links.link_update import update_link
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.links.link_address import link_address
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import SentForm, by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


SENTENCES = {
    "link.created": message("Made by %(by)s"),
    "link.fetched": message("Fetched for the first time, by a browser or a mail scanner"),
    "link.opened": message("Opened by a person"),
    "link.emailed": message("Emailed to %(to)s by %(by)s"),
    "link.reminded": message("%(to)s was reminded by mail, by %(by)s"),
    "link.updated": message("Changed by %(by)s"),
    "link.revoked": message("Revoked by %(by)s"),
    "link.reactivated": message("Reactivated by %(by)s"),
    "link.expired": message("Expired"),
    "booking.scheduled": message("Booked by %(by)s"),
    "booking.rescheduled": message("Moved by %(by)s"),
    "booking.reassigned": message("Given to another host by %(by)s"),
    "booking.cancelled": message("Cancelled by %(by)s"),
    "booking.completed": message("Completed"),
    "booking.no_show": message("Recorded as a no-show by %(by)s"),
    "booking.no_show_undone": message("No-show taken back by %(by)s"),
}
REASSIGNED = message("Given by %(by)s: from %(gave)s to %(took)s")
UNSEEN = message(
    "Booked by %(by)s, though no person was seen to open it: perhaps by a program, or in a browser without "
    "scripts"
)
"""The sentence of a booking by a link on whose page nobody was seen."""


async def show(request: web.Request) -> web.Response:
    """Show one link, its bookings and its timeline."""
    return await show_link(request)


async def show_link(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> web.Response:
    """The link's room; with `errors` by field and the `values` as sent if a form was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    view = await read_link(services, caller)
    [row] = await link_rows(caller, [view])
    bookings = await read_link_bookings(services, caller, view)
    timeline = view.timeline if isinstance(view.timeline, list) else []
    opens = view.url if view.status == "active" else None
    return await show_room(
        request,
        "links/link",
        {
            "room": "links",
            "row": row,
            "link": view,
            "bookings": await booking_rows(caller, bookings),
            "timeline": await told(request, timeline, to=view.person.email if view.person else ""),
            "address": link_address(opens, has_person=view.person is not None) if opens else None,
            "errors": errors or {},
            "values": values or {"note": view.note, "on_cancel": view.on_cancel, "expires_in_days": ""},
        },
        status=422 if errors else 200,
    )


async def told(request: web.Request, timeline: list[dict[str, Any]], *, to: str = "") -> list[dict[str, Any]]:
    """The entries of a timeline, each with its `sentence`, the newest first; `to` is the person's address."""
    actors = [entry[role] for entry in timeline for role in ("by", "gave", "took") if entry.get(role)]
    names = await user_names(request[CALLER], actors)
    names |= {"customer": phrase("the customer"), "system": "Admit One"}
    return [
        entry | {"sentence": _sentence(entry, names, to)}
        for entry in reversed(timeline)
        if entry["type"] in SENTENCES
    ]


def _sentence(entry: dict[str, Any], names: dict[str, str], to: str) -> str:
    def named(role: str) -> str:
        return names.get(entry.get(role) or "", phrase("somebody"))

    if entry["type"] == "booking.reassigned" and entry.get("took"):
        return Message(REASSIGNED, {role: named(role) for role in ("by", "gave", "took")})
    sentence = UNSEEN if entry.get("opened") is False else SENTENCES[entry["type"]]
    return Message(sentence, {"by": named("by"), "to": to or phrase("somebody")})


def path_of(request: web.Request) -> str:
    """The address of the link that the request names; raises NotFound."""
    link = request[CALLER].snapshot.link
    if link is None:
        raise NotFound
    return f"/dashboard/links/{link.id}"


async def update(request: web.Request) -> web.Response:
    """Change when a link expires, its note, and what happens when its booking is cancelled."""
    form = await read_form(request)
    path = path_of(request)
    try:
        await update_link(request.app[SERVICES], request[CALLER], convert(_document(form), LinkPatch))
    except Invalid as refusal:
        return await show_link(request, by_field(refusal), form.fields)
    return lead_to(path, said="saved")


def _document(form: SentForm) -> dict[str, Any]:
    """The patch of what was chosen. An expiry that is left as it is must not count from now."""
    document: dict[str, Any] = {"note": form.text("note"), "on_cancel": form.text("on_cancel")}
    expiry = form.text("expiry")
    if expiry == "never":
        document["expires_in_days"] = None
    elif expiry == "days":
        document["expires_in_days"] = form.number("expires_in_days", required=True) or 0
    form.refuse()
    return document


async def revoke(request: web.Request) -> web.Response:
    """Revoke a link."""
    await revoke_link(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="revoked")


async def reactivate(request: web.Request) -> web.Response:
    """Reactivate a link."""
    await reactivate_link(request.app[SERVICES], request[CALLER])
    return lead_to(path_of(request), said="reactivated")
