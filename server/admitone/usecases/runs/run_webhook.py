"""The step *Call webhook*: sends the run's state to one of the workspace's webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import Job, JobFailed, job_id
from admitone.texts.message import message
from admitone.usecases.links.link_view import link_url
from admitone.usecases.runs.run_move import Did
from admitone.usecases.webhooks.webhook_deliver import send_message
from admitone.usecases.webhooks.webhook_list import read_webhooks
from admitone.usecases.webhooks.webhook_message import run_message

if TYPE_CHECKING:
    from admitone.domain.workflows.steps import CallWebhook
    from admitone.usecases.runs.run_move import Outcome
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services


async def call_webhook(services: Services, job: Job, state: RunState, step: CallWebhook) -> Outcome:
    """Deliver the message `workflow.step`, whose id is derived from run and step.

    Raises JobDelayed for any answer but a 2xx, and JobFailed if the webhook does not exist any more or is
    switched off.
    """
    workspace, run = state.snapshot.workspace, state.run
    webhook = (await read_webhooks(state.snapshot)).find(step.webhook)
    if webhook is None or not webhook.enabled:
        raise JobFailed(message("The webhook does not exist any more, or is switched off."))
    delivery = Job(job_id(workspace, "run", run.id, step.id), job.name, workspace, job.event, webhook.id)
    url = link_url(services, state.link.code) if state.link else None
    told = run_message(services, run, step.id, state.contact, state.booking, url)
    await send_message(services, delivery, webhook, told)
    return Did()
