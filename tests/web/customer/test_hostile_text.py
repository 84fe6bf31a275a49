"""Whatever people type is text: on no page does it become markup, break a line or turn the page around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
TEXTS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "</textarea></title></template><b>",
    "{{ 7777 * 1111 }} {% raw %} %(name)s {name}",
    "\u202eevil\u2066 \u200f\u05e9\u05dc\u05d5\u05dd",
    "👩‍👩‍👧‍👦 🎟️ e\u0301",
    "w" * 200,
    "BEGIN:VEVENT; ATTENDEE=x, \\n",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_text_stays_text(host: Host, visitor: Visitor, text: str) -> None:
    question = {"id": "q", "label": text, "kind": "select", "required": True, "options": [text, "b"]}
    await host.deployment.change_user(host.api, name=text)
    await host.change("page", title=text, description=text, form=[question])
    await host.change(
        "event_type",
        name=text,
        description=text,
        location={"kind": "in_person", "detail": text},
        policy={"text": text, "cancel": {"allow": "anytime"}},
    )
    path = await host.path()
    form = (await visitor.page(path)).form()
    assert form.served["q"] == ""
    refused = await visitor.send(form, path, name=text, email=text, notes=text, q=text)
    assert refused.status == 422
    again = refused.page.form().served
    assert (again["name"], again["email"], again["notes"], again["q"]) == (text, text, text, text)
    chosen = {"start": TEN, "email": "carla@customer.test"}
    confirming = await visitor.send_unmarked(refused.page.form(), path, **chosen)
    asked = confirming.page.form().served
    assert (asked["name"], asked["notes"], asked["q"]) == (text, text, text)
    booked = await visitor.send(refused.page.form(), path, **chosen)
    manage = booked.location
    prefilled = await visitor.get(
        f"{await host.path()}", **{"Accept-Language": text.encode("ascii", "ignore").decode()[:50]}
    )
    pages = [
        refused,
        confirming,
        prefilled,
        *[await visitor.get(at) for at in (manage, f"{manage}/cancel", f"{manage}/reschedule")],
    ]
    for answer in pages:
        assert text in answer.page.source or " ".join(text.split()) in answer.page.text
        tags = {tag for tag, _ in answer.page.tags}
        assert not tags & {"img", "b"}
        assert "8640247" not in answer.text
        scripts = [attributes for tag, attributes in answer.page.tags if tag == "script"]
        assert all(script.get("src") for script in scripts)
        assert not [
            name for _, attributes in answer.page.tags for name in attributes if name.startswith("on")
        ]
    calendar = icalendar.Calendar.from_ical((await visitor.get(f"{manage}/invite.ics")).text)
    [event] = calendar.walk("VEVENT")
    shown = text.translate(dict.fromkeys(map(ord, "\u202e\u2066\u200f")))  # they would turn what follows
    assert event["SUMMARY"] == f"{shown} with {shown}"
    assert event["LOCATION"] == text


async def test_user_given_text_is_set_apart_from_its_surroundings(host: Host, visitor: Visitor) -> None:
    await host.deployment.change_user(host.api, name="שרה")
    page = await visitor.page(await host.path())
    assert "with <bdi>שרה</bdi>" in page.source
    assert "<bdi>Half an hour</bdi>" in page.source
    inputs = [attributes for tag, attributes in page.tags if tag in {"input", "textarea"}]
    assert {one.get("dir") for one in inputs if one.get("type") in {"text", "email"}} == {"auto"}


async def test_the_address_is_text_too(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    answer = await visitor.get(f"{path}?name=%22%3E%3Cimg+src=x%3E&date=%3Cscript%3E&x=%22onload=%22")
    assert answer.page.form().served["name"] == '"><img src=x>'
    assert not {tag for tag, _ in answer.page.tags} & {"img"}
