"""A page, and a team whose pages a master page is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.pages.team import Team

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

MORNING = {"timezone": "Europe/Paris", "weekly": {"thu": [["09:00", "11:00"]]}}


@pytest.fixture
async def team(admin: Api, deployment: Deployment) -> Team:
    """An event type, and three hosts with a page each that is open for two hours on Thursdays."""
    event_type = await admin.new_event_type()
    pages = []
    for name in ("Ann", "Bob", "Cal"):
        user = await deployment.user(name=name)
        pages.append(await user.new_page(event_type, schedule=MORNING, title=name))
    return Team(admin, event_type, pages)


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type."""
    event_type = await admin.new_event_type(description="We get to know each other.")
    return await admin.new_page(event_type, slug="hanna", description="Choose a time.")
