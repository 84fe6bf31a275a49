"""Text that shows nothing is refused where a text is required, and taken as no text elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import (
    answered,
    booking_body,
    created,
    event_type_body,
    master_page_body,
    page_body,
    refused,
    token_of,
)

if TYPE_CHECKING:
    from tests.support.api.calling import Api

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"
UNSEEN = "\u200b\u202e\u2800\u3164 "
CARLA = "carla@customer.test"
QUESTIONS = [
    {"id": "company", "label": "Company", "required": True},
    {"id": "wishes", "label": "Wishes", "kind": "textarea", "required": True},
    {"id": "more", "label": "More"},
]


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page that asks questions, and asks for a reason when its bookings change."""
    event_type = await admin.new_event_type(policy={"reason": "required"})
    return await admin.new_page(event_type, slug="hanna", form=QUESTIONS)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/event-types", event_type_body(name=UNSEEN), "name"),
        ("/booking-pages", page_body(title=UNSEEN, form=[]), "title"),
        ("/booking-pages", page_body(form=[{"id": "a", "label": UNSEEN}]), "form.0.label"),
        ("/master-pages", master_page_body(title=UNSEEN), "title"),
        ("/pools", {"name": UNSEEN, "method": "pooled", "members": [{"page": "PAGE"}]}, "name"),
        ("/links", {"page": "PAGE", "person": {"name": UNSEEN, "email": CARLA}}, "person.name"),
        ("/links/batch", {"page": "PAGE", "people": [{"name": UNSEEN, "email": CARLA}]}, "people.0.name"),
        ("/api-keys", {"label": UNSEEN}, "label"),
    ],
)
async def test_a_name_of_a_new_record_must_show_something(
    admin: Api, page: Any, path: str, body: dict[str, Any], field: str
) -> None:
    reply = await admin.in_session().post(path, _for(body, page["id"]))
    assert reply.status == 422
    assert {"field": field, "message": "This field is required."} in reply.body["errors"]


@pytest.mark.parametrize(
    ("path", "patch", "field"),
    [
        ("/settings", {"name": UNSEEN}, "name"),
        ("/mail-templates/confirmation", {"subject": UNSEEN}, "subject"),
        ("/mail-templates/confirmation", {"text": UNSEEN}, "text"),
    ],
)
async def test_a_change_must_leave_something_to_see(
    admin: Api, path: str, patch: dict[str, Any], field: str
) -> None:
    refused(await admin.patch(path, patch), 422, "invalid", field)


async def test_a_customers_name_and_required_answers_must_show_something(
    admin: Api, customer: Api, page: Any
) -> None:
    answers = {"company": UNSEEN, "wishes": UNSEEN}
    refused(await customer.book("hanna", START, name=UNSEEN), 422, "invalid", "name")
    found = await customer.book("hanna", START, answers=answers)
    refused(found, 422, "invalid", "answers.company", "answers.wishes")
    assert (await admin.get("/bookings")).items == []


async def test_other_texts_that_show_nothing_are_taken_as_none(admin: Api, customer: Api, page: Any) -> None:
    answers = {"company": "Acme", "wishes": "None", "more": UNSEEN}
    body = booking_body(START, answers=answers, notes=UNSEEN)
    booking = created(await customer.post("/book/hanna", body))
    found = answered(await admin.get(f"/bookings/{booking['id']}"))
    assert found["answers"] == {"company": "Acme", "wishes": "None"}
    assert found["notes"] == ""


async def test_a_required_reason_must_show_something(customer: Api, page: Any) -> None:
    answers = {"company": "Acme", "wishes": "None"}
    booking = await customer.booked("hanna", START, answers=answers)
    manage = f"/manage/{token_of(booking)}"
    refused(await customer.post(f"{manage}/cancel", {"reason": UNSEEN}), 422, "invalid", "reason")
    move = {"start": LATER, "reason": UNSEEN}
    refused(await customer.post(f"{manage}/reschedule", move), 422, "invalid", "reason")


async def test_a_customers_name_turns_no_text_around_it(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page, person={"name": "Eve\u202e gnp\u2066", "email": CARLA})
    assert link["person"]["name"] == "Eve gnp"
    booking = created(await customer.post(f"/book/{link['code']}", {"start": START}))
    other = await customer.booked(page["slug"], LATER, name="\u200fسارا می\u200cخواهم\u202e")
    names = {one["id"]: one["person"]["name"] for one in (await admin.get("/bookings")).items}
    assert names == {booking["id"]: "Eve gnp", other["id"]: "سارا می\u200cخواهم"}


def _for(body: dict[str, Any], page: str) -> dict[str, Any]:
    """The body, about this page."""
    if "members" in body:
        return body | {"members": [{"page": page}]}
    return body | {"page": page} if "page" in body else body
