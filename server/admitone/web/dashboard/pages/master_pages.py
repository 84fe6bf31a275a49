"""Master pages: `/dashboard/master-pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.availability.distribution import METHODS
from admitone.domain.pages.master_page import MasterPageBody
from admitone.domain.pages.panel import panel_pages
from admitone.texts.message import message
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.pages.pools import POOLS
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.records import all_records
from admitone.usecases.times.booking_queue import page_queues
from admitone.web.dashboard.language_choices import page_language, page_languages
from admitone.web.dashboard.links.one_time import why_no_one_time
from admitone.web.dashboard.pages.code_warning import lacks_codes
from admitone.web.dashboard.pages.order_form import PagesPart, at_rows
from admitone.web.dashboard.pages.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.pages.page_lists import page_list_context
from admitone.web.dashboard.pages.page_names import page_path
from admitone.web.dashboard.pages.page_times import show_times
from admitone.web.dashboard.pages.rule_form import RuleForm, RulesPart
from admitone.web.dashboard.pages.slug_form import Slug
from admitone.web.dashboard.record_room import RecordRoom, find_record
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.pages.event_type import EventType
    from admitone.web.dashboard.struct_form import FormValues

WITHOUT_PRIORITY = {name: rule for name, rule in METHODS.items() if not rule.has_priorities}


async def show_list(request: web.Request) -> web.Response:
    """List master pages, oldest first."""
    pages = await all_records(request.app[SERVICES], request[CALLER], MASTER_PAGES)
    context = await page_list_context(request, "master-pages", pages)
    return await show_room(request, "pages/master_pages", context)


async def show(request: web.Request) -> web.Response:
    """Show a master page: its address, its rules, its members, its looks, and who is next."""
    caller = request[CALLER]
    page = await find_record(request, MASTER_PAGES)
    target = await read_target(caller.snapshot, page.id)
    members = dict.fromkeys(panel_pages(page, None, caller.snapshot.find))
    rows, _ = chosen_rows(request, await page_choices(request), [(each, "") for each in members])
    context = {
        "room": "pages",
        "page": page,
        "queues": await page_queues(caller, page),
        "event_types": target.event_types if target else [],
        "offered": target.offered() if target else [],
        "members": rows,
        "language": await page_language(request, page.locale),
        "why_not": why_no_one_time(target),
        "lacks_codes": await lacks_codes(request, page, target),
        "public_url": request.app[CONFIG].public_url,
    }
    return await show_room(request, "pages/master_page", context)


async def times(request: web.Request) -> web.Response:
    """For each time of one day, show whether customers can book it, and who is busy in each place."""
    page = await find_record(request, MASTER_PAGES)
    edit_at = f"{page_path(page)}/edit" if request[CALLER].is_administrator else None
    return await show_times(request, page, None, edit_at)


async def _blank(_request: web.Request) -> MasterPageBody:
    return MasterPageBody(title="", slug="", rule_type="dynamic")


async def _context(request: web.Request, values: FormValues, errors: Mapping[str, str]) -> dict[str, Any]:
    """The event types, booking pages and pools to choose from."""
    services, caller = request.app[SERVICES], request[CALLER]
    choices = await page_choices(request)
    pools = await all_records(services, caller, POOLS)
    event_types = await all_records(services, caller, EVENT_TYPES)
    rows, others = chosen_rows(request, choices, values["pages"].rows)
    return {
        "errors": at_rows(errors),
        "rules": _rules(values["rules"].rows, event_types),
        "names": {event_type.id: event_type.name for event_type in event_types},
        "page_options": [(f"page:{one.page}", f"{one.title} · {one.host}") for one in choices],
        "pool_options": [(f"pool:{pool.id}", pool.name) for pool in pools],
        "rows": rows,
        "others": others,
        # Members of a static list have no priorities; only a page that the API wrote so shows this method.
        "methods": METHODS if values.get("distribution") == "pooled_priority" else WITHOUT_PRIORITY,
        "languages": await page_languages(request),
        "public_url": request.app[CONFIG].public_url,
    }


def _rules(rules: list[RuleForm], event_types: Sequence[EventType]) -> list[RuleForm]:
    """The rules in their order, then an empty one for each other event type."""
    there = {rule.event_type for rule in rules}
    return rules + [RuleForm(each.id) for each in event_types if each.id not in there]


ROOM = RecordRoom(
    kind=MASTER_PAGES,
    path="/dashboard/master-pages",
    room="pages",
    list_name=message("Master pages"),
    template="pages/master_page_form",
    form=StructForm(
        MasterPageBody,
        {"slug": Slug(), "rules": RulesPart(), "pages": PagesPart()},
    ),
    blank=_blank,
    context=_context,
)
show_new = ROOM.show_new
show_copy = ROOM.show_copy
create = ROOM.create
show_edit = ROOM.show_edit
update = ROOM.update
delete = ROOM.delete
