"""Paste or upload a list of people who shall get a link each: `/dashboard/links/many`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from multidict import MultiDict

from admitone.domain.documents import convert
from admitone.domain.errors import BodyTooLarge, Invalid, OneTimeNotOffered, invalid
from admitone.domain.links.file_people import MOST_PEOPLE
from admitone.domain.links.link import LinkOptions
from admitone.texts.message import message
from admitone.usecases.imports.import_view import list_imports
from admitone.usecases.links.people_upload import upload_people
from admitone.usecases.links.people_write import PEOPLE
from admitone.usecases.pages.page_list import list_shared_pages
from admitone.usecases.pages.target_read import read_target
from admitone.web.dashboard.links.one_time import why_no_one_time
from admitone.web.dashboard.links.people_words import STATES
from admitone.web.dashboard.links.share import find_page
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import SentForm, by_field
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.uploads import posted_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

PATH = "/dashboard/links/many"
FILE = "file"
DEFAULTS = {"expiry": "usual", "expires_in_days": ""}
LARGE_LIST = message("The list is larger than 2 MB. Divide it.")
BOTH = message("Paste a list or choose a file, not both.")


async def show(request: web.Request) -> web.Response:
    """Choose a page, then give the people and what their links shall be like."""
    return await _show(request, request.query.get("page", ""))


async def upload(request: web.Request) -> web.Response:
    """Keep the list that was sent, and lead to what is wrong in it; the same list leads to the same place."""
    try:
        fields, name, content = await posted_fields(request, FILE)
    except BodyTooLarge:
        return await _show(request, "", {"people": LARGE_LIST})
    form = SentForm(MultiDict(fields))
    try:
        made = await _upload(request, form, name, content)
    except Invalid as refusal:
        return await _show(request, form.text("page"), by_field(refusal), fields)
    except OneTimeNotOffered as refusal:
        return await _show(request, form.text("page"), {"page": refusal.detail}, fields)
    return lead_to(f"{PATH}/{made}")


async def _upload(request: web.Request, form: SentForm, name: str | None, content: bytes) -> str:
    services, caller = request.app[SERVICES], request[CALLER]
    pasted = form.text("people").encode()
    if pasted and content:
        raise invalid("people", BOTH)
    options = convert(_document(form), LinkOptions)
    try:
        return await upload_people(services, caller, options, name or "", content or pasted)
    except Invalid as refusal:
        raise _at_list(refusal) if pasted else refusal from None


def _at_list(refusal: Invalid) -> Invalid:
    """The refusal of a list that was pasted: what is wrong in it belongs to the field for pasting."""
    errors = (msgspec.structs.replace(each, field="people") for each in refusal.errors if each.field == FILE)
    return Invalid(*errors, *(each for each in refusal.errors if each.field != FILE))


def _document(form: SentForm) -> dict[str, Any]:
    """The options of the links, as the API has them."""
    document: dict[str, Any] = {"page": form.text("page"), "channel": "dashboard", "note": form.text("note")}
    if event_type := form.text("event_type"):
        document["event_type"] = event_type
    if form.is_on("show_form"):
        document["skip_form"] = False
    match form.text("expiry"):
        case "never":
            document["expires_in_days"] = None
        case "days":
            document["expires_in_days"] = form.number("expires_in_days", required=True) or 0
    form.refuse()
    return document


async def _show(
    request: web.Request,
    page_id: str,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> web.Response:
    """The form, once a page is chosen; with `errors` by field if it was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    pages = await list_shared_pages(services, caller)
    page = find_page(pages, page_id) or (pages[0] if len(pages) == 1 else None)
    context: dict[str, Any] = {
        "room": "links",
        "path": PATH,
        "choices": [(each.id, each.title) for each in pages],
        "page": page,
        "most": MOST_PEOPLE,
        "imports": await list_imports(PEOPLE, services, caller),
        "states": STATES,
        "errors": errors or {},
        "values": values or DEFAULTS,
    }
    if page is not None:
        context["types"] = [(each.id, each.name) for each in page.event_types]
        context["why_not"] = why_no_one_time(await read_target(caller.snapshot, page.id))
    return await show_room(request, "links/people_start", context, status=422 if errors else 200)
