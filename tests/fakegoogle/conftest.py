from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fakegoogle.running import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running() as one:
        yield one
