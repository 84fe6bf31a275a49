"""Publish a workflow, unpublish it, pause it, resume it and delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid, WorkflowChanged
from admitone.usecases.workflows.workflow_publish import (
    Publishing,
    Unpublishing,
    pause_workflow,
    publish_workflow,
    unpublish_workflow,
)
from admitone.usecases.workflows.workflows import delete_workflow
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.workflows.workflow_editor import NOT_PUBLISHED, PATH, show_editor
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web


async def publish(request: web.Request) -> web.Response:
    """Publish the draft, if nothing is missing and it is the one that was shown."""
    sent = await read_form(request)
    services, caller, workflow = request.app[SERVICES], request[CALLER], request.match_info["id"]
    publishing = Publishing(revision=sent.number("revision", required=True))
    try:
        sent.refuse()
        await publish_workflow(services, caller, workflow, publishing)
    except Invalid as refusal:
        whole = next((error.message for error in refusal.errors if not error.field), NOT_PUBLISHED)
        return await show_editor(request, "overview", {"told": whole, "refused": True}, status=422)
    except WorkflowChanged:
        return await show_editor(request, "overview", {"conflict": True}, status=409)
    return lead_to(f"{PATH}/{workflow}", told="published")


async def unpublish(request: web.Request) -> web.Response:
    """Let no contact enter any more; runs under way go on, or stop."""
    sent, workflow = await read_form(request), request.match_info["id"]
    running = Unpublishing(running="stop" if sent.text("running") == "stop" else "continue")
    await unpublish_workflow(request.app[SERVICES], request[CALLER], workflow, running)
    return lead_to(f"{PATH}/{workflow}", told="unpublished")


async def pause(request: web.Request) -> web.Response:
    """Let contacts enter, but begin no step."""
    workflow = request.match_info["id"]
    await pause_workflow(request.app[SERVICES], request[CALLER], workflow, pause=True)
    return lead_to(f"{PATH}/{workflow}", told="paused")


async def resume(request: web.Request) -> web.Response:
    """Go on after a pause."""
    workflow = request.match_info["id"]
    await pause_workflow(request.app[SERVICES], request[CALLER], workflow, pause=False)
    return lead_to(f"{PATH}/{workflow}", told="resumed")


async def delete(request: web.Request) -> web.Response:
    """Delete a workflow."""
    await delete_workflow(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="deleted")
