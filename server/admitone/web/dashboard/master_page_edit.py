"""GET /dashboard/master-pages/{id}/edit"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from admitone.usecases.config_change import existing
from admitone.usecases.config_list import all_config
from admitone.usecases.event_type_all import all_event_types
from admitone.web.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.dashboard.master_page_form import RuleForm, master_page_as_form
from admitone.web.dashboard.page_choices import chosen_rows, page_choices
from admitone.web.dashboard.room import show
from admitone.web.dashboard.words import METHODS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.event_type import EventType
    from admitone.domain.master_page import MasterPage
    from admitone.web.dashboard.master_page_form import MasterPageForm
    from admitone.web.dashboard.page_choices import PageChoice

_KIND_OF_REFERENCE = re.compile(r"\.(page|pool)$")
WITHOUT_PRIORITY = {name: said for name, said in METHODS.items() if name != "pooled_priority"}


async def handle(request: web.Request) -> web.Response:
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
    pools = await all_config(services, caller, "pool")
    event_types = await all_event_types(services, caller)
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
    return await show(request, "master_page_form", context, status=422 if errors else 200)


async def master_page_of(request: web.Request) -> MasterPage:
    """The master page that the address names; raises NotFound."""
    page: MasterPage = await existing(request[CALLER], "master_page", request.match_info["id"])
    return page


def _rules(form: MasterPageForm, event_types: Sequence[EventType]) -> list[RuleForm]:
    """The rules that there are, in their places, and an empty one for each other event type."""
    there = {rule.event_type for rule in form.rules}
    return form.rules + [RuleForm(each.id) for each in event_types if each.id not in there]


def _option(choice: PageChoice) -> str:
    return f"{choice.title} · {choice.host}"
