"""A mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.mail.smtp_server import mail_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.mail.smtp_server import MailServer


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server, which takes every mail until a test has it fail."""
    async with mail_server() as running:
        yield running
