"""`GET /api/v1/book/CODE/slots`: the times that a customer sees, in the zone that was asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import ROUND_THE_CLOCK, answered, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

THURSDAY = {"from_": "2026-11-19", "to": "2026-11-19"}


async def test_slots_come_by_days_of_the_asked_zone(admin: Api, customer: Api) -> None:
    schedule = {
        "timezone": "Europe/Paris",
        "weekly": {"thu": [["23:00", "24:00"]], "fri": [["00:00", "01:00"]]},
    }
    page = await admin.new_page(await admin.new_event_type(), schedule=schedule)
    link = await admin.new_link(page)

    async def days(first: str, last: str, zone: str) -> Any:
        query = {"from_": first, "to": last, "timezone": zone}
        return answered(await customer.get(f"/book/{link['code']}/slots", **query))

    evening = [
        {"start": "2026-11-19T22:00:00Z", "end": "2026-11-19T22:30:00Z"},
        {"start": "2026-11-19T22:30:00Z", "end": "2026-11-19T23:00:00Z"},
    ]
    night = [
        {"start": "2026-11-19T23:00:00Z", "end": "2026-11-19T23:30:00Z"},
        {"start": "2026-11-19T23:30:00Z", "end": "2026-11-20T00:00:00Z"},
    ]
    assert await days("2026-11-19", "2026-11-20", "Europe/Paris") == {
        "timezone": "Europe/Paris",
        "days": [{"date": "2026-11-19", "slots": evening}, {"date": "2026-11-20", "slots": night}],
    }
    assert await days("2026-11-19", "2026-11-20", "UTC") == {
        "timezone": "UTC",
        "days": [{"date": "2026-11-19", "slots": evening + night}],
    }
    assert await days("2026-11-19", "2026-11-19", "Asia/Tokyo") == {"timezone": "Asia/Tokyo", "days": []}
    default = answered(await customer.get(f"/book/{link['code']}/slots", **THURSDAY))
    assert default == {"timezone": "Europe/Paris", "days": [{"date": "2026-11-19", "slots": evening}]}


ZONES = [
    "Europe/Paris",
    "UTC",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "America/St_Johns",
]


async def test_the_same_instants_are_offered_whoever_looks(admin: Api, customer: Api) -> None:
    schedule = {"timezone": "America/St_Johns", "weekly": ROUND_THE_CLOCK}
    page = await admin.new_page(await admin.new_event_type(duration_minutes=50), schedule=schedule)
    link = await admin.new_link(page)
    seen = {
        zone: [
            start
            for start in await customer.starts(link["code"], "2026-11-18", "2026-11-26", timezone=zone)
            if "2026-11-20T12:00:00Z" <= start < "2026-11-24T12:00:00Z"
        ]
        for zone in ZONES
    }
    assert len(seen["UTC"]) > 100
    assert all(starts == seen["UTC"] for starts in seen.values())


@pytest.mark.parametrize(
    ("zone", "first", "starts"),
    [
        # 02:30 does not exist and is 03:30; windows of the day after keep their wall-clock time
        (
            "Europe/Paris",
            "2027-03-28",
            [f"2027-03-28T{hour:02}:30:00Z" for hour in (1, 2, 3)],
        ),
        ("Europe/Paris", "2027-03-29", [f"2027-03-29T{hour:02}:30:00Z" for hour in range(4)]),
        # 02:30 comes twice, and the first one counts: an hour more until 06:30
        ("Europe/Paris", "2026-10-25", [f"2026-10-25T{hour:02}:30:00Z" for hour in range(5)]),
        ("Pacific/Apia", "2027-01-05", [f"2027-01-04T{hour:02}:30:00Z" for hour in (13, 14, 15, 16)]),
    ],
)
async def test_days_on_which_clocks_change(
    admin: Api, customer: Api, clock: Clock, zone: str, first: str, starts: list[str]
) -> None:
    clock.now = int(datetime.fromisoformat("2026-10-01T00:00:00+00:00").timestamp())
    event_type = await admin.new_event_type(duration_minutes=60, window=None, min_notice_minutes=0)
    answered(await admin.patch(f"/event-types/{event_type['id']}", {"window": None}))
    day = datetime.fromisoformat(first).strftime("%a").lower()
    schedule = {"timezone": zone, "weekly": {day: [["02:30", "06:30"]]}}
    page = await admin.new_page(event_type, schedule=schedule)
    assert await customer.starts(page["slug"], first, first) == starts
    for start in starts:
        await customer.booked(page["slug"], start)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "from"),
        ({"from_": "2026-11-19"}, "to"),
        ({"from_": "19.11.2026", "to": "2026-11-19"}, "from"),
        ({"from_": "2026-11-19", "to": "2026-11-31"}, "to"),
        ({"from_": "2026-11-19", "to": "2026-11-18"}, "to"),
        ({"from_": "2026-11-01", "to": "2027-01-02"}, "to"),
        ({"from_": "0001-01-01", "to": "9999-12-31"}, "to"),
        ({**THURSDAY, "timezone": "Paris"}, "timezone"),
        ({**THURSDAY, "timezone": "/etc/passwd"}, "timezone"),
        ({**THURSDAY, "timezone": ""}, "timezone"),
        ({**THURSDAY, "zone": "UTC"}, "zone"),
    ],
)
async def test_slots_are_refused_for_days_that_cannot_be_before_the_link_is_looked_at(
    admin: Api, customer: Api, page: Any, query: dict[str, Any], field: str
) -> None:
    link = await admin.new_link(page)
    for address in (link["code"], "hanna", "missing"):
        refused(await customer.get(f"/book/{address}/slots", **query), 422, "invalid", field)
    answered(await admin.post(f"/links/{link['id']}/revoke"))
    refused(await customer.get(f"/book/{link['code']}/slots", **query), 422, "invalid", field)


async def test_sixty_two_days_at_once(admin: Api, customer: Api, page: Any) -> None:
    assert page
    starts = await customer.starts("hanna", "2026-11-01", "2027-01-01")
    assert starts[0] == "2026-11-18T12:30:00Z"
    assert starts[-1] == "2027-01-01T15:30:00Z"


@pytest.mark.parametrize(
    "days", [("0001-01-01", "0001-03-03"), ("9999-11-01", "9999-12-31"), ("1970-01-01", "1970-01-01")]
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("limited", [True, False])
async def test_the_ends_of_time_offer_nothing(
    admin: Api, customer: Api, days: tuple[str, str], zone: str, limited: bool
) -> None:
    limits = {"max_per_day": 1, "max_per_week": 1} if limited else {}
    event_type = await admin.new_event_type(**limits)
    page = await admin.new_page(event_type, schedule={"timezone": zone, "weekly": ROUND_THE_CLOCK})
    assert await customer.starts(page["slug"], *days, timezone=zone) == []
    assert await customer.starts(page["slug"], *days, timezone="Asia/Tokyo") == []
    for start in (f"{days[0]}T00:00:00Z", f"{days[1]}T23:30:00Z"):
        refused(await customer.book(page["slug"], start), 422, "slot-not-offered")


async def test_the_event_type_may_be_left_out_where_there_is_one(admin: Api, customer: Api) -> None:
    half, hour = await admin.new_event_type(), await admin.new_event_type(duration_minutes=60)
    page = await admin.new_page(half, hour)
    for code in (page["slug"], (await admin.new_link(page))["code"]):
        refused(await customer.get(f"/book/{code}/slots", **THURSDAY), 422, "invalid", "event_type")
        wrong = await customer.get(f"/book/{code}/slots", **THURSDAY, event_type="missing")
        refused(wrong, 422, "invalid", "event_type")
        assert len(await customer.starts(code, "2026-11-19", "2026-11-19", event_type=half["id"])) == 16
        assert len(await customer.starts(code, "2026-11-19", "2026-11-19", event_type=hour["id"])) == 8
    only = await admin.new_link(page, event_type=hour["id"])
    assert len(await customer.starts(only["code"], "2026-11-19", "2026-11-19")) == 8
    other = await customer.get(f"/book/{only['code']}/slots", **THURSDAY, event_type=half["id"])
    refused(other, 422, "invalid", "event_type")
