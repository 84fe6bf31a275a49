"""Master pages: `/dashboard/master-pages`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import FieldError, Invalid, SlugInUse, WouldBreakLinks
from admitone.domain.links.target import is_available
from admitone.domain.pages.master_page import MasterPageBody
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.pages.pools import POOLS
from admitone.usecases.pages.target_read import read_target, read_targets
from admitone.usecases.shared.records import all_records, change_record, create_record, read_record
from admitone.usecases.times.booking_queue import page_queues
from admitone.web.dashboard.confirm import ask, delete_or_ask, is_confirmed
from admitone.web.dashboard.links.one_time import why_no_one_time
from admitone.web.dashboard.pages.master_page_form import (
    MasterPageForm,
    RuleForm,
    master_page_as_form,
    master_page_document,
    read_master_page,
)
from admitone.web.dashboard.pages.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.pages.page_names import page_path
from admitone.web.dashboard.pages.page_times import show_times
from admitone.web.dashboard.pages.setting_sentences import METHODS
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.pages.event_type import EventType
    from admitone.domain.pages.master_page import MasterPage
    from admitone.web.dashboard.pages.page_choices import PageChoice


async def show_list(request: web.Request) -> web.Response:
    """List master pages, oldest first."""
    caller = request[CALLER]
    pages = await all_records(request.app[SERVICES], caller, MASTER_PAGES)
    targets = await read_targets(caller.snapshot, [page.id for page in pages])
    context = {
        "room": "pages",
        "part": "master-pages",
        "pages": pages,
        "one_time": {page for page, target in targets.items() if is_available(target, None)},
        "public_url": request.app[CONFIG].public_url,
    }
    return await show_room(request, "master_pages", context)


async def create(request: web.Request) -> web.Response:
    """Create a master page, or rearrange its form."""
    sent = read_master_page(await read_form(request))
    if sent.act:
        return await show_form(request, None, sent)
    try:
        body = convert(master_page_document(sent), MasterPageBody)
        made = plain(await create_record(request.app[SERVICES], request[CALLER], MASTER_PAGES, body))
    except Invalid as refusal:
        return await show_form(request, None, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, None, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    return lead_to(f"/dashboard/master-pages/{made['id']}", said="created")


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new master page."""
    return await show_form(request, None, MasterPageForm())


async def show(request: web.Request) -> web.Response:
    """Show a master page: its address, its rules, and whose turn it is."""
    caller = request[CALLER]
    page = await master_page_of(request)
    context = {
        "room": "pages",
        "page": page,
        "queues": await page_queues(caller, page),
        "why_not": why_no_one_time(await read_target(caller.snapshot, page.id)),
        "public_url": request.app[CONFIG].public_url,
    }
    return await show_room(request, "master_page", context)


async def update(request: web.Request) -> web.Response:
    """Change a master page, or rearrange its form."""
    page = await master_page_of(request)
    form = await read_form(request)
    sent = read_master_page(form)
    if sent.act:
        return await show_form(request, page, sent)
    room = f"/dashboard/master-pages/{page.id}"
    services, caller = request.app[SERVICES], request[CALLER]
    try:
        document = master_page_document(sent)
        confirm = is_confirmed(form)
        await change_record(services, caller, MASTER_PAGES, page.id, document, confirm=confirm)
    except Invalid as refusal:
        return await show_form(request, page, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, page, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="pages", action="Save all the same", back=room)
    return lead_to(room, said="saved")


_KIND_OF_REFERENCE = re.compile(r"\.(page|pool)$")
WITHOUT_PRIORITY = {name: said for name, said in METHODS.items() if name != "pooled_priority"}


async def show_edit(request: web.Request) -> web.Response:
    """Show the form of a master page."""
    page = await master_page_of(request)
    return await show_form(request, page, master_page_as_form(page))


async def show_form(
    request: web.Request,
    page: MasterPage | None,
    form: MasterPageForm,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The form of `page`, None for a new one; with `errors` by field after it was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    choices = await page_choices(services, caller)
    pools = await all_records(services, caller, POOLS)
    event_types = await all_records(services, caller, EVENT_TYPES)
    rows, others = chosen_rows(choices, [(page_id, "") for page_id in form.pages])
    names = {event_type.id: event_type.name for event_type in event_types}
    context: dict[str, Any] = {
        "room": "pages",
        "page": page,
        "form": form,
        "values": {
            "title": form.title,
            "slug": form.slug,
            "description": form.description,
            "host_name": form.host_name,
            "theme": form.theme,
        },
        # Which of the two a place names is one field of the form.
        "errors": {_KIND_OF_REFERENCE.sub("", field): message for field, message in (errors or {}).items()},
        "rules": _rules(form, event_types),
        "names": names,
        "page_options": [(f"page:{one.page}", _option(one)) for one in choices],
        "pool_options": [(f"pool:{pool.id}", pool.name) for pool in pools],
        "rows": rows,
        "others": others,
        # Members of a static list have no priorities; only what was written so by a program shows it.
        "methods": METHODS if form.distribution == "pooled_priority" else WITHOUT_PRIORITY,
        "public_url": request.app[CONFIG].public_url,
    }
    return await show_room(request, "master_page_form", context, status=422 if errors else 200)


async def master_page_of(request: web.Request) -> MasterPage:
    """The master page that the address names; raises NotFound."""
    return await read_record(request[CALLER], MASTER_PAGES, request.match_info["id"])


def _rules(form: MasterPageForm, event_types: Sequence[EventType]) -> list[RuleForm]:
    """The rules that there are, in their places, and an empty one for each other event type."""
    there = {rule.event_type for rule in form.rules}
    return form.rules + [RuleForm(each.id) for each in event_types if each.id not in there]


def _option(choice: PageChoice) -> str:
    return f"{choice.title} · {choice.host}"


async def times(request: web.Request) -> web.Response:
    """Say of each time of one day whether customers can book it, and who is in the way in each place."""
    page = await master_page_of(request)
    edit_at = f"{page_path(page)}/edit" if request[CALLER].is_administrator else None
    return await show_times(request, page, None, edit_at)


async def delete(request: web.Request) -> web.Response:
    """Delete a master page."""
    return await delete_or_ask(request, MASTER_PAGES, room="pages", list_at="/dashboard/master-pages")
