"""The scope that a route needs, derived from its method and path.

A new resource of the API is entered in `AREA_OF`: a route without a scope fails when the server starts.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.scopes import Area, Scope

PREFIX = "/api/v1/"
AREA_OF: Mapping[str, Area] = {
    "activity": "reports",
    "links": "links",
    "bookings": "bookings",
    "held-mails": "bookings",
    "waiting-mails": "bookings",
    "contacts": "contacts",
    "pages": "pages",
    "booking-pages": "pages",
    "event-types": "pages",
    "master-pages": "pages",
    "pools": "pages",
    "api-keys": "settings",
    "audit": "settings",
    "erasures": "settings",
    "invitations": "settings",
    "reports": "reports",
    "jobs": "settings",
    "mail-templates": "settings",
    "me": "settings",
    "settings": "settings",
    "users": "settings",
    "webhooks": "settings",
    "runs": "workflows",
    "workflows": "workflows",
}
"""The area of each resource, which is the first part of a path after the prefix."""


class Special(Enum):
    """What routes need that no area covers."""

    ANY = "any"
    """Any credential: it tells the caller who they are."""
    SESSION = "session"
    """A person who is signed in: neither an app nor an API key."""


_SPECIAL: Mapping[tuple[str, str], Special | Scope] = {
    ("GET", "/api/v1/me"): Special.ANY,
    ("POST", "/api/v1/api-keys"): Special.SESSION,  # a stolen key must not make others that outlive it
    ("PUT", "/api/v1/me/calendar-feed"): Special.SESSION,
    ("POST", "/api/v1/me/leave"): Special.SESSION,  # nor must it make its user disappear
    ("POST", "/api/v1/pages/{id}/content"): "pages:read",  # it changes nothing
    ("POST", "/api/v1/activity/seen"): "reports:read",  # it notes what its user has read
}


def scope_of(method: str, path: str) -> Scope | Special:
    """The scope of a route that needs sign-in. Raises KeyError for a resource that has no area."""
    if special := _SPECIAL.get((method, path)):
        return special
    if not path.startswith(PREFIX):
        return Special.SESSION
    area = AREA_OF[path.removeprefix(PREFIX).partition("/")[0]]
    return cast("Scope", f"{area}:{'read' if method == 'GET' else 'write'}")
