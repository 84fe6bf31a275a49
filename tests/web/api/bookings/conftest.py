"""A page whose customers may not change their bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.api.calling import Api

NEVER = {"cancel": {"allow": "never"}, "reschedule": {"allow": "never"}, "reason": "required"}


@pytest.fixture
async def page(admin: Api, member: Api) -> Any:
    """A member's page; its customers may change nothing."""
    return await member.new_page(await admin.new_event_type(policy=NEVER))
