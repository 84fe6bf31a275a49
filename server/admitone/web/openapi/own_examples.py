"""The ids in the API's examples, replaced by those of who is signed in: samples work as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Refusal
from admitone.usecases.bookings.booking_list import BookingQuery, list_bookings
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.shared.records import first_record
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.caller import find_caller
from admitone.web.http.session_cookie import session_token
from admitone.web.openapi.examples import BY_NAME

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.shared.services import Caller, Services

OF_SUBJECT = {
    "booking-pages": "page",
    "event-types": "event_type",
    "links": "link",
    "bookings": "booking",
    "me": "owner",
}
"""Whose id `id` is in the examples of a subject."""


async def own_examples(request: web.Request, subject: str) -> dict[str, str]:
    """The caller's own ids by the ids of the examples; empty if nobody is signed in."""
    if session_token(request) is None:
        return {}
    try:
        caller = await find_caller(request)
    except Refusal:  # the session has ended: the page is open to everybody
        return {}
    own = await _own_ids(request.app[SERVICES], caller)
    if (record := OF_SUBJECT.get(subject)) in own:
        own["id"] = own[record]
    return {BY_NAME[name]: mine for name, mine in own.items()}


async def _own_ids(services: Services, caller: Caller) -> dict[str, str]:
    """The ids of the caller, their oldest page, its first event type, and their latest link and booking."""
    me = caller.user.id
    own = {"owner": me}
    page = await first_record(services, caller, BOOKING_PAGES, lambda each: each.owner == me)
    if page is not None:
        own["page"] = page.id
        own.update(("event_type", each) for each in page.event_types[:1])
    links = await list_links(services, caller, LinkQuery(created_by=me, limit=1))
    own.update(("link", each.id) for each in links.items)
    bookings = await list_bookings(services, caller, BookingQuery(host=me, limit=1))
    own.update(("booking", each.id) for each in bookings.items)
    return own
