"""Calls to Google in a job: which failures delay the job and which end it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from admitone.domain.jobs.job import JobDelayed, JobFailed
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.texts.message import message
from admitone.usecases.shared.google_grant import mark_revoked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.google.api import GoogleGrant
    from admitone.usecases.shared.services import Services

RECONNECT = message("Google must be connected anew by the host.")
UNAUTHORISED = 401


@asynccontextmanager
async def google_work(
    services: Services, workspace: str, user: str, grant: GoogleGrant
) -> AsyncIterator[None]:
    """For calls with the user's grant: raises JobDelayed if a retry can help, else JobFailed.

    A revoked grant is marked as revoked, so that the user is asked to reconnect Google.
    """
    try:
        yield
    except GrantRevoked:
        await mark_revoked(services, workspace, user, grant)
        raise JobFailed(RECONNECT, user) from None
    except GoogleUnreachable as failure:
        raise JobDelayed(message("Google did not answer: %(reason)s.", reason=failure.reason)) from None
    except GoogleRefused as refusal:
        reason = message(
            "Google refused: %(reason)s (%(status)s).", reason=refusal.reason, status=refusal.status
        )
        if refusal.is_rate_limit or refusal.status == UNAUTHORISED:
            raise JobDelayed(reason, refusal.retry_after) from None
        raise JobFailed(reason) from None
