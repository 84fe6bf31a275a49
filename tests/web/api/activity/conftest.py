"""A page of Hanna's, who is a member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.api.calling import Api


@pytest.fixture
async def event_type(admin: Api) -> Any:
    """Half an hour."""
    return await admin.new_event_type()


@pytest.fixture
async def page(member: Api, event_type: Any) -> Any:
    """Hanna's page."""
    return await member.new_page(event_type, title="Talk to Hanna")
