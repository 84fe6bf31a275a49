"""Three hosts with a page each for the same event type, as members of a pool need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import answered

if TYPE_CHECKING:
    from tests.support.api.calling import Api

DAY = "2026-11-19"

NINE, HALF_PAST = f"{DAY}T08:00:00Z", f"{DAY}T08:30:00Z"


class Team:
    """An event type, and three hosts with a page each."""

    def __init__(self, admin: Api, event_type: Any, pages: list[Any]) -> None:
        self.admin = admin
        self.event_type = event_type
        self.pages = pages
        self.ids = [page["owner"] for page in pages]

    async def hosts(self, *bookings: Any) -> list[str]:
        """Who has each of these bookings."""
        return [answered(await self.admin.get(f"/bookings/{one['id']}"))["host"] for one in bookings]
