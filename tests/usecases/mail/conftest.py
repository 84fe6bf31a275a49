"""A workspace that mails, a mail server, and fakegoogle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fakegoogle.running import running
from tests.support.mail.smtp_server import mail_server
from tests.support.mail.workspace_with_mail import a_workspace_with_mail
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle
    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """fakegoogle with its demo accounts."""
    async with running() as one:
        yield one


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server."""
    async with mail_server() as running:
        yield running


@pytest.fixture
async def workspace(redis_url: str, google: FakeGoogle) -> AsyncIterator[WorkspaceWithMail]:
    """A workspace on an empty Redis."""
    async with a_store(redis_url) as store, a_workspace_with_mail(store, google) as made:
        yield made
