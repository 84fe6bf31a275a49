from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.calendar_events.desk import a_desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.calendar_events.desk import Desk


@pytest.fixture
async def desk(redis_url: str) -> AsyncIterator[Desk]:
    """A host's desk, whose calendar is not connected yet."""
    async with a_desk(redis_url) as one:
        yield one
