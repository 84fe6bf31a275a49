"""A server and an administrator of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator's API client."""
    return await deployment.user("administrator", name="Alex Admin")
