"""Share a page: `/dashboard/share`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import FieldError, Invalid, NotFound, OneTimeNotOffered, invalid
from admitone.domain.links.link import LinkBody
from admitone.store.records.search_words import fold
from admitone.texts.message import message
from admitone.usecases.links.link_create import create_link
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.pages.page_list import list_shared_pages
from admitone.usecases.pages.target_read import read_target
from admitone.web.dashboard.links.link_address import LinkAddress, link_address
from admitone.web.dashboard.links.one_time import why_no_one_time
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import SentForm, by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.pages.master_page import MasterPage
    from admitone.usecases.links.link_view import LinkView
    from admitone.usecases.pages.page_list import SharedPage
    from admitone.usecases.shared.services import Caller, Services


PATH = "/dashboard/share"
DEFAULTS = {"one_time": "on", "name": "", "email": ""}
KEPT = ("event_type", "personalise", "show_form", "expires_in_days")
"""What the form keeps for another link."""
MORE = ("show_form", "expires_in_days", "note")
"""The fields that are folded, unless one of them is used."""
EXPIRIES = (1, 3, 7, 14, 30, 90, 180, 365)
"""Days that are offered; a link's own room takes any number."""


async def show(request: web.Request) -> web.Response:
    """Choose a page, then the kind of link; `made` is the id of the link that was just created."""
    return await show_share(request, request.query.get("page", ""))


async def show_share(
    request: web.Request,
    page_id: str,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> web.Response:
    """The room in which links are created; with `errors` by field if a form was refused."""
    services, caller, asked = request.app[SERVICES], request[CALLER], request.query
    values = values or DEFAULTS | {name: asked.get(name, "") for name in KEPT}
    errors = errors or {}
    pages = await list_shared_pages(services, caller)
    if not page_id:
        pages = offering(pages, values.get("event_type", ""))
    chosen = find_page(pages, page_id) or (pages[0] if len(pages) == 1 else None)
    made, sought = asked.get("made"), asked.get("q", "")
    link = await _made_link(services, caller, made) if made and made.isalnum() else None
    general = chosen if asked.get("general") else None
    context: dict[str, Any] = {
        "room": "share",
        "pages": [page for page in pages if fold(sought) in fold(f"{page.title} {page.slug}")],
        "has_pages": bool(pages),
        "page": chosen,
        "link": link,
        "general": general,
        "address": _address(link, general),
        "is_shown": bool((link or general) and asked.get("shown")),
        "q": sought,
        "errors": errors,
        "values": values,
        "has_more": any(values.get(name) or errors.get(name) for name in MORE),
        "expiries": EXPIRIES,
        "usual_days": (await caller.snapshot.settings()).link_expiry_days,
    }
    if chosen is not None:
        context["types"] = [(each.id, each.name) for each in chosen.event_types]
        context["why_not"] = why_no_one_time(await read_target(caller.snapshot, chosen.id))
    return await show_room(request, "links/share", context, status=422 if errors else 200)


def offering(pages: list[SharedPage], event_type: str) -> list[SharedPage]:
    """The pages that offer an event type; all pages if none does."""
    return [page for page in pages if any(each.id == event_type for each in page.event_types)] or pages


async def _made_link(services: Services, caller: Caller, made: str) -> LinkView | None:
    """The link with this id, None if the caller may not open it; raises NotFound."""
    link = await read_link_view(services, caller, made)
    return link if link.url else None


def _address(link: LinkView | None, general: SharedPage | None) -> LinkAddress | None:
    """The address to share, None before there is one."""
    if link and link.url:
        return link_address(link.url, has_person=link.person is not None)
    return link_address(general.url, has_person=False) if general else None


def find_page(pages: Sequence[SharedPage], page_id: str) -> SharedPage | None:
    """The page with this id, None if the caller cannot share it."""
    return next((page for page in pages if page.id == page_id), None)


async def create(request: web.Request) -> web.Response:
    """Create a one-time link, or show the page's general link if the switch *One-time link* is off."""
    services, caller = request.app[SERVICES], request[CALLER]
    form = await read_form(request)
    page = await _shared_page(caller, form.text("page"))
    try:
        if not form.is_on("one_time"):
            return _general(page, form)
        link = await create_link(services, caller, convert(_document(form), LinkBody))
    except Invalid as refusal:
        return await show_share(request, page.id, by_field(refusal), form.fields)
    except OneTimeNotOffered as refusal:
        problem = Invalid(FieldError("one_time", refusal.detail))
        return await show_share(request, page.id, by_field(problem), form.fields)
    if link.person and form.text("then") == "email":
        return lead_to(f"/dashboard/links/{link.id}/email")
    return lead_to(PATH, page=page.id, made=link.id, **_kept(form))


async def _shared_page(caller: Caller, page_id: str) -> BookingPage | MasterPage:
    """The page with this id; raises NotFound if the caller cannot share it."""
    target = await read_target(caller.snapshot, page_id)
    if target is None or not target.page.enabled:
        raise NotFound
    return target.page


def _general(page: BookingPage | MasterPage, form: SentForm) -> web.Response:
    if not page.general_link:
        raise invalid("one_time", message("This page's general link is off. Create a one-time link instead."))
    shown = {"shown": "1"} if form.text("then") == "show" else {}
    return lead_to(PATH, page=page.id, general="1", **shown)


def _kept(form: SentForm) -> dict[str, str]:
    """The parameters of the page that shows a new link: alone, or above the form of another one."""
    if form.text("then") == "show":
        return {"shown": "1"}
    return {name: form.text(name) for name in KEPT if form.text(name)}


def _document(form: SentForm) -> dict[str, Any]:
    document: dict[str, Any] = {"page": form.text("page"), "channel": "dashboard", "note": form.text("note")}
    if event_type := form.text("event_type"):
        document["event_type"] = event_type
    if form.text("expires_in_days") == "never":
        document["expires_in_days"] = None
    elif days := form.number("expires_in_days"):
        document["expires_in_days"] = days
    if form.is_on("personalise"):
        document["person"] = {"name": form.text("name"), "email": form.text("email")}
        document["skip_form"] = False if form.is_on("show_form") else None
    form.refuse()
    return document
