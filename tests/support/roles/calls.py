"""A valid body for each call, so that a call is refused only for its caller's role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import a_rule, event_type_body, master_page_body, page_body
from tests.support.dashboard.forms import BOOKING_PAGE_FIELDS, EVENT_TYPE_FIELDS
from tests.support.pictures.made import a_picture

if TYPE_CHECKING:
    from tests.support.roles.workspace_with_everything import WorkspaceWithEverything

FIRST = {"revision": "1"}
"""The revision of a draft that nobody has changed."""
MAIL = {"subject": "Hello", "text": "Hello, {{ customer.name }}"}


async def body_of(workspace: WorkspaceWithEverything, path: str, method: str) -> Any:
    """The JSON, or the file, that goes with a call of the API, by the route's path."""
    page = await workspace.one("pages")
    rule = a_rule(workspace.event_type, page)
    person = {"name": "Carla", "email": "carla@example.com"}
    bodies: dict[str, Any] = {
        "POST /event-types": event_type_body(),
        "PATCH /event-types/{id}": {"name": "Other"},
        "POST /booking-pages": page_body(workspace.event_type),
        "PATCH /booking-pages/{id}": {"title": "Other"},
        "POST /pools": {"name": "Other", "method": "pooled", "members": [{"page": page["id"]}]},
        "PATCH /pools/{id}": {"name": "Other"},
        "POST /master-pages": master_page_body(rule),
        "PATCH /master-pages/{id}": {"title": "Other"},
        "POST /links": {"page": page["id"]},
        "POST /links/batch": {"page": page["id"], "people": [person]},
        "PATCH /links/{link}": {"note": "Other"},
        "POST /links/{link}/email": {"kind": "link"},
        "POST /bookings/{booking}/reschedule": {"start": workspace.later()},
        "POST /bookings/{booking}/reassign": {"host": workspace.substitute},
        "POST /contacts": {"email": "carla@example.com"},
        "POST /contacts/batch": {"contacts": [{"email": "carla@example.com"}]},
        "PATCH /contacts/{id}": {"first_name": "Other"},
        "POST /activity/seen": {"id": "1764000000000-0"},
        "POST /webhooks": {"endpoint": "https://crm.example.com/more", "events": ["link.created"]},
        "PATCH /webhooks/{id}": {"enabled": False},
        "POST /workflows": {"name": "Other"},
        "POST /workflows/{id}/test": {"contact": (await workspace.one("contacts"))["id"]},
        "PATCH /workflows/{id}": {"name": "Other"},
        "POST /workflows/{id}/enrol": {"contacts": ["nobody"]},
        "PATCH /settings": {"name": "Other"},
        "PUT /settings/logo": a_picture(),
        "PUT /me/photo": a_picture(),
        "PUT /me/calendar-feed": {"details": True},
        "PATCH /mail-templates/{mail}": MAIL,
        "POST /mail-templates/{mail}/preview": MAIL,
        "POST /api-keys": {"label": "Script"},
        "PATCH /users/{id}": {"role": "administrator"},
        "POST /erasures": {"email": "nobody@example.com"},
        "POST /erasures/export": {"email": "nobody@example.com"},
        "POST /invitations": {"email": "olga@example.com"},
    }
    return bodies.get(f"{method} {path.removeprefix('/api/v1')}", {})


async def form_of(workspace: WorkspaceWithEverything, path: str) -> dict[str, str]:
    """The fields that go with a form of the dashboard, by the route's path."""
    page = await workspace.one("pages")
    forms: dict[str, dict[str, str]] = {
        "/share": {"page": page["id"], "one_time": "on"},
        "/links/change": {"do": "revoke", "confirm": "1", "link": (await workspace.one("links"))["id"]},
        "/links/many/{id}": {"columns.0": "email"},
        "/links/{link}": {"note": "Other", "on_cancel": "keep", "expiry": "never"},
        "/bookings/{booking}/cancel": {"reason": "Ill"},
        "/bookings/{booking}/reassign": {"reassign.host": f"{workspace.owner.user}/{workspace.substitute}"},
        "/bookings/{booking}/reschedule": {"start": workspace.later()},
        "/contacts": {"email": "other@example.com"},
        "/contacts/{id}": {"email": "carla@example.com", "first_name": "Other"},
        "/contacts/import/{id}": {"columns.0": "email"},
        "/event-types": EVENT_TYPE_FIELDS,
        "/event-types/{id}": EVENT_TYPE_FIELDS,
        "/pages": BOOKING_PAGE_FIELDS,
        "/pages/{id}": BOOKING_PAGE_FIELDS,
        "/settings": {"name": "Other", "timezone": "Europe/Paris"},
        "/settings/calendar-feed": {"details": "on"},
        "/settings/api-keys": {"label": "Script"},
        "/settings/webhooks": {"endpoint": "https://crm.example.com/more", "events": "link.created"},
        "/settings/users/{id}": {"role": "administrator"},
        "/settings/invitations": {"email": "olga@example.com", "role": "member"},
        "/settings/mail/{kind}": MAIL,
        "/settings/mail/{kind}/preview": MAIL,
        "/workflows": {"name": "Other"},
        "/workflows/{id}/settings": {"name": "Other", "re_entry": "never", "stop_on_booking": "own", **FIRST},
        "/workflows/{id}/trigger": {"kind": "contact.created", **FIRST},
        "/workflows/{id}/steps": {"kind": "stop", "place": "0", **FIRST},
        "/workflows/{id}/steps/{step}": FIRST,
        "/workflows/{id}/steps/{step}/move": {"by": "up", **FIRST},
        "/workflows/{id}/steps/{step}/duplicate": FIRST,
        "/workflows/{id}/steps/{step}/delete": FIRST,
        "/workflows/{id}/undo": {"step": '{"kind": "stop", "id": "again"}', "place": "0", **FIRST},
        "/workflows/{id}/publish": FIRST,
        "/workflows/{id}/enrol": {"contacts": "nobody"},
        "/workflows/{id}/runs": {"act": "retry"},
        "/workflows/{id}/runs/{run}": {"act": "stop"},
        "/workflows/{id}/test": {"contact": "nobody"},
        "/settings/jobs/{id}/discard": {"sure": "on"},
        "/settings/personal-data/look-up": {"email": "nobody@example.com"},
        "/settings/personal-data/export": {"email": "nobody@example.com"},
        "/settings/personal-data/erase": {"email": "nobody@example.com", "sure": "on"},
        "/settings/personal-data/retention": {"retention_months": "12"},
        "/settings/personal-data/requests/{id}/carry-out": {"sure": "on"},
    }
    return forms.get(path.removeprefix("/dashboard"), {})
