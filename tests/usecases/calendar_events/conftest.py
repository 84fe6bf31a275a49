from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.calendar_events.host_with_calendar import a_host_with_calendar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.calendar_events.host_with_calendar import HostWithCalendar


@pytest.fixture
async def host(redis_url: str) -> AsyncIterator[HostWithCalendar]:
    """A host whose calendar is not connected yet."""
    async with a_host_with_calendar(redis_url) as one:
        yield one
