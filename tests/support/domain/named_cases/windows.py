"""Windows of a schedule: overnight, whole days, overrides, and dates that do not exist."""

from __future__ import annotations

from tests.support.domain.availability_cases import hours
from tests.support.domain.named_cases.named import Named, clock

WINDOWS = [
    Named(
        "An overnight window spilling into a day that an override closes",
        "Cal.com #26804",
        hours("UTC", tue=[("21:00", "03:00")], overrides={"2026-01-28": []}),
        "2026-01-27",
        clock("2026-01-27", "+00:00", "21:00", "22:00", "23:00"),
        last="2026-01-28",
    ),
    Named(
        "An overnight window before a weekday that is closed",
        "Cal.com #6323, openresto #363",
        hours("UTC", tue=[("22:30", "02:00")]),
        "2026-01-27",
        [
            *clock("2026-01-27", "+00:00", "22:30", "23:00", "23:30"),
            *clock("2026-01-28", "+00:00", "00:00", "00:30", "01:00"),
        ],
        last="2026-01-28",
        settings={"increment_minutes": 30},
    ),
    Named(
        "Two windows that meet at midnight",
        "Cal.com #5587, #5929",
        hours("UTC", tue=[("22:30", "24:00")], wed=[("00:00", "01:30")]),
        "2026-01-27",
        [
            *clock("2026-01-27", "+00:00", "22:30", "23:00", "23:30"),
            *clock("2026-01-28", "+00:00", "00:00", "00:30"),
        ],
        last="2026-01-28",
        settings={"increment_minutes": 30},
    ),
    Named(
        "A day from 00:00 to 24:00",
        "Easy!Appointments #1451, #1822",
        hours("Europe/Paris", tue=[("00:00", "24:00")]),
        "2026-01-27",
        clock("2026-01-27", "+01:00", *(f"{hour:02}:00" for hour in range(24))),
        last="2026-01-28",
    ),
    Named(
        "Each window starts its own grid",
        "Cal.com #22227",
        hours("UTC", tue=[("08:00", "10:00"), ("12:30", "14:30")]),
        "2026-01-27",
        clock("2026-01-27", "+00:00", "08:00", "09:00", "12:30", "13:30"),
    ),
    Named(
        "An override late in the evening, far from UTC",
        "Cal.com #10254, #8833",
        hours("America/Los_Angeles", overrides={"2026-01-30": [("22:00", "24:00")]}),
        "2026-01-26",
        clock("2026-01-30", "-08:00", "22:00", "23:00"),
        last="2026-02-01",
    ),
    Named(
        "The last day of the month in which the clocks go back",
        "Cal.com #11820",
        hours("Europe/London", [("09:00", "10:00")]),
        "2023-10-28",
        [
            *clock("2023-10-28", "+01:00", "09:00"),
            *(f"10-{day} 09:00+00:00" for day in (29, 30, 31)),
        ],
        last="2023-10-31",
    ),
    Named(
        "A date that does not exist",
        "tz database",
        hours("Pacific/Apia", [("09:00", "10:00")], overrides={"2011-12-30": [("09:00", "17:00")]}),
        "2011-12-29",
        ["12-29 09:00-10:00", "12-31 09:00+14:00"],
        last="2011-12-31",
    ),
    Named(
        "An override cuts across a date that does not exist",
        "tz database",
        hours("Pacific/Apia", thu=[("22:00", "02:00")], overrides={"2011-12-31": []}),
        "2011-12-29",
        ["12-29 22:00-10:00", "12-29 23:00-10:00"],
        last="2011-12-31",
    ),
]
