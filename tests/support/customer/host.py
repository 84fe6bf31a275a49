"""The host of a customer's page, who makes links and looks at the bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from tests.support.api.calling import Api, answered
from tests.support.api.deployment import Deployment

if TYPE_CHECKING:
    from tests.support.raw_database import Workspace

HANNA = "Hanna Host"


class Host(msgspec.Struct):
    """A host with one page."""

    deployment: Deployment
    api: Api
    event_type: Any
    page: Any

    async def link(self, **changes: object) -> Any:
        """A new one-time link to the page."""
        return await self.api.new_link(self.page, **changes)

    async def path(self, **changes: object) -> str:
        """The path of a new one-time link."""
        return path_of(await self.link(**changes))

    async def links(self) -> list[Any]:
        """All links, newest first."""
        return (await self.api.get("/links")).items

    async def bookings(self) -> list[Any]:
        """All bookings."""
        return (await self.api.get("/bookings")).items

    async def booked(self, at: str = "2026-11-19T09:00:00Z", **changes: Any) -> str:
        """The path of the manage page of a booking through a new link."""
        link = await self.link(**changes.pop("link", {}))
        made = await self.deployment.customer.booked(link["code"], at, **changes)
        return f"/manage/{made['manage_url'].rpartition('/')[2]}"

    async def change(self, what: str, **changes: object) -> None:
        """Change the `page` or the `event_type`."""
        record = getattr(self, what)
        kind = "booking-pages" if what == "page" else "event-types"
        confirmed = {"confirm": 1} if what == "page" else {}
        setattr(self, what, answered(await self.api.patch(f"/{kind}/{record['id']}", changes, **confirmed)))


async def a_host(deployment: Deployment, **page: object) -> Host:
    """An administrator with a page, and an event type on it."""
    api = await deployment.user("administrator", name=HANNA)
    event_type = await api.new_event_type()
    made = await api.new_page(event_type, **({"title": "Talk to Hanna", "slug": "hanna-page"} | page))
    return Host(deployment, api, event_type, made)


def path_of(link: Any) -> str:
    """The path of a link's page."""
    return f"/.{link['code']}"


def booking_id(manage_path: str) -> str:
    """The id of the booking behind a manage page."""
    return tokens.booking_id(manage_path.rpartition("/")[2])


def outbox(workspace: Workspace, kind: str) -> list[Any]:
    """The events of one kind in a workspace's outbox."""
    return [event for event in workspace.jobs.events if event["type"] == kind]
