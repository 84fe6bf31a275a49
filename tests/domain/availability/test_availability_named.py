"""Cases that scheduling software is known to get wrong, each with where it was reported.

docs/availability.md explains the rules by the same cases, title by title.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest

from admitone.domain.availability.case import Booked, Case, Dates, Host, RollingDays, Verdict
from admitone.domain.availability.days import local_days, local_range
from admitone.domain.availability.decision import decide, offered_slots
from admitone.domain.availability.schedule_hours import Hours
from admitone.domain.availability.zones import zone
from tests.support.domain.availability_cases import at, case, hours, shown

HOUR = 3600


class Named(msgspec.Struct):
    """`expected` are the starts offered on the host's dates `first` to `last`, as its clock shows them."""

    title: str
    source: str
    hours: Hours
    first: str
    expected: list[str]
    last: str = ""
    settings: dict[str, object] = {}
    busy: Sequence[tuple[int, int]] = ()
    booked: Sequence[Booked] = ()
    now: int = 0

    @property
    def case(self) -> Case:
        settings = {"duration_minutes": 60} | self.settings
        return case(Host("ann", self.hours, self.busy, self.booked), self.now, **settings)

    @property
    def starts(self) -> list[int]:
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last or self.first)
        return [slot.start for slot in offered_slots(self.case, *local_range(self.hours.zone, first, last))]


def clock(day: str, offset: str, *times: str) -> list[str]:
    return [f"{day[5:]} {text}{offset}" for text in times]


NEW_YORK, CAIRO, LORD_HOWE, BRISBANE = (
    "America/New_York",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Australia/Brisbane",
)

NAMED = [
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


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_named(named: Named) -> None:
    assert shown(named.starts, named.hours.zone.key) == named.expected


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_what_is_offered_can_be_booked(named: Named) -> None:
    assert {decide(named.case, start).verdict for start in named.starts} <= {Verdict.FREE}


@pytest.mark.parametrize("viewer", ["UTC", "Europe/London", "Pacific/Apia", "America/St_Johns", "Asia/Tokyo"])
@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_the_viewers_zone_only_groups(named: Named, viewer: str) -> None:
    """Cal.com #7684: the customer's change of the clocks moved the host's hours."""
    start, end = min(named.starts, default=0), max(named.starts, default=0) + 1
    days = local_days(offered_slots(named.case, start, end), zone(viewer))
    assert [slot.start for day in days for slot in day.slots] == named.starts


@pytest.mark.parametrize("server", ["Pacific/Kiritimati", "America/New_York"])
def test_the_servers_zone_does_not_matter(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nextcloud Calendar #6407: a day of slots shifted with the server's own zone."""
    monkeypatch.setenv("TZ", server)
    time.tzset()
    try:
        for named in NAMED:
            assert shown(named.starts, named.hours.zone.key) == named.expected
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_buffer_holds_when_booking_too() -> None:
    """Cal.com #14868: a start inside a buffer was not listed, and could be booked by its address."""
    booked = Booked(at("2026-01-27 10:00", "UTC"), at("2026-01-27 11:00", "UTC"), HOUR, 0)
    host = Host("ann", hours("UTC", [("09:00", "17:00")]), booked=[booked])
    question = case(host, duration_minutes=60)
    assert decide(question, at("2026-01-27 09:00", "UTC")).verdict is Verdict.TAKEN
    assert decide(question, at("2026-01-27 11:00", "UTC")).verdict is Verdict.FREE


def test_the_document_tells_every_case() -> None:
    document = Path(__file__).parents[3].joinpath("docs", "availability.md").read_text("utf-8")
    assert [named.title for named in NAMED if f"| {named.title} | {named.source} |" not in document] == []
