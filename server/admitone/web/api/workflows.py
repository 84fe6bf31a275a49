"""Workflows: `/api/v1/workflows`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WorkflowChanged
from admitone.domain.workflows.workflow import WorkflowBody
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.usecases.workflows.workflow_publish import (
    Publishing,
    Unpublishing,
    pause_workflow,
    publish_workflow,
    unpublish_workflow,
)
from admitone.usecases.workflows.workflow_test import test_workflow
from admitone.usecases.workflows.workflow_test_view import TriedWorkflow, TryBody
from admitone.usecases.workflows.workflow_versions import list_versions
from admitone.usecases.workflows.workflow_view import VersionView, WorkflowView
from admitone.usecases.workflows.workflows import (
    WorkflowChange,
    create_workflow,
    delete_workflow,
    list_workflows,
    show_workflow,
    update_workflow,
)
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import (
    no_content,
    query,
    read_json,
    read_json_or,
    read_patch,
    refuse_fields,
    respond_created,
    respond_json,
)
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("workflow_list", Listing[WorkflowView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List the workspace's workflows, oldest first."""
    wanted = query(request, ListQuery)
    return respond_json(await list_workflows(request.app[SERVICES], request[CALLER], wanted))


@operation("workflow_create", WorkflowView, body=WorkflowBody, status=201)
async def create(request: web.Request) -> web.Response:
    """Create a workflow as a draft, which may be incomplete."""
    body = await read_json(request, WorkflowBody)
    answer = await create_workflow(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, f"{request.path}/{answer.id}")


@operation("workflow_get", WorkflowView)
async def get(request: web.Request) -> web.Response:
    """Show a workflow."""
    answer = await show_workflow(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)


@operation("workflow_update", WorkflowView, patch=WorkflowChange, refuses=(WorkflowChanged,))
async def update(request: web.Request) -> web.Response:
    """Change the draft of a workflow by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    answer = await update_workflow(request.app[SERVICES], request[CALLER], request.match_info["id"], patch)
    return respond_json(answer)


@operation("workflow_delete", status=204)
async def delete(request: web.Request) -> web.Response:
    """Delete a workflow; its runs end before their next step."""
    await delete_workflow(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()


@operation(
    "workflow_publish", WorkflowView, body=Publishing, body_is_optional=True, refuses=(WorkflowChanged,)
)
async def publish(request: web.Request) -> web.Response:
    """Publish the draft as the next version, which contacts enter from now on."""
    publishing = await read_json_or(request, Publishing())
    services, workflow = request.app[SERVICES], request.match_info["id"]
    return respond_json(await publish_workflow(services, request[CALLER], workflow, publishing))


@operation("workflow_unpublish", WorkflowView, body=Unpublishing, body_is_optional=True)
async def unpublish(request: web.Request) -> web.Response:
    """Let no contact enter a workflow any more; runs under way continue or stop."""
    unpublishing = await read_json_or(request, Unpublishing())
    services, workflow = request.app[SERVICES], request.match_info["id"]
    return respond_json(await unpublish_workflow(services, request[CALLER], workflow, unpublishing))


@operation("workflow_pause", WorkflowView)
async def pause(request: web.Request) -> web.Response:
    """Pause a workflow: contacts enter, and no step begins."""
    return await _pause(request, pause=True)


@operation("workflow_resume", WorkflowView)
async def resume(request: web.Request) -> web.Response:
    """Resume a workflow that was paused."""
    return await _pause(request, pause=False)


@operation("workflow_test", TriedWorkflow, body=TryBody)
async def test(request: web.Request) -> web.Response:
    """Try the draft of a workflow with a contact: what each step would do, without doing it."""
    body = await read_json(request, TryBody)
    services, workflow = request.app[SERVICES], request.match_info["id"]
    return respond_json(await test_workflow(services, request[CALLER], workflow, body))


@operation("workflow_versions", Listing[VersionView], query=ListQuery)
async def versions(request: web.Request) -> web.Response:
    """List the published versions of a workflow, newest first."""
    services, workflow = request.app[SERVICES], request.match_info["id"]
    answer = await list_versions(services, request[CALLER], workflow, query(request, ListQuery))
    return respond_json(answer)


async def _pause(request: web.Request, *, pause: bool) -> web.Response:
    await refuse_fields(request)
    services, workflow = request.app[SERVICES], request.match_info["id"]
    return respond_json(await pause_workflow(services, request[CALLER], workflow, pause=pause))
