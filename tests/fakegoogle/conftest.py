from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .running import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .running import FakeGoogle


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running() as one:
        yield one
