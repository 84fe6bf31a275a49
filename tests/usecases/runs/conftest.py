"""The engine at work in a workspace that keeps its mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fakegoogle.running import running
from tests.support.mail.workspace_with_mail import a_workspace_with_mail
from tests.support.store.actions import a_store
from tests.support.workflows.engine import Engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """fakegoogle with its demo accounts."""
    async with running() as one:
        yield one


@pytest.fixture
async def engine(redis_url: str, google: FakeGoogle) -> AsyncIterator[Engine]:
    """The engine on an empty Redis."""
    async with a_store(redis_url) as store, a_workspace_with_mail(store, google) as workspace:
        yield Engine(workspace)
