"""Example values of bodies, answers and parameters, by their types and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

MOMENT = "2026-11-23T15:00:00Z"
HOURS = [["09:00", "17:00"]]
BY_NAME: dict[str, Any] = {
    "name": "Carla Customer",
    "email": "carla@example.com",
    "host_name": "Hanna Host",
    "title": "Talk to Hanna",
    "slug": "talk-to-hanna",
    "label": "CRM",
    "endpoint": "https://crm.example.com/hooks/admit-one",
    "events": ["booking.scheduled", "booking.cancelled"],
    "event": "booking.scheduled",
    "message": "msg_3v9x2m1q8w4t7r5y6z0b2n8k4d",
    "cause": "It answered 503.",
    "superseded": 0,
    "timezone": "Europe/Paris",
    "from": "2026-11-23",
    "to": "2026-11-27",
    "date": "2026-11-23",
    "page": "k3v9x2m1q8w4t7r5",
    "event_type": "h5n2c8d4f6g1j3k7",
    "event_types": ["h5n2c8d4f6g1j3k7"],
    "id": "w1e4r7t2y5u8i3o6",
    "code": "0ABC7K2M9QX4WT8RVN35",
    "token": "0ABC9S3D6F1G8H4J7K2Z5X8C1V4B7N",
    "detail": "",
    "required": False,
    "url": "https://book.example.com/.0ABC7K2M9QX4WT8RVN35",
    **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
    "sat": [],
    "sun": [],
    "duration_minutes": 30,
    "min_notice_minutes": 60,
    "reason": "I am ill",
    "answers": {},
    "overrides": {"2026-12-25": []},
    "q": "carla",
    "link": "b7n4v1c8x5z2k9j6h3g0f7d4s1",
    "booking": "q9w6e3r0t7y4u1i8p5k2j9h6g3",
    "bookings": ["q9w6e3r0t7y4u1i8p5k2j9h6g3"],
    "pool": "z8x5c2v9b6n3m0a7",
    "owner": "c2v5b8n1m4k7j0h3",
    "created_by": "c2v5b8n1m4k7j0h3",
    "host": "c2v5b8n1m4k7j0h3",
    "instead_of": None,
    "hosts": ["c2v5b8n1m4k7j0h3"],
    "status": "active",
    "role": "administrator",
    "channel": "api",
    "on_cancel": "keep",
    "calendar_sync": False,
    "host_notices": "once",
    "reminders": [1440, 60],
    "accept_url": "https://book.example.com/invite/0ABC4Q8Z1M6XB9T3VN5HC7K2DW0GJF9RE2YS6P4A",
    "mail": "confirmation",
    "subject": "Booked: {{ event_type }}, {{ date }}",
    "note": "Met in Paris",
    "guests": ["gus@example.com"],
    "max_guests": 3,
    "notes": "I will call from the car.",
    "event_type_name": "Half an hour",
    "description": "We talk about what you need.",
    "locale": "en",
    "next_cursor": None,
    "end": "2026-11-23T15:30:00Z",
    "manage_url": "https://book.example.com/manage/0ABC9S3D6F1G8H4J7K2Z5X8C1V4B7N",
    "ics_url": "https://book.example.com/manage/0ABC9S3D6F1G8H4J7K2Z5X8C1V4B7N/invite.ics",
    "join_url": "https://meet.google.com/abc-mnop-xyz",
    "conflict": None,
    "text": "https://book.example.com/.0ABC7K2M9QX4WT8RVN35",
    "html": '<a href="https://book.example.com/.0ABC7K2M9QX4WT8RVN35">Talk to Hanna</a>',
    "domain": "example.com",
    "first_name": "Carla",
    "last_name": "Customer",
    "phone": "+33 1 23 45 67 89",
    "tag": "lead",
    "tags": ["lead"],
    "fields": {"company": "Example"},
    "result": "created",
    "revision": 7,
    "version": 2,
    "running": "continue",
    "sender": "c2v5b8n1m4k7j0h3",
    "published_by": "c2v5b8n1m4k7j0h3",
    "steps": [
        {"id": "link", "kind": "generate_one_time_booking_link", "page": "k3v9x2m1q8w4t7r5"},
        {
            "id": "mail",
            "kind": "send_email",
            "subject": "A time that suits you",
            "text": "Choose one: {{ generate_one_time_booking_link.one_time_link }}",
        },
    ],
    "map": {"email": "customer.mail"},
}
BY_FIELD: dict[str, Any] = {
    "BookingView.status": "scheduled",
    "CustomerBookingView.status": "scheduled",
    "ManageView.status": "scheduled",
    "EventTypeBody.name": "Half an hour",
    "EventTypeView.name": "Half an hour",
    "OfferedEventType.name": "Half an hour",
    "SharedEventType.name": "Half an hour",
    "WorkspaceView.name": "Example",
    "SettingsView.name": "Example",
    "SettingsView.url": "https://book.example.com",
    "ErasureView.state": "done",
    "ErasureView.bookings": 2,
    "HappenedView.type": "booking.rescheduled",
    "BookingPageView.url": "https://book.example.com/talk-to-hanna",
    "PoolBody.name": "Sales",
    "PoolView.name": "Sales",
    "MasterPageBody.title": "Talk to sales",
    "MasterPageView.title": "Talk to sales",
    "MasterPageBody.slug": "talk-to-sales",
    "MasterPageView.slug": "talk-to-sales",
    "MasterPageView.url": "https://book.example.com/talk-to-sales",
    "SharedPage.url": "https://book.example.com/talk-to-hanna",
    "HookView.url": "https://book.example.com/hooks/0ABC6T2P9D4J8N1R5W7Y3C0F6H2K9Q",
    "PlaceView.place": "customer.mail",
    "PlaceView.value": "carla@example.com",
    "MissView.reason": "The data have no email address at customer.mail.",
    "UserView.name": "Hanna Host",
    "UserView.email": "hanna@example.com",
    "InvitationView.status": "pending",
    "InvitationBody.email": "hanna@example.com",
    "InvitationView.email": "hanna@example.com",
    "WorkflowBody.name": "New lead",
    "WorkflowView.name": "New lead",
    "VersionView.name": "New lead",
    "WorkflowView.status": "published",
    "MeView.name": "Hanna Host",
    "MeView.email": "hanna@example.com",
}
"""Examples of fields whose value differs from other fields of the same name."""
IN_BODIES = frozenset(
    {
        "name",
        "email",
        "event_type",
        "person",
        "weekly",
        "mon",
        "label",
        "reason",
        "location",
        "tags",
        "fields",
        "steps",
        "revision",
        "running",
    }
)
"""Optional fields that the example of a body has nevertheless."""
PATCHES: dict[str, Any] = {
    "event_type_update": {"duration_minutes": 45},
    "booking_page_update": {"general_link": False},
    "pool_update": {"method": "pooled"},
    "master_page_update": {"rule_type": "static", "pages": ["k3v9x2m1q8w4t7r5"]},
    "link_update": {"note": "Met in Paris"},
    "contact_update": {"tags": ["customer"], "fields": {"company": None}},
    "mail_template_update": {"subject": "Booked: {{ event_type }}, {{ date }}"},
    "settings_update": {"link_expiry_days": 30},
    "user_update": {"role": "administrator"},
    "webhook_update": {"enabled": False},
    "workflow_enrol": {"tag": "lead"},
    "workflow_update": {"name": "New lead", "revision": 7},
}
DEEPEST = 5


def example(
    name: str, shape: Mapping[str, Any], schemas: Mapping[str, Any], *, body: bool, depth: int = 0
) -> Any:
    """A value of this type for a field of this name; with `body`, only fields that callers usually send."""
    if "$ref" in shape:
        record = schemas[shape["$ref"].rpartition("/")[2]]
        return _record(record, schemas, body=body, depth=depth + 1)
    is_of_records = shape.get("type") == "object" or "$ref" in shape.get("items", {})
    if name in BY_NAME and not is_of_records:
        return BY_NAME[name]
    if "anyOf" in shape:
        choices = [choice for choice in shape["anyOf"] if choice.get("type") != "null"]
        return example(name, choices[0], schemas, body=body, depth=depth)
    if "enum" in shape:
        return shape["enum"][0]
    if shape.get("type") == "array":
        items = shape.get("items")
        return [example(name, items, schemas, body=body, depth=depth)] if items and depth < DEEPEST else []
    return _plain(shape)


def written(value: Any) -> str:
    """An example as JSON, indented by two spaces."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _record(
    record: Mapping[str, Any], schemas: Mapping[str, Any], *, body: bool, depth: int
) -> dict[str, Any]:
    required = record.get("required", ())
    return {
        name: BY_FIELD.get(f"{record['title']}.{name}")
        or example(name, shape, schemas, body=body, depth=depth)
        for name, shape in record["properties"].items()
        if not body or name in required or name in IN_BODIES
    }


def _plain(shape: Mapping[str, Any]) -> Any:
    if shape.get("format") == "date-time":
        return MOMENT
    if "default" in shape:
        return shape["default"]
    values = {"string": "text", "integer": shape.get("minimum", 1), "boolean": True, "object": {}}
    return values.get(shape.get("type", ""))
