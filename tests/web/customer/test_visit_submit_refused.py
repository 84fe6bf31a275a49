"""Forms of the page that book nothing: what is said, and what the customer can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.web.customer.nonce import LIFETIME
from tests.support.api.calling import answered
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"


async def test_a_form_that_has_booked_and_was_changed_asks_for_the_time_again(
    host: Host, visitor: Visitor
) -> None:
    form = (await visitor.page("/hanna-page")).form()
    await visitor.send(form, "/hanna-page", start=TEN, **CARLA)
    answer = await visitor.send(form, "/hanna-page", start=ELEVEN, **CARLA)
    assert answer.status == 422
    assert "You have already booked a time on this page" in answer.page.text
    again = answer.page.form()
    assert "start" not in again.served
    assert (await visitor.send(again, "/hanna-page", start=ELEVEN)).status == 303
    assert len(await host.bookings()) == 2


@pytest.mark.parametrize("nonce", ["", "forged", "another form's", "another link's"])
async def test_a_form_that_was_not_served_here_books_nothing(
    host: Host, visitor: Visitor, nonce: str
) -> None:
    path = await host.path()
    if nonce == "another link's":
        nonce = (await visitor.page(await host.path())).form().served["_nonce"]
    if nonce == "another form's":
        manage = await host.booked(ELEVEN)
        nonce = (await visitor.page(f"{manage}/cancel")).form().served["_nonce"]
    before = len(await host.bookings())
    answer = await visitor.post(path, {"_nonce": nonce, "start": TEN, **CARLA})
    assert answer.status == 422
    assert "Please choose a time again" in answer.page.text
    assert answer.page.form().served["name"] == CARLA["name"]
    assert len(await host.bookings()) == before


async def test_a_page_that_was_open_for_a_day_asks_again(host: Host, visitor: Visitor, clock: Clock) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    clock.forward(seconds=LIFETIME)
    answer = await visitor.send(form, path, start="2026-11-20T09:00:00Z", **CARLA)
    assert answer.status == 422
    assert "open for a long time" in answer.page.text
    again = answer.page.form()
    assert "start" not in again.served
    assert "10:00 suggested" in answer.page.text
    assert (await visitor.send(again, path, start="2026-11-20T09:00:00Z")).status == 303


async def test_what_is_missing_is_said_at_its_field_and_above(host: Host, visitor: Visitor) -> None:
    await host.change("page", form=QUESTIONS)
    path = await host.path()
    answer = await visitor.send((await visitor.page(path)).form(), path)
    assert answer.status == 422
    page = answer.page
    assert "Choose a time." in page.text
    for name in ("name", "email", "company"):
        assert ("a", {"href": f"#{name}"}) in page.tags
        control = next(one for one in page.form().controls if one.name == name)
        assert control.attributes["aria-invalid"] == "true"
        assert control.attributes["aria-describedby"] == f"{name}-error"
        assert any(found.get("id") == f"{name}-error" for _, found in page.tags)
    summary = next(found for _, found in page.tags if found.get("role") == "alert")
    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"email": "carla@customer.test\nBcc: x@y.test"}, "Enter a valid email address"),
        ({"name": "x" * 201}, "At most 200 characters."),
        ({"name": "Carla\tCustomer"}, "Line breaks and control characters are not allowed here."),
        ({"name": " "}, "This field is required."),
        ({"name": "\u200b\u202e\u2800"}, "This field is required."),
        ({"notes": "x" * 5001}, "At most 5000 characters."),
        ({"notes": "\x07"}, "Control characters are not allowed here."),
        ({"size": "Huge"}, "Choose one of the options."),
        ({"phone": "call me"}, "Enter a valid phone number."),
        ({"timezone": "Middle/Earth"}, "This is not a time zone"),
        ({"event_type": "none"}, "This page does not offer this event type."),
    ],
)
async def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    host: Host, visitor: Visitor, changes: dict[str, str], message: str
) -> None:
    await host.change("page", form=QUESTIONS)
    path = await host.path()
    typed = {**CARLA, "company": "Acme", "size": "Large", "notes": "Ring", "start": TEN} | changes
    answer = await visitor.send((await visitor.page(path)).form(), path, **typed)
    assert answer.status == 422
    assert message in answer.page.text
    served = answer.page.form().served
    kept = {name: value for name, value in typed.items() if name not in {"timezone", "event_type", *changes}}
    assert kept.items() <= served.items()
    assert "phone" not in changes or served["phone"] == "call me"
    assert await host.bookings() == []


async def test_a_form_that_is_given_back_is_completed(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    answer = await visitor.send((await visitor.page(path)).form(), path, start=TEN, name="Carla")
    form = answer.page.form()
    assert form.served["start"] == TEN
    assert (await visitor.send(form, path, email="carla@customer.test")).status == 303


async def test_a_time_that_was_just_taken_gives_the_nearest_ones(host: Host, visitor: Visitor) -> None:
    await host.change("page", form=QUESTIONS)
    path = await host.path()
    form = (await visitor.page(path)).form()
    await host.booked(TEN, answers={"company": "Acme"})
    typed = {**CARLA, "company": "Acme", "notes": "Ring"}
    answer = await visitor.send(form, path, start=TEN, **typed)
    assert answer.status == 409
    assert "That time was just taken. These are still available." in answer.page.text
    again = answer.page.form()
    assert typed.items() <= again.served.items()
    assert "start" not in again.served
    near = again.values("start")
    assert near == [
        "2026-11-19T08:00:00Z",
        "2026-11-19T08:30:00Z",
        "2026-11-19T09:30:00Z",
        "2026-11-19T10:00:00Z",
        "2026-11-19T10:30:00Z",
        "2026-11-19T11:00:00Z",
    ]
    assert (await visitor.send(again, path, start=near[2])).status == 303


async def test_the_nearest_times_may_be_on_other_days(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", duration_minutes=480, increment_minutes=None)
    path = await host.path()
    form = (await visitor.page(path)).form()
    await host.booked("2026-11-19T08:00:00Z")
    answer = await visitor.send(form, path, start="2026-11-19T08:00:00Z", **CARLA)
    assert answer.status == 409
    assert "Fri 20 Nov" in answer.page.text
    assert answer.page.form().values("start")[0] == "2026-11-20T08:00:00Z"


async def test_no_other_time_is_promised_where_there_is_none(host: Host, visitor: Visitor) -> None:
    day = {"kind": "dates", "from": "2026-11-19", "to": "2026-11-19"}
    await host.change("event_type", duration_minutes=480, increment_minutes=None, window=day)
    path = await host.path()
    form = (await visitor.page(path)).form()
    await host.booked("2026-11-19T08:00:00Z")
    answer = await visitor.send(form, path, start="2026-11-19T08:00:00Z", **CARLA)
    assert answer.status == 409
    assert "That time was just taken." in answer.page.text
    assert "still free" not in answer.page.text
    assert "There are no times available right now." in answer.page.text


async def test_a_time_that_is_not_offered_any_more_gives_the_nearest_ones(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    clock.forward(hours=1)
    answer = await visitor.send(form, path, start="2026-11-18T12:30:00Z", **CARLA)
    assert answer.status == 422
    assert "That time is no longer available" in answer.page.text
    assert answer.page.form().values("start")[0] == "2026-11-18T13:30:00Z"


@pytest.mark.parametrize("start", ["2026-11-19T09:07:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
async def test_a_time_that_never_was_offered_books_nothing(host: Host, visitor: Visitor, start: str) -> None:
    path = await host.path()
    answer = await visitor.send((await visitor.page(path)).form(), path, start=start, **CARLA)
    assert answer.status == 422
    assert await host.bookings() == []


async def test_leafing_in_a_form_that_was_sent_keeps_what_was_typed(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    answer = await visitor.send((await visitor.page(path)).form(), path, name="Carla")
    form = answer.page.form()
    days = [button["date"] for button in form.buttons if "date" in button]
    assert "2026-11-20" in days
    answer = await visitor.send(form, path, start=TEN, date="2026-11-20", email="carla@customer.test")
    assert answer.status == 200
    assert "Friday 20 November" in answer.page.text
    assert CARLA["email"] == answer.page.form().served["email"]
    assert await host.bookings() == []
    zone = await visitor.send(answer.page.form(), path, timezone="Asia/Tokyo", _show="1")
    assert "Tokyo time" in zone.page.text
    assert zone.page.form().served["timezone"] == "Asia/Tokyo"
    later = await visitor.send(zone.page.form(), path, start="2026-11-20T09:00:00Z")
    assert later.status == 303


async def test_a_link_that_was_used_meanwhile_is_gone(
    host: Host, visitor: Visitor, new_visitor: Callable[[], Awaitable[Visitor]]
) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    other = await new_visitor()
    await other.send((await other.page(path)).form(), path, start=TEN, **CARLA)
    for fields in ({"start": ELEVEN, **CARLA}, {}, {"date": "2026-11-20"}):
        answer = await visitor.send(form, path, **fields)
        assert answer.status == 410
        assert "This link has already been used." in answer.page.text
    assert len(await host.bookings()) == 1


async def test_a_general_link_that_was_switched_off_meanwhile_is_404(host: Host, visitor: Visitor) -> None:
    form = (await visitor.page("/hanna-page")).form()
    await host.change("page", general_link=False)
    assert (await visitor.send(form, "/hanna-page", start=TEN, **CARLA)).status == 404


async def test_no_form_but_ours_is_taken(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    json = await visitor.post(path, {}, **{"Content-Type": "application/json"})
    assert json.status == 415
    many = await visitor.post(path, {f"f{place}": "x" for place in range(200)})
    assert many.status == 422
    large = await visitor.post(path, {"notes": "x" * 70_000})
    assert large.status == 413
    odd = await visitor.post(path, {"start": "\ud800".encode("utf-8", "surrogatepass").decode("latin1")})
    assert odd.status == 422
    assert answered(await host.api.get("/bookings"))["items"] == []


QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "size", "label": "Size", "kind": "select", "required": False, "options": ["Small", "Large"]},
    {"id": "phone", "label": "Telephone", "kind": "phone", "required": False},
]
