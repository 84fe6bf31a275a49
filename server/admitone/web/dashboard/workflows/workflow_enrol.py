"""Let chosen contacts enter a workflow: `/dashboard/workflows/ID/enrol`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, WorkflowNotPublished
from admitone.texts.message import count_message, message
from admitone.usecases.runs.enrol import EnrolBody, enrol
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.workflows.contact_picks import contact_picks
from admitone.web.dashboard.workflows.workflow_editor import show_editor
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web


async def show(request: web.Request) -> web.Response:
    """Choose the contacts."""
    return await show_editor(request, "enrol", await contact_picks(request))


async def add(request: web.Request) -> web.Response:
    """Let the ticked contacts enter, as far as re-entry allows it."""
    sent = await read_form(request)
    services, workflow = request.app[SERVICES], request.match_info["id"]
    try:
        body = convert({"contacts": sent.texts("contacts")}, EnrolBody)
        enrolled = await enrol(services, request[CALLER], workflow, body)
    except Invalid:
        return await _refused(request, message("Tick the contacts who are to enter."))
    except WorkflowNotPublished as refusal:
        return await _refused(request, refusal.detail)
    entered = sum(1 for each in enrolled.items if each.result == "entered")
    told = _entered(entered, len(enrolled.items) - entered)
    return await show_editor(request, "overview", {"told": told})


async def _refused(request: web.Request, told: str) -> web.Response:
    context = {"told": told, "refused": True, **await contact_picks(request)}
    return await show_editor(request, "enrol", context, status=422)


def _entered(entered: int, others: int) -> str:
    if not others:
        return count_message("%(count)s contact enters.", "%(count)s contacts enter.", count=entered)
    if not entered:
        return message("No contact enters: all of them have entered before.")
    return count_message(
        "%(count)s contact enters. The others (%(others)s) have entered before.",
        "%(count)s contacts enter. The others (%(others)s) have entered before.",
        count=entered,
        others=others,
    )
