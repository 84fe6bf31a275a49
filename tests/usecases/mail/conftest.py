"""A workspace's post, a mail server, and Google."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fakegoogle.running import running
from tests.support.mail.post import a_post
from tests.support.mail.smtp_server import mail_server
from tests.support.store.doing import a_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle
    from tests.support.mail.post import Post
    from tests.support.mail.smtp_server import MailServer


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running() as one:
        yield one


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server."""
    async with mail_server() as running:
        yield running


@pytest.fixture
async def post(redis_url: str, google: FakeGoogle) -> AsyncIterator[Post]:
    """A workspace on a Redis that is empty."""
    async with a_store(redis_url) as store, a_post(store, google) as made:
        yield made
