"""Days on which the clocks change."""

from __future__ import annotations

from admitone.domain.availability.case import Booked
from tests.support.domain.availability_cases import at, hours
from tests.support.domain.named_cases.named import CAIRO, LORD_HOWE, NEW_YORK, Named, clock

CLOCK_CHANGES = [
    Named(
        "Afternoon hours shifted on the day the clocks change",
        "Cal.com #30021, #19589",
        hours(NEW_YORK, sun=[("13:00", "18:00")]),
        "2026-03-08",
        clock("2026-03-08", "-04:00", "13:00", "14:00", "15:00", "16:00", "17:00"),
    ),
    Named(
        "A half-hour window lost on the day the clocks go forward",
        "Cal.com #6217",
        hours(NEW_YORK, sun=[("12:30", "13:00")]),
        "2026-03-08",
        clock("2026-03-08", "-04:00", "12:30"),
        settings={"duration_minutes": 30},
    ),
    Named(
        "A window inside the hour that is skipped",
        "RFC 5545 3.3.5; compass-calendar #3711",
        hours(NEW_YORK, sun=[("02:00", "02:30")]),
        "2026-03-08",
        clock("2026-03-08", "-04:00", "03:00"),
        settings={"duration_minutes": 30},
    ),
    Named(
        "A window that ends before it starts once the clocks are forward",
        "RFC 5545 3.3.5",
        hours(NEW_YORK, sun=[("02:30", "03:00")]),
        "2026-03-08",
        [],
        settings={"duration_minutes": 30},
    ),
    Named(
        "The first hour lost after the clocks go back",
        "Cal.com #4702, #10517",
        hours(NEW_YORK, [("07:30", "10:30")]),
        "2026-11-01",
        [
            *clock("2026-11-01", "-05:00", "07:30", "08:30", "09:30"),
            *clock("2026-11-02", "-05:00", "07:30", "08:30", "09:30"),
        ],
        last="2026-11-02",
    ),
    Named(
        "The hour that is repeated is time like any other",
        "ArtisanPack bookings #65",
        hours("America/Chicago", sun=[("00:00", "03:00")]),
        "2026-11-01",
        [
            *clock("2026-11-01", "-05:00", "00:00", "01:00"),
            *clock("2026-11-01", "-06:00", "01:00", "02:00"),
        ],
    ),
    Named(
        "Cairo's clocks go forward at midnight",
        "moment-timezone #1058, dayjs #2868",
        hours(CAIRO, fri=[("00:00", "03:00")]),
        "2026-04-24",
        clock("2026-04-24", "+03:00", "01:00", "02:00"),
    ),
    Named(
        "Cairo's clocks go back at midnight",
        "tz database",
        hours(CAIRO, thu=[("22:00", "24:00")]),
        "2026-10-29",
        [*clock("2026-10-29", "+03:00", "22:00", "23:00"), *clock("2026-10-29", "+02:00", "23:00")],
        last="2026-10-30",
    ),
    Named(
        "Lord Howe's clocks go forward by half an hour",
        "d3-time #4",
        hours(LORD_HOWE, sun=[("01:00", "04:00")]),
        "2026-10-04",
        [*clock("2026-10-04", "+10:30", "01:00"), *clock("2026-10-04", "+11:00", "02:30")],
    ),
    Named(
        "Lord Howe's clocks go back by half an hour",
        "spacetime #464",
        hours(LORD_HOWE, sun=[("01:00", "04:00")]),
        "2026-04-05",
        [*clock("2026-04-05", "+11:00", "01:00"), *clock("2026-04-05", "+10:30", "01:30", "02:30")],
    ),
    Named(
        "Clocks that go back across midnight",
        "tz database, St John's until 2010",
        hours("America/St_Johns", sun=[("00:00", "02:00")]),
        "2010-11-07",
        [
            "11-07 00:00-02:30",
            "11-06 23:30-03:30",
            *clock("2010-11-07", "-03:30", "00:00", "00:30", "01:00"),
        ],
        settings={"increment_minutes": 30, "max_per_day": 1},
        booked=[
            Booked(at("2010-11-06 22:00", "America/St_Johns"), at("2010-11-06 23:00", "America/St_Johns"))
        ],
    ),
]
