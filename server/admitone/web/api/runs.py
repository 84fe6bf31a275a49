"""Runs of workflows: `/api/v1/runs`, and those of one workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import IdempotencyKeyReused, WorkflowNotPublished
from admitone.usecases.runs.counts_read import WorkflowCounts, read_counts
from admitone.usecases.runs.enrol import EnrolBody, Enrolling, enrol
from admitone.usecases.runs.enrol_everyone import EnrolmentView, read_enrolment
from admitone.usecases.runs.run_control import Handled, change_failed_runs, change_run_by_hand
from admitone.usecases.runs.run_list import RunQuery, list_runs, read_run
from admitone.usecases.runs.run_view import RunView
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, read_json, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.runs.run_control import RunAction


@operation("run_list", Listing[RunView], query=RunQuery)
async def list_(request: web.Request) -> web.Response:
    """List the runs of a workflow, the newest first, each with its history."""
    wanted, workflow = query(request, RunQuery), request.match_info["id"]
    return respond_json(await list_runs(request.app[SERVICES], request[CALLER], workflow, wanted))


@operation("workflow_counts", WorkflowCounts)
async def counts(request: web.Request) -> web.Response:
    """Show how many contacts entered, were mailed, opened and booked, and how many are at each step."""
    return respond_json(await read_counts(request.app[SERVICES], request[CALLER], request.match_info["id"]))


@operation("workflow_enrol", Enrolling, body=EnrolBody, refuses=(IdempotencyKeyReused, WorkflowNotPublished))
async def enrol_contacts(request: web.Request) -> web.Response:
    """Let contacts enter a workflow: up to 1,000 chosen ones, everyone with a tag, or everyone."""
    body, workflow = await read_json(request, EnrolBody), request.match_info["id"]
    return respond_json(await enrol(request.app[SERVICES], request[CALLER], workflow, body))


@operation("workflow_enrolment", EnrolmentView)
async def enrolment(request: web.Request) -> web.Response:
    """Show how far the enrolment of everyone, or of everyone with a tag, has come."""
    services, caller, named = request.app[SERVICES], request[CALLER], request.match_info
    return respond_json(await read_enrolment(services, caller, named["id"], named["enrolment"]))


@operation("run_get", RunView)
async def get(request: web.Request) -> web.Response:
    """Show a run with its history."""
    return respond_json(await read_run(request.app[SERVICES], request[CALLER], request.match_info["id"]))


@operation("run_retry", RunView)
async def retry(request: web.Request) -> web.Response:
    """Have the failed step of a run tried again."""
    return await _change(request, "retry")


@operation("run_skip", RunView)
async def skip(request: web.Request) -> web.Response:
    """Let a run that failed or waits at a step go on without that step."""
    return await _change(request, "skip")


@operation("run_stop", RunView)
async def stop(request: web.Request) -> web.Response:
    """End a run."""
    return await _change(request, "stop")


@operation("run_retry_all", Handled)
async def retry_all(request: web.Request) -> web.Response:
    """Have the failed steps of a workflow's runs tried again."""
    return await _change_failed(request, "retry")


@operation("run_skip_all", Handled)
async def skip_all(request: web.Request) -> web.Response:
    """Let all failed runs of a workflow go on without the step that failed."""
    return await _change_failed(request, "skip")


@operation("run_stop_all", Handled)
async def stop_all(request: web.Request) -> web.Response:
    """End all failed runs of a workflow."""
    return await _change_failed(request, "stop")


async def _change(request: web.Request, action: RunAction) -> web.Response:
    services, caller, run = request.app[SERVICES], request[CALLER], request.match_info["id"]
    return respond_json(await change_run_by_hand(services, caller, run, action))


async def _change_failed(request: web.Request, action: RunAction) -> web.Response:
    services, caller, workflow = request.app[SERVICES], request[CALLER], request.match_info["id"]
    return respond_json(await change_failed_runs(services, caller, workflow, action))
