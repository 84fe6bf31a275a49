"""A workflow that starts by a hook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.workflows.hook import Hook, a_hook

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    return await deployment.user("administrator", name="Ada Admin")


@pytest.fixture
async def draft(deployment: Deployment, admin: Api) -> Hook:
    """The hook of a workflow that is not published."""
    return await a_hook(deployment, admin)


@pytest.fixture
async def hook(draft: Hook) -> Hook:
    """The hook of a published workflow."""
    await draft.publish()
    return draft
