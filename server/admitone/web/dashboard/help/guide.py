"""The guides in the dashboard: `/dashboard/help` and `/dashboard/help/GUIDE`. They are in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.web.dashboard.help.guides import GUIDES, read_guide
from admitone.web.dashboard.room import show_room

if TYPE_CHECKING:
    from aiohttp import web


async def show_list(request: web.Request) -> web.Response:
    """List the guides."""
    guides = [read_guide(name) for name in GUIDES]
    return await show_room(request, "help/guides", {"room": "help", "guides": guides})


async def show(request: web.Request) -> web.Response:
    """Show one guide."""
    guide = read_guide(request.match_info["guide"])
    if guide is None:
        raise NotFound
    return await show_room(request, "help/guide", {"room": "help", "guide": guide})
