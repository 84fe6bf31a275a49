"""A server, an administrator of it, and a browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from tests.api.deployment import Clock, deployed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.api.calling import Api
    from tests.api.deployment import Deployment


@pytest.fixture
async def deployment(redis_url: str) -> AsyncIterator[Deployment]:
    """A server on an empty Redis."""
    async with deployed(redis_url, Clock()) as running:
        yield running


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator's program."""
    return await deployment.user("administrator", name="Alex Admin")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """The distribution's Chromium."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield started
        await started.close()
