"""What a list offers can be booked, and what it does not offer cannot: end to end, for random settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.api.calling import Api, answered, created, refused, somebody, token_of, utc
from tests.support.factories import NOW
from tests.support.sizes import size

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

FIRST, LAST = "2026-11-18", "2026-11-26"
GRID = 5 * 60
FAR_APART = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns", "UTC"]

minutes = st.sampled_from([0, 5, 15, 30, 45])
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 10, 30, 45]))
windows = st.lists(st.tuples(clocks, st.one_of(clocks, st.just("24:00"))), max_size=2)
weekdays = st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
dates = st.sampled_from(["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-23"])
schedules = st.fixed_dictionaries(
    {
        "timezone": st.sampled_from(FAR_APART),
        "weekly": st.dictionaries(weekdays, windows, min_size=3),
        "overrides": st.dictionaries(dates, windows, max_size=2),
    }
)
limits = st.one_of(st.none(), st.integers(1, 3))
event_types = st.fixed_dictionaries(
    {
        "duration_minutes": st.sampled_from([5, 20, 30, 60, 90, 600]),
        "increment_minutes": st.one_of(st.none(), st.sampled_from([5, 15, 40, 120])),
        "buffer_before_minutes": minutes,
        "buffer_after_minutes": minutes,
        "min_notice_minutes": st.sampled_from([0, 1, 60, 1440]),
        "window": st.sampled_from(
            [
                {"kind": "rolling_days", "days": 3},
                {"kind": "rolling_days", "days": 60},
                {"kind": "dates", "from": "2026-11-20", "to": "2026-11-23"},
            ]
        ),
        "max_per_day": limits,
        "max_per_week": limits,
    }
)
places = st.lists(st.integers(0, 10_000), min_size=1, max_size=6)


@pytest.mark.soak
@given(kinds=st.lists(event_types, min_size=1, max_size=2), schedule=schedules, taken=places, tried=places)
@settings(
    max_examples=size(300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_exactly_what_is_offered_can_be_booked(
    deployment: Deployment, kinds: list[Any], schedule: Any, taken: list[int], tried: list[int]
) -> None:
    admin, customer = await deployment.user("administrator"), deployment.customer
    await deployment.change_settings(general_link_bookings_per_hour=None)
    made = [await admin.new_event_type(**kind) for kind in kinds]
    page = await admin.new_page(*made, schedule=schedule)
    for place in taken:
        kind = made[place % len(made)]
        if starts := await offered(customer, page, kind):
            await customer.booked(
                page["slug"], starts[place % len(starts)], event_type=kind["id"], email=somebody()
            )
    kind = made[0]
    starts = await offered(customer, page, kind)
    for place in tried:
        if starts:
            await book_and_cancel(customer, page, kind, starts[place % len(starts)])
        start = utc(NOW // GRID * GRID + place * GRID % (9 * 86_400))
        if start in starts:
            await book_and_cancel(customer, page, kind, start)
        else:
            reply = await customer.book(page["slug"], start, event_type=kind["id"], email=somebody())
            refused(reply, reply.status, {409: "slot-taken", 422: "slot-not-offered"}[reply.status])
    assert await offered(customer, page, kind) == starts


@pytest.mark.soak
@given(kind=event_types, schedule=schedules, hour=st.integers(0, 8 * 24))
@settings(
    max_examples=size(200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_a_booking_can_be_moved_to_exactly_what_is_offered_for_it(
    deployment: Deployment, kind: Any, schedule: Any, hour: int
) -> None:
    admin, customer = await deployment.user("administrator"), deployment.customer
    await deployment.change_settings(general_link_bookings_per_hour=None)
    event_type = await admin.new_event_type(**kind)
    page = await admin.new_page(event_type, schedule=schedule)
    starts = await offered(customer, page, event_type)
    if not starts:
        return
    booking = await customer.booked(page["slug"], starts[hour % len(starts)])
    manage = f"/manage/{token_of(booking)}"
    reply = answered(await customer.get(f"{manage}/slots", from_=FIRST, to=LAST, timezone="UTC"))
    movable = [slot["start"] for day in reply["days"] for slot in day["slots"]]
    assert movable == starts, "alone, a booking may go wherever it could have been made"
    for start in (movable[0], movable[-1]):  # a third move would use up the hour's budget of the customer
        assert answered(await customer.post(f"{manage}/reschedule", {"start": start}))["start"] == start
    wrong = utc(NOW // GRID * GRID + hour * 3600)
    if wrong not in movable:
        refused(await customer.post(f"{manage}/reschedule", {"start": wrong}), 422, "slot-not-offered")


async def test_the_same_starts_are_offered_from_whatever_zone_and_day_one_looks(
    deployment: Deployment,
) -> None:
    admin, customer = await deployment.user("administrator"), deployment.customer
    weekly = {"mon": [["22:00", "03:00"]], "thu": [["00:00", "24:00"]], "fri": [["05:30", "06:45"]]}
    page = await admin.new_page(
        await admin.new_event_type(increment_minutes=10),
        schedule={"timezone": "Australia/Lord_Howe", "weekly": weekly},
    )
    everything = set(await customer.starts(page["slug"], "2026-11-18", "2027-01-17", timezone="UTC"))
    for zone in (*FAR_APART, "Australia/Lord_Howe"):
        seen: list[str] = []
        for day in range(17, 31):
            date = f"2026-11-{day}"
            seen += await customer.starts(page["slug"], date, date, timezone=zone)
        assert len(seen) == len(set(seen))
        assert {start for start in seen if start < LAST} == {start for start in everything if start < LAST}


async def offered(customer: Api, page: Any, kind: Any) -> list[str]:
    """The starts of an event type in the days that are looked at."""
    return await customer.starts(page["slug"], FIRST, LAST, timezone="UTC", event_type=kind["id"])


async def book_and_cancel(customer: Api, page: Any, kind: Any, start: str) -> None:
    """Book a start, which must succeed, and free it again."""
    booking = created(await customer.book(page["slug"], start, event_type=kind["id"], email=somebody()))
    answered(await customer.post(f"/manage/{token_of(booking)}/cancel", {}))
