"""Changes of a draft that forms make: each is made only to the draft that the form was made of."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.workflows.edit import find_step
from admitone.domain.workflows.kept_links import with_kept_links
from admitone.usecases.shared.settle import refreshed
from admitone.usecases.workflows.workflows import update_workflow
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp import web

    from admitone.domain.workflows.steps import Step
    from admitone.web.dashboard.sent_form import SentForm


async def change_draft(request: web.Request, sent: SentForm, patch: Mapping[str, Any]) -> None:
    """Apply a merge patch to the draft that has the form's `revision`; then the request's caller sees it.

    Raises NotFound, Invalid, Busy, WorkflowChanged.
    """
    services, caller = request.app[SERVICES], request[CALLER]
    known = {**patch, "revision": sent.number("revision", required=True)}
    sent.refuse()
    await update_workflow(services, caller, request.match_info["id"], known)
    request[CALLER] = await refreshed(msgspec.structs.replace(caller, operation=None))


async def change_steps(
    request: web.Request, sent: SentForm, before: Sequence[Step], after: Sequence[Step]
) -> None:
    """As `change_draft`, for all the steps: the templates name the same links as in the steps `before`."""
    await change_draft(request, sent, {"steps": msgspec.to_builtins(with_kept_links(before, after))})


def new_step_id(steps: Sequence[Step]) -> str:
    """An id that none of the steps has, and that none had before."""
    while find_step(steps, found := f"s{secrets.token_hex(4)}") is not None:
        pass
    return found
