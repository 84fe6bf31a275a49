"""One link, and what may be done with it: `/dashboard/links/LINK`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, NotFound
from admitone.domain.links.link import LinkPatch
from admitone.usecases.accounts.users import user_names
from admitone.usecases.links.link_reactivate import reactivate_link
from admitone.usecases.links.link_read import read_link, read_link_bookings
from admitone.usecases.links.link_revoke import revoke_link
from admitone.usecases.links.link_update import update_link
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import SentForm, by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


SENTENCES = {
    "link.created": "Made by {by}",
    "link.fetched": "Fetched for the first time, by a browser or a mail scanner",
    "link.opened": "Opened by a person",
    "link.updated": "Changed by {by}",
    "link.revoked": "Revoked by {by}",
    "link.reactivated": "Reactivated by {by}",
    "link.expired": "Expired",
    "booking.scheduled": "Booked by {by}",
    "booking.rescheduled": "Moved by {by}",
    "booking.reassigned": "Given to another host by {by}",
    "booking.cancelled": "Cancelled by {by}",
    "booking.completed": "Completed",
    "booking.no_show": "Recorded as a no-show by {by}",
}


async def show(request: web.Request) -> web.Response:
    """Show one link, its bookings and what happened to it."""
    return await show_link(request)


async def show_link(
    request: web.Request,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> web.Response:
    """The link's room; with `errors` by field and the `values` that were sent, after a form was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    view = await read_link(services, caller)
    [row] = await link_rows(caller, [view])
    bookings = await read_link_bookings(services, caller, view)
    timeline = view.timeline if isinstance(view.timeline, list) else []
    return await show_room(
        request,
        "link",
        {
            "room": "links",
            "row": row,
            "link": view,
            "bookings": await booking_rows(caller, bookings),
            "timeline": await told(request, timeline),
            "errors": errors or {},
            "values": values or {"note": view.note, "on_cancel": view.on_cancel, "expires_in_days": ""},
        },
        status=422 if errors else 200,
    )


async def told(request: web.Request, timeline: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries of a timeline in words, the newest first."""
    names = await user_names(request[CALLER], [entry["by"] for entry in timeline if entry.get("by")])
    names |= {"customer": "the customer", "system": "Admit One"}
    return [
        entry | {"sentence": SENTENCES[entry["type"]].format(by=names.get(entry.get("by", ""), "somebody"))}
        for entry in reversed(timeline)
        if entry["type"] in SENTENCES
    ]


def path_of(request: web.Request) -> str:
    """The address of the link that the request is about; raises NotFound where there is none."""
    link = request[CALLER].snapshot.link
    if link is None:
        raise NotFound
    return f"/dashboard/links/{link.id}"


async def update(request: web.Request) -> web.Response:
    """Change when a link expires, its note, what cancelling does."""
    form = await read_form(request)
    path = path_of(request)
    try:
        await update_link(request.app[SERVICES], request[CALLER], convert(_document(form), LinkPatch))
    except Invalid as refusal:
        return await show_link(request, by_field(refusal), form.fields)
    return lead_to(path, said="saved")


def _document(form: SentForm) -> dict[str, Any]:
    """Only what was chosen: an expiry that is left as it is does not begin to count anew."""
    document: dict[str, Any] = {"note": form.text("note"), "on_cancel": form.text("on_cancel")}
    expiry = form.text("expiry")
    if expiry == "never":
        document["expires_in_days"] = None
    elif expiry == "days":
        document["expires_in_days"] = form.needed_number("expires_in_days")
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
