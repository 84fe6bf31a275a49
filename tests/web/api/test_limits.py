"""Notice, windows, buffers and limits: what is offered can be booked, and nothing else."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import ROUND_THE_CLOCK, answered, refused, somebody, token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

THURSDAY = ("2026-11-19", "2026-11-19")


async def test_notice_is_kept_to_the_second(admin: Api, customer: Api, clock: Clock) -> None:
    page = await admin.new_page(await admin.new_event_type(min_notice_minutes=90))
    clock.forward(seconds=20 - 7 * 60)  # 11:00:00
    today = ("2026-11-18", "2026-11-18")
    assert (await customer.starts(page["slug"], *today))[0] == "2026-11-18T12:30:00Z"
    clock.forward(seconds=1)
    assert (await customer.starts(page["slug"], *today))[0] == "2026-11-18T13:00:00Z"
    refused(await customer.book(page["slug"], "2026-11-18T12:30:00Z"), 422, "slot-not-offered")
    await customer.booked(page["slug"], "2026-11-18T13:00:00Z")


async def test_a_start_is_later_than_now_even_without_notice(admin: Api, customer: Api, clock: Clock) -> None:
    page = await admin.new_page(await admin.new_event_type(min_notice_minutes=0))
    clock.forward(seconds=20 - 7 * 60)  # 11:00:00
    refused(await customer.book(page["slug"], "2026-11-18T11:00:00Z"), 422, "slot-not-offered")
    clock.forward(seconds=-1)
    await customer.booked(page["slug"], "2026-11-18T11:00:00Z")


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ({"kind": "rolling_days", "days": 0}, "2026-11-18T12:30:00Z", "2026-11-18T15:30:00Z"),
        ({"kind": "rolling_days", "days": 2}, "2026-11-18T12:30:00Z", "2026-11-20T15:30:00Z"),
        (
            {"kind": "dates", "from": "2026-11-20", "to": "2026-11-24"},
            "2026-11-20T08:00:00Z",
            "2026-11-24T15:30:00Z",
        ),
        ({"kind": "dates", "from": "2026-11-01", "to": "2026-11-10"}, None, None),
        (None, "2026-11-18T12:30:00Z", "2027-01-01T15:30:00Z"),
    ],
)
async def test_a_window_bounds_what_is_offered(
    admin: Api, customer: Api, window: Any, first: str | None, last: str | None
) -> None:
    event_type = await admin.new_event_type()
    answered(await admin.patch(f"/event-types/{event_type['id']}", {"window": window}))
    page = await admin.new_page(event_type)
    starts = await customer.starts(page["slug"], "2026-11-18", "2027-01-01")
    assert [*starts[:1], *starts[-1:]] == ([first, last] if first else [])
    for start in ("2026-11-18T12:30:00Z", "2026-11-25T12:30:00Z", "2027-06-01T12:00:00Z"):
        reply = await customer.book(page["slug"], start)
        if start in starts or window is None:
            assert reply.status == 201
        else:
            refused(reply, 422, "slot-not-offered")


async def test_today_is_the_host_s(admin: Api, customer: Api, clock: Clock) -> None:
    clock.forward(hours=11)  # 22:06 UTC, and the 19th in Kiritimati
    event_type = await admin.new_event_type(window={"kind": "rolling_days", "days": 0}, duration_minutes=60)
    page = await admin.new_page(
        event_type, schedule={"timezone": "Pacific/Kiritimati", "weekly": ROUND_THE_CLOCK}
    )
    starts = await customer.starts(page["slug"], "2026-11-18", "2026-11-20")
    assert starts[-1] == "2026-11-19T09:00:00Z"


async def test_buffers_keep_the_larger_distance(admin: Api, customer: Api) -> None:
    plain = await admin.new_event_type(increment_minutes=5)
    wide = await admin.new_event_type(increment_minutes=5, buffer_before_minutes=20, buffer_after_minutes=40)
    page = await admin.new_page(plain, wide)
    await customer.booked(page["slug"], "2026-11-19T10:00:00Z", event_type=wide["id"])  # to 10:30

    async def expect(event_type: Any, start: str, free: bool) -> None:
        starts = await customer.starts(page["slug"], *THURSDAY, event_type=event_type["id"])
        assert (f"2026-11-19T{start}:00Z" in starts) == free
        reply = await customer.book(page["slug"], f"2026-11-19T{start}:00Z", event_type=event_type["id"])
        if free:
            answered(await customer.post(f"/manage/{token_of(reply.body)}/cancel", {}))
        else:
            refused(reply, 409, "slot-taken")

    await expect(plain, "09:10", free=True)
    await expect(plain, "09:15", free=False)
    await expect(plain, "11:05", free=False)
    await expect(plain, "11:10", free=True)
    await expect(wide, "08:50", free=True)
    await expect(wide, "08:55", free=False)
    await expect(wide, "11:05", free=False)
    await expect(wide, "11:10", free=True)


async def test_buffers_may_lie_outside_the_hours(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type(buffer_before_minutes=120, buffer_after_minutes=120)
    page = await admin.new_page(event_type)
    starts = await customer.starts(page["slug"], *THURSDAY)
    assert (starts[0], starts[-1]) == ("2026-11-19T08:00:00Z", "2026-11-19T15:30:00Z")


async def test_a_host_is_booked_once_through_whatever_page(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type()
    one, two = await admin.new_page(event_type), await admin.new_page(event_type)
    tries = [
        customer.book(page["slug"], "2026-11-19T08:00:00Z", email=somebody()) for page in (one, two) * 10
    ]
    replies = await asyncio.gather(*tries)
    assert Counter(reply.status for reply in replies) == {201: 1, 409: 19}
    assert "2026-11-19T08:00:00Z" not in await customer.starts(two["slug"], *THURSDAY)


@pytest.mark.parametrize(
    ("limits", "inside", "outside"),
    [
        # In St John's (UTC-3:30) Thursday goes from 03:30 UTC to 03:30 UTC, the week from Monday 03:30 UTC
        ({"max_per_day": 3}, "2026-11-20T03:00:00Z", "2026-11-20T03:30:00Z"),
        ({"max_per_week": 3}, "2026-11-23T03:00:00Z", "2026-11-23T03:30:00Z"),
    ],
)
async def test_a_limit_counts_by_the_host_s_days_through_all_pages(
    admin: Api, customer: Api, limits: dict[str, int], inside: str, outside: str
) -> None:
    limited, other = await admin.new_event_type(**limits), await admin.new_event_type()
    schedule = {"timezone": "America/St_Johns", "weekly": ROUND_THE_CLOCK}
    pages = [await admin.new_page(limited, other, schedule=schedule) for _ in range(2)]
    link = await admin.new_link(pages[0], event_type=limited["id"])

    async def book(page: Any, start: str, event_type: Any = limited) -> Any:
        return await customer.booked(page["slug"], start, event_type=event_type["id"])

    first = await book(pages[0], "2026-11-19T04:00:00Z")
    await book(pages[1], "2026-11-19T12:00:00Z")
    await book(pages[0], "2026-11-19T13:00:00Z", other)
    assert inside in await customer.starts(link["code"], "2026-11-19", "2026-11-24")
    third = await book(pages[1], "2026-11-20T02:00:00Z")

    starts = await customer.starts(link["code"], "2026-11-19", "2026-11-24")
    assert inside not in starts
    assert outside in starts
    refused(await customer.book(link["code"], inside), 409, "slot-taken")
    await book(pages[0], inside, other)
    await customer.booked(link["code"], outside)

    moved = answered(
        await customer.post(f"/manage/{token_of(third)}/reschedule", {"start": "2026-11-19T15:00:00Z"})
    )
    assert moved["status"] == "rescheduled"
    answered(await customer.post(f"/manage/{token_of(first)}/cancel", {}))
    await book(pages[1], "2026-11-19T16:00:00Z")


async def test_a_limit_holds_among_simultaneous_customers(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type(max_per_day=4, max_per_week=6)
    pages = [await admin.new_page(event_type) for _ in range(2)]
    starts = await customer.starts(pages[0]["slug"], "2026-11-19", "2026-11-20")
    assert len(starts) == 32
    tries = [
        customer.book(pages[place % 2]["slug"], start, email=somebody()) for place, start in enumerate(starts)
    ]
    replies = await asyncio.gather(*tries)
    booked = [reply.body["start"] for reply in replies if reply.status == 201]
    assert len(booked) == 6
    assert max(Counter(start[:10] for start in booked).values()) <= 4
    for reply in replies:
        if reply.status != 201:
            refused(reply, 409, "slot-taken")


async def test_what_the_display_filter_hides_can_be_booked(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type(max_shown_per_day=3))
    starts = await customer.starts(page["slug"], *THURSDAY)
    assert starts == ["2026-11-19T08:00:00Z", "2026-11-19T10:30:00Z", "2026-11-19T13:00:00Z"]
    await customer.booked(page["slug"], "2026-11-19T08:30:00Z")
