"""What is missing in a workflow before it can be published, with the workspace's records as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.workflows.check import publish_problems
from admitone.domain.workflows.known import Known, KnownPage
from admitone.domain.workflows.steps import GenerateLink, all_steps
from admitone.mail.liquid_names import LiquidTemplates
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.mail_set_up import mail_set_up
from admitone.usecases.webhooks.webhook_list import read_webhooks

if TYPE_CHECKING:
    from admitone.domain.errors import FieldError
    from admitone.domain.links.target import Target
    from admitone.domain.people.user import User
    from admitone.domain.workflows.workflow import WorkflowBody
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Caller, Services


async def problems_in(services: Services, caller: Caller, body: WorkflowBody) -> list[FieldError]:
    """Everything that is missing or wrong, at its place, such as `steps.3.then.0.subject`."""
    known = await known_records(services, caller, body)
    return await services.mail.renderer.run(publish_problems, body, known)


async def known_records(services: Services, caller: Caller, body: WorkflowBody) -> Known:
    """What the workspace has of the records that the workflow names."""
    snapshot = caller.snapshot
    filters = body.trigger.filters
    named = [step.page for step in all_steps(body.steps) if isinstance(step, GenerateLink)]
    named += [filters.page] if filters and filters.page else []
    targets = await read_targets(snapshot, list(dict.fromkeys(named)))
    webhooks = await read_webhooks(snapshot)
    return Known(
        pages={page: _page(target) for page, target in targets.items() if target is not None},
        event_types=await _event_type(snapshot, filters.event_type if filters else None),
        webhooks={webhook.id: webhook.endpoint for webhook in webhooks.items},
        senders=await _sender(services, caller, body.sender),
        templates=LiquidTemplates(),
    )


def _page(target: Target) -> KnownPage:
    offered = target.offered()
    return KnownPage(
        title=target.page.title,
        event_types=frozenset(each.id for each in offered),
        makes_links=target.is_one_time and bool(offered),
    )


async def _event_type(snapshot: Snapshot, event_type: str | None) -> dict[str, str]:
    [found] = await snapshot.load(("event_type", event_type)) if event_type else [None]
    return {found.id: found.name} if found is not None else {}


async def _sender(services: Services, caller: Caller, sender: str | None) -> dict[str, str]:
    """The user who is to send, if they are active and a mail of theirs would go out.

    Where nothing sends mails at all, without Google and without a mail server, mails are kept: every user
    will do.
    """
    found: list[User | None] = await caller.snapshot.load(("user", sender)) if sender else [None]
    user = found[0]
    if user is None or not user.active:
        return {}
    sends = (await mail_set_up(services, caller.workspace, user.id)).sends
    return {user.id: user.name} if sends or services.google is None else {}
