"""Moving and cancelling without scripts: a page shows what is about to happen, and its form does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.customer.stored import stored

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.markup import Form
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"
NOON = "2026-11-19T11:00:00Z"
AGREED = {"_sure": "1"}


async def asked(visitor: Visitor, at: str, **typed: str) -> Form:
    """The form of the confirming page for a move or a cancellation."""
    answer = await visitor.send_unmarked((await visitor.page(at)).form(), at, **typed)
    assert answer.status == 200, answer
    assert "Nothing has changed yet." in answer.page.text
    return answer.page.form()


async def test_a_move_shows_both_times_and_moves_once_confirmed(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN, timezone="America/New_York")
    at = f"{manage}/reschedule"
    form = (await visitor.page(at)).form()
    page = (await visitor.send_unmarked(form, at, start=ELEVEN, reason="Later, please")).page
    for words in (
        "Reschedule this booking?",
        "Half an hour",
        "with Hanna Host",
        "Thursday, 19 November 2026 05:00–05:30",
        "Booked now: Thursday 19 November, 04:00–04:30",
        "New York time",
        "Carla Customer carla@customer.test",
        "Reason Later, please",
    ):
        assert words in page.text
    assert (await host.bookings())[0]["start"] == TEN
    for _ in range(2):
        assert (await visitor.send_unmarked(page.form(), at, **AGREED)).location == manage
    assert (await visitor.send_unmarked(form, at, start=ELEVEN)).location == manage  # refreshed
    [booking] = await host.bookings()
    assert (booking["start"], booking["reschedules"]) == (ELEVEN, 1)


async def test_the_zone_that_was_chosen_is_kept(host: Host, visitor: Visitor) -> None:
    at = f"{await host.booked(TEN)}/reschedule"
    form = (await visitor.page(f"{at}?timezone=Asia/Tokyo")).form()
    page = (await visitor.send_unmarked(form, at, start=ELEVEN)).page
    assert "Tokyo time" in page.text
    assert "19:00–19:30" in page.text


async def test_changing_a_move_keeps_its_time_and_reason(host: Host, visitor: Visitor) -> None:
    at = f"{await host.booked(TEN)}/reschedule"
    confirming = await asked(visitor, at, start=ELEVEN, reason="Later")
    answer = await visitor.send_unmarked(confirming, at, _change="1", **AGREED)
    assert answer.status == 200
    assert {"start": ELEVEN, "reason": "Later"}.items() <= answer.page.form().served.items()
    again = await visitor.send_unmarked(answer.page.form(), at, start=NOON)
    assert "Nothing has changed yet." in again.page.text
    await visitor.send_unmarked(again.page.form(), at, **AGREED)
    assert (await host.bookings())[0]["start"] == NOON


async def test_a_move_to_a_taken_time_gives_the_nearest_ones(host: Host, visitor: Visitor) -> None:
    at = f"{await host.booked(TEN)}/reschedule"
    confirming = await asked(visitor, at, start=ELEVEN, reason="Later")
    await host.booked(ELEVEN)
    first = (await visitor.page(at)).form()
    for answer in (
        await visitor.send_unmarked(confirming, at, **AGREED),
        await visitor.send_unmarked(first, at, start=ELEVEN, reason="Later"),
    ):
        assert answer.status == 409
        assert "That time was just taken. These are still available." in answer.page.text
        assert answer.page.form().served["reason"] == "Later"


async def test_what_is_missing_is_asked_for_first(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", policy={"reason": "required"})
    manage = await host.booked(TEN)
    for action, typed in (("reschedule", {"start": ELEVEN}), ("cancel", {"sure": "1"})):
        at = f"{manage}/{action}"
        answer = await visitor.send_unmarked((await visitor.page(at)).form(), at, **typed)
        assert answer.status == 422
        assert "Please give a reason." in answer.page.text


async def test_a_cancellation_shows_what_is_cancelled_and_cancels_once_confirmed(
    host: Host, visitor: Visitor
) -> None:
    manage = await host.booked(TEN)
    at = f"{manage}/cancel"
    form = (await visitor.page(at)).form()
    page = (await visitor.send_unmarked(form, at, sure="1", reason="I am ill")).page
    for words in (
        "Cancel this booking?",
        "with Hanna Host",
        "Thursday, 19 November 2026 10:00–10:30",
        "Carla Customer carla@customer.test",
        "Reason I am ill",
    ):
        assert words in page.text
    before = await stored(host.deployment.store.client)
    unticked = await visitor.send_unmarked(page.form(), at)
    assert unticked.status == 422
    assert "Tick the box to confirm." in unticked.page.text
    changed = await visitor.send_unmarked(unticked.page.form(), at, _change="1")
    assert changed.page.form().served["reason"] == "I am ill"
    assert await stored(host.deployment.store.client) == before
    for _ in range(2):
        assert (await visitor.send_unmarked(page.form(), at, **AGREED)).location == manage
    assert (await visitor.send_unmarked(form, at, sure="1")).location == manage  # refreshed
    assert (await host.bookings())[0]["status"] == "cancelled"


async def test_the_nonces_of_other_forms_confirm_nothing(host: Host, visitor: Visitor) -> None:
    manage, other = await host.booked(TEN), await host.booked(ELEVEN)
    foreign = await asked(visitor, f"{other}/cancel", sure="1")
    move = await asked(visitor, f"{manage}/reschedule", start=NOON)
    first = (await visitor.page(f"{manage}/cancel")).form()
    for nonce, status in (
        (foreign.served["_nonce"], 422),
        (move.served["_nonce"], 422),
        (first.served["_nonce"], 200),  # it asks
    ):
        answer = await visitor.post(f"{manage}/cancel", {"_nonce": nonce, "sure": "1", **AGREED})
        assert answer.status == status
    assert {booking["status"] for booking in await host.bookings()} == {"scheduled"}


async def test_what_the_policy_forbids_meanwhile_is_refused_on_the_ticket(
    host: Host, visitor: Visitor
) -> None:
    await host.change("event_type", policy={"max_reschedules": 1})
    manage = await host.booked(TEN)
    at = f"{manage}/reschedule"
    confirming = await asked(visitor, at, start=ELEVEN)
    await visitor.send((await visitor.page(at)).form(), at, start=NOON)
    answer = await visitor.send_unmarked(confirming, at, **AGREED)
    assert answer.status == 403
    assert "This booking can't be rescheduled any more." in answer.page.text
    assert (await host.bookings())[0]["start"] == NOON
