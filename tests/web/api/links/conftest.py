"""A page that links lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.api.calling import Api


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type."""
    return await admin.new_page(await admin.new_event_type())
