"""The guides of `docs/` that hosts read in the dashboard, and the one that explains each room.

The package has them by the link `web/guides`; a wheel has copies.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from admitone.web.dashboard.help.markdown import Document, render

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = "/dashboard/help"
GUIDES = (
    "first-steps",
    "extension",
    "links",
    "availability",
    "teams",
    "customising",
    "calendar",
    "calendar-events",
    "calendar-feed",
    "mail",
    "contacts",
    "import-contacts",
    "unsubscribing",
    "workflows",
    "workflows-hooks",
    "activity",
    "reports",
    "users",
    "api",
    "webhooks",
)
"""The names of their files, in the order of the list."""
EXPLAINED_BY: Mapping[str, str] = {
    "/dashboard": "first-steps",
    "/dashboard/activity": "activity",
    "/dashboard/bookings": "first-steps#look-after-bookings",
    "/dashboard/contacts": "contacts",
    "/dashboard/contacts/import": "import-contacts",
    "/dashboard/event-types": "availability",
    "/dashboard/links": "links",
    "/dashboard/master-pages": "teams",
    "/dashboard/pages": "customising",
    "/dashboard/pools": "teams",
    "/dashboard/reports": "reports",
    "/dashboard/settings": "customising",
    "/dashboard/settings/api-keys": "api",
    "/dashboard/settings/calendar-feed": "calendar-feed",
    "/dashboard/settings/google": "calendar",
    "/dashboard/settings/mail": "mail",
    "/dashboard/settings/users": "users",
    "/dashboard/settings/webhooks": "webhooks",
    "/dashboard/share": "links",
    "/dashboard/workflows": "workflows",
}
"""The guide, and its part, by the beginning of a room's address."""


class Guide(msgspec.Struct, frozen=True):
    """One guide; `name` is the last part of its address."""

    name: str
    document: Document


@cache
def read_guide(name: str) -> Guide | None:
    """The guide of that name, or None."""
    if name not in GUIDES:
        return None
    text = files("admitone.web").joinpath("guides", f"{name}.md").read_text("utf-8")
    return Guide(name, render(text, _address))


def help_at(path: str) -> str:
    """The address of the guide that explains the room at `path`."""
    while path not in EXPLAINED_BY:
        path = path.rpartition("/")[0] or "/dashboard"
    return f"{ROOM}/{EXPLAINED_BY[path]}"


def _address(target: str) -> str | None:
    """Where a link of a guide leads; None for documents that only the repository has."""
    file, _, part = target.partition("#")
    name = file.removesuffix(".md")
    if target.startswith("https://") or not file:
        return target
    return f"{ROOM}/{name}{'#' if part else ''}{part}" if name in GUIDES else None
