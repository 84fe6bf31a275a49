"""Moving a booking by the page's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"


async def test_a_chosen_time_moves_the_booking(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN, timezone="America/New_York")
    at = f"{manage}/reschedule"
    page = await visitor.page(at)
    assert "Booked now: Thursday 19 November, 04:00–04:30" in page.text
    assert "04:00 booked now" in page.text
    assert "start" not in page.form().served
    answer = await visitor.send(page.form(), at, start=ELEVEN, reason="Later, please")
    assert answer.location == manage
    ticket = await visitor.follow(answer)
    assert "Your booking was rescheduled" in ticket.text
    assert "05:00–05:30" in ticket.text
    [booking] = await host.bookings()
    assert (booking["start"], booking["status"]) == (ELEVEN, "rescheduled")


async def test_sent_twice_it_is_moved_once(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/reschedule")).form()
    for _ in range(2):
        assert (await visitor.send(form, f"{manage}/reschedule", start=ELEVEN)).location == manage
    [booking] = await host.bookings()
    assert booking["start"] == ELEVEN


async def test_a_time_that_was_just_taken_gives_the_nearest_ones(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/reschedule")).form()
    await host.booked(ELEVEN)
    answer = await visitor.send(form, f"{manage}/reschedule", start=ELEVEN, reason="Later")
    assert answer.status == 409
    again = answer.page.form()
    assert again.served["reason"] == "Later"
    assert "start" not in again.served
    assert "2026-11-19T10:30:00Z" in again.values("start")
    assert ELEVEN not in again.values("start")
    assert (await visitor.send(again, manage, start="2026-11-19T10:30:00Z")).location == manage


async def test_a_missing_time_or_reason_is_asked_for(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", policy={"reason": "required"})
    manage = await host.booked(TEN)
    at = f"{manage}/reschedule"
    answer = await visitor.send((await visitor.page(at)).form(), at)
    assert answer.status == 422
    assert "Choose a time." in answer.page.text
    answer = await visitor.send(answer.page.form(), at, start=ELEVEN)
    assert answer.status == 422
    assert "Please give a reason." in answer.page.text
    assert answer.page.form().served["start"] == ELEVEN  # the form as it is would be refused again
    assert (await visitor.send(answer.page.form(), at, reason="Ill")).location == manage


async def test_leafing_moves_nothing_and_keeps_the_reason(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    at = f"{manage}/reschedule"
    answer = await visitor.send(
        (await visitor.page(at)).form(), at, date="2026-11-20", start=ELEVEN, reason="A"
    )
    assert answer.status == 200
    assert "Friday 20 November" in answer.page.text
    assert answer.page.form().served["reason"] == "A"
    page = await visitor.page(f"{at}?date=2026-11-23&timezone=Asia/Tokyo")
    assert "Monday 23 November" in page.text
    assert "Tokyo time" in page.text
    assert (await host.bookings())[0]["start"] == TEN


async def test_a_form_that_is_not_of_this_booking_moves_nothing(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    manage, other = await host.booked("2026-11-23T09:00:00Z"), await host.booked("2026-11-23T10:00:00Z")
    form = (await visitor.page(f"{other}/reschedule")).form()
    answer = await visitor.post(f"{manage}/reschedule", form.served | {"start": "2026-11-24T09:00:00Z"})
    assert answer.status == 422
    assert "start" not in answer.page.form().served
    clock.forward(days=1)
    answer = await visitor.send(form, f"{other}/reschedule", start="2026-11-24T09:00:00Z")
    assert answer.status == 422
    assert {booking["status"] for booking in await host.bookings()} == {"scheduled"}


async def test_what_the_policy_does_not_allow_is_refused_on_the_ticket(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", policy={"max_reschedules": 1})
    manage = await host.booked(TEN)
    at = f"{manage}/reschedule"
    form = (await visitor.page(at)).form()
    await visitor.send(form, at, start=ELEVEN)
    for answer in (await visitor.get(at), await visitor.send(form, at, start="2026-11-19T11:00:00Z")):
        assert answer.status == 403
        assert "This booking can't be rescheduled any more." in answer.page.text


async def test_a_booking_of_a_disabled_page_can_be_moved(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    await host.change("page", enabled=False)
    form = (await visitor.page(f"{manage}/reschedule")).form()
    assert (await visitor.send(form, f"{manage}/reschedule", start=ELEVEN)).location == manage


async def test_whoever_moved_it_often_is_told_when_to_try_again(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    manage = await host.booked(TEN)
    at = f"{manage}/reschedule"
    form = (await visitor.page(at)).form()
    for start in (ELEVEN, TEN, ELEVEN):
        assert (await visitor.send(form, at, start=start)).location == manage
    clock.forward(minutes=20)
    told = "This booking was rescheduled 3 times within an hour. It can be rescheduled again in 40 minutes."
    shown, sent = await visitor.get(at), await visitor.send(form, at, start=TEN)
    for answer in (shown, sent):
        assert (answer.status, answer.headers["Retry-After"]) == (429, "2400")
        assert told in answer.page.text
        assert 'name="start"' not in answer.text
    ticket = await visitor.page(manage)
    assert told in ticket.text
    assert "Reschedule" not in ticket.text
    clock.forward(minutes=40)
    again = (await visitor.page(at)).form()
    assert (await visitor.send(again, at, start=TEN)).location == manage
