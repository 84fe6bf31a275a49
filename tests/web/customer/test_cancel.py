"""Cancelling by the page's form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.customer.host import booking_id

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"


async def reason_of(host: Host, manage: str) -> str | None:
    """What was kept as the reason of a booking's last change."""
    store = host.deployment.store
    history = await store.client.lrange(store.keys("0ABC").booking_history(booking_id(manage)), -1, -1)
    reason: str | None = json.loads(history[0]).get("reason")
    return reason


async def test_a_ticked_box_cancels(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/cancel")).form()
    assert "sure" not in form.served
    answer = await visitor.send(form, f"{manage}/cancel", sure="1", reason="I am ill")
    assert answer.location == manage
    assert "Your booking was cancelled" in (await visitor.follow(answer)).text
    [booking] = await host.bookings()
    assert booking["status"] == "cancelled"
    assert await reason_of(host, manage) == "I am ill"


async def test_sent_twice_it_is_one_cancellation(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/cancel")).form()
    for _ in range(2):
        assert (await visitor.send(form, f"{manage}/cancel", sure="1")).location == manage


async def test_the_reason_is_as_the_policy_has_it(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", policy={"reason": "off"})
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/cancel")).form()
    assert "reason" not in form.served
    await visitor.send(form, f"{manage}/cancel", sure="1", reason="Unasked")
    assert await reason_of(host, manage) is None
    await host.change("event_type", policy={"reason": "required"})
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/cancel")).form()
    answer = await visitor.send(form, f"{manage}/cancel", sure="1", reason=" ")
    assert answer.status == 422
    assert "Please give a reason." in answer.page.text
    assert "sure" not in answer.page.form().served
    assert (await visitor.send(answer.page.form(), manage, sure="1", reason="Ill")).status == 303


async def test_a_form_of_another_booking_or_day_cancels_nothing(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    manage, other = await host.booked("2026-11-23T09:00:00Z"), await host.booked("2026-11-23T10:00:00Z")
    form = (await visitor.page(f"{manage}/cancel")).form()
    foreign = await visitor.post(f"{other}/cancel", form.served | {"sure": "1", "reason": "Ill"})
    assert foreign.status == 422
    assert foreign.page.form().served["reason"] == "Ill"
    clock.forward(days=1)
    late = await visitor.send(form, f"{manage}/cancel", sure="1")
    assert late.status == 422
    assert "open for a long time" in late.page.text
    assert {booking["status"] for booking in await host.bookings()} == {"scheduled"}
    assert (await visitor.send(late.page.form(), manage, sure="1")).status == 303


async def test_what_the_policy_does_not_allow_is_refused_on_the_ticket(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    await host.change("event_type", policy={"cancel": {"allow": "until", "minutes": 60}})
    manage = await host.booked(TEN)
    form = (await visitor.page(f"{manage}/cancel")).form()
    clock.forward(hours=21)
    for answer in (
        await visitor.send(form, f"{manage}/cancel", sure="1"),
        await visitor.get(f"{manage}/cancel"),
    ):
        assert answer.status == 403
        assert "It is too late for this change. Please contact the organiser." in answer.page.text
        assert "Your booking is confirmed" in answer.page.text
