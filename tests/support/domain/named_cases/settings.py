"""Buffers, limits, notice, and how far ahead can be booked."""

from __future__ import annotations

from datetime import date

from admitone.domain.availability.case import Booked, Dates, RollingDays
from tests.support.domain.availability_cases import at, hours
from tests.support.domain.named_cases.named import BRISBANE, HOUR, NEW_YORK, Named, clock

SETTINGS = [
    Named(
        "A buffer counted twice",
        "Cal.com #3662",
        hours(BRISBANE, tue=[("08:00", "15:00")]),
        "2026-01-27",
        clock("2026-01-27", "+10:00", "08:00", "12:00", "13:00", "14:00"),
        settings={"buffer_before_minutes": 60, "buffer_after_minutes": 60},
        booked=[Booked(at("2026-01-27 10:00", BRISBANE), at("2026-01-27 11:00", BRISBANE), HOUR, HOUR)],
    ),
    Named(
        "A buffer reaching in from a booking outside the asked range",
        "Cal.com #29532",
        hours("UTC", every_day=[("00:00", "03:00")]),
        "2026-01-27",
        clock("2026-01-27", "+00:00", "01:00", "02:00"),
        booked=[Booked(at("2026-01-26 23:00", "UTC"), at("2026-01-27 00:00", "UTC"), 0, HOUR // 2)],
    ),
    Named(
        "A daily limit counted in UTC",
        "Cal.com #12172, #15360",
        hours(BRISBANE, [("08:00", "10:00")]),
        "2026-01-27",
        clock("2026-01-28", "+10:00", "08:00", "09:00"),
        last="2026-01-28",
        settings={"max_per_day": 1},
        booked=[Booked(at("2026-01-27 16:00", BRISBANE), at("2026-01-27 17:00", BRISBANE))],
    ),
    Named(
        "A weekly limit counts from Monday to Sunday of the host",
        "ISO 8601",
        hours("Pacific/Auckland", [("08:00", "09:00")]),
        "2026-01-24",
        ["01-24 08:00+13:00", "01-25 08:00+13:00"],
        last="2026-01-31",
        settings={"max_per_week": 1},
        booked=[
            Booked(at("2026-01-26 08:00", "Pacific/Auckland"), at("2026-01-26 09:00", "Pacific/Auckland"))
        ],
    ),
    Named(
        "A window of dates that ends in the evening of its last day",
        "Cal.com #24523",
        hours("America/Los_Angeles", [("16:00", "19:00")]),
        "2026-01-30",
        clock("2026-01-31", "-08:00", "16:00", "17:00", "18:00"),
        last="2026-02-01",
        settings={"window": Dates(date(2026, 1, 31), date(2026, 1, 31))},
    ),
    Named(
        "Rolling days are dates of the host",
        "Cal.com #15825",
        hours(BRISBANE, [("08:00", "09:00")]),
        "2026-01-27",
        ["01-28 08:00+10:00", "01-29 08:00+10:00"],
        last="2026-01-31",
        settings={"window": RollingDays(2)},
        now=at("2026-01-27 09:00", BRISBANE),
    ),
    Named(
        "Notice landing on the day the clocks go back",
        "Cal.com #12137",
        hours(NEW_YORK, [("09:00", "14:00")]),
        "2023-11-04",
        clock("2023-11-05", "-05:00", "11:00", "12:00", "13:00"),
        last="2023-11-05",
        settings={"min_notice_minutes": 7 * 24 * 60},
        now=at("2023-10-29 12:00", NEW_YORK),
    ),
]
