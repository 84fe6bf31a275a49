"""The days and times that the page of a link shows, by its address alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from admitone.web.customer.picker import MOST_TIMES

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

THURSDAY = "2026-11-19"


async def test_a_day_is_chosen_by_a_link(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    page = await visitor.page(path)
    assert f"{path}?date=2026-11-20#start" in page.links
    friday = await visitor.page(f"{path}?date=2026-11-20")
    assert "Friday 20 November" in friday.text
    assert friday.form().values("start")[0] == "2026-11-20T08:00:00Z"


async def test_days_of_the_next_month_are_chosen_like_any_at_a_months_end(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    clock.forward(hours=12 * 24)  # to Monday, 30 November
    path = await host.path()
    page = await visitor.page(path)
    assert "November 2026 – January 2027" in page.text
    days = [a["data-day"] for tag, a in page.tags if tag == "a" and "data-day" in a]
    assert days[0] == "2026-11-30"
    assert days[-1] == "2027-01-01"
    assert len(days) == 25  # each weekday of five weeks
    assert f"{path}?date=2026-12-28#start" in page.links


async def test_calendars_show_at_least_five_weeks_and_pages_of_them_until_the_window_ends(
    host: Host, visitor: Visitor
) -> None:
    seen = []
    address: str | None = await host.path()
    while address:
        page = await visitor.page(address)
        days = [a["data-day"] or "" for tag, a in page.tags if tag == "a" and "data-day" in a]
        seen.append((days[0], days[-1]))
        later = [a for tag, a in page.tags if tag == "a" and a.get("aria-label") == "Later dates"]
        address = later[0]["href"] if later else None
    assert seen == [("2026-11-18", "2026-12-25"), ("2026-12-28", "2027-01-15")]
    [earlier] = [a for tag, a in page.tags if tag == "a" and a.get("aria-label") == "Earlier dates"]
    assert (earlier["href"] or "").endswith("date=2026-11-18")


async def test_weeks_without_times_say_so(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", window={"kind": "dates", "from": "2026-11-20", "to": "2027-03-31"})
    await host.change("page", schedule=BEFORE_CHRISTMAS)
    page = await visitor.page(f"{await host.path()}?date=2027-02-01")
    assert "No times available in February – March 2027" in page.text
    assert page.form().values("start") == []


async def test_the_first_free_day_is_found_months_away(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", window={"kind": "dates", "from": "2027-08-02", "to": "2027-08-31"})
    page = await visitor.page(await host.path())
    assert "Monday 2 August" in page.text
    assert not [a for tag, a in page.tags if tag == "a" and a.get("aria-label") == "Earlier dates"]


async def test_no_free_time_at_all(host: Host, visitor: Visitor) -> None:
    await host.change("page", schedule={"weekly": CLOSED})
    page = await visitor.page(await host.path())
    assert "No times available in November – December 2026" in page.text


async def test_a_day_with_very_many_times_is_shown_in_parts(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", increment_minutes=5)
    path = f"{await host.path()}?date={THURSDAY}&name=Carla"
    page = await visitor.page(path)
    parts = [await visitor.page(link) for link in page.links if "_since=" in link]
    shown = [part.form().values("start") for part in parts]
    assert [len(times) <= MOST_TIMES for times in shown] == [True, True]
    assert shown[0] == page.form().values("start")
    assert [*shown[0], *shown[1]] == await host.deployment.customer.starts("hanna-page", THURSDAY, THURSDAY)
    assert {part.form().served["name"] for part in parts} == {"Carla"}
    suggested = await visitor.page(f"{path}&t={shown[1][3]}")
    assert suggested.form().values("start") == shown[1]


async def test_a_form_that_was_sent_before_leads_to_another_part(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", increment_minutes=5)
    path = f"{await host.path()}?date={THURSDAY}"
    form = (await visitor.page(path)).form()
    again = (await visitor.send(form, path, name="Carla", date=THURSDAY)).page
    [_, later] = [
        a["formaction"]
        for tag, a in again.tags
        if tag == "button" and "_since=" in (a.get("formaction") or "")
    ]
    assert later
    fields = {**again.form().served, "date": THURSDAY}
    found = (await visitor.post(later.partition("#")[0], fields)).page
    assert found.form().values("start")[0] > again.form().values("start")[-1]
    assert found.form().served["name"] == "Carla"


async def test_times_are_shown_in_the_zone_that_is_asked_for(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    page = await visitor.page(f"{path}?timezone=Asia/Kolkata&date={THURSDAY}")
    assert "Kolkata time" in page.text
    assert "GMT+5:30 · 16:36 now" in page.text
    assert page.form().values("start")[0] == "2026-11-19T08:00:00Z"
    assert "13:30" in page.text
    assert page.form().served["timezone"] == "Asia/Kolkata"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
async def test_days_are_those_of_the_zone_on_both_sides_of_the_date_line(
    host: Host, visitor: Visitor, zone: str
) -> None:
    page = await visitor.page(f"{await host.path()}?timezone={zone}&date=2026-11-20")
    starts = [datetime.fromisoformat(start) for start in page.form().values("start")]
    assert starts
    assert {start.astimezone(ZoneInfo(zone)).date() for start in starts} == {date(2026, 11, 20)}


async def test_the_zone_is_changed_without_scripts(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    at = f"{path}?date={THURSDAY}&name=Carla"
    form = (await visitor.page(at)).form("GET")
    answer = await visitor.send(form, at, _search="united states new")
    assert "New York United States 6:06" in answer.page.text.replace("06:06", "6:06")
    [link] = [link for link in answer.page.links if "timezone=America%2FNew_York" in link]
    page = await visitor.page(link)
    assert "New York time" in page.text
    assert "Thursday 19 November" in page.text
    assert page.form().served["name"] == "Carla"


async def test_the_zone_is_changed_in_a_form_that_was_sent_before(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    again = await visitor.send(form, path, name="Carla")  # without a time
    found = await visitor.send(again.page.form(), path, _search="Tokyo", _show="1")
    assert {"_zone": "Asia/Tokyo"} in found.page.form().buttons
    changed = await visitor.send(found.page.form(), path, _zone="Asia/Tokyo")
    assert "Tokyo time" in changed.page.text
    assert changed.page.form().served["timezone"] == "Asia/Tokyo"
    assert changed.page.form().served["name"] == "Carla"
    nothing = await visitor.send(again.page.form(), path, _search="Atlantis", _show="1")
    assert "No time zone found." in nothing.page.text


async def test_the_clock_is_chosen_and_remembered(host: Host, visitor: Visitor) -> None:
    path = f"{await host.path()}?date={THURSDAY}"
    page = await visitor.page(path)
    assert "14:00" in page.text
    twelve = await visitor.page(f"{path}&clock=12")
    assert "2:00 pm" in twelve.text
    assert "14:00" not in twelve.text
    assert "2:00 pm" in (await visitor.page(path)).text
    manage = await host.booked("2026-11-19T13:00:00Z")
    assert "2:00" in (await visitor.page(manage)).text
    assert "14:00" not in (await visitor.page(f"{manage}/reschedule")).text
    assert "14:00" in (await visitor.page(f"{manage}/reschedule?clock=24")).text
    assert "15:00" in (await visitor.page(f"{path}&clock=13")).text


@pytest.mark.parametrize(
    ("language", "time", "day"),
    [
        ("en-GB", "14:00", "Thursday 19 November"),
        ("en-US,en;q=0.5", "2:00", "Thursday, November 19"),
        ("de-DE,de;q=0.9,en;q=0.1", "14:00", "Donnerstag, 19. November"),
        ("en-AU", "2:00", "Thursday 19 November"),
        ("", "2:00", "Thursday, November 19"),
        ("xx-YY, *, ;q=, en-GB;q=broken", "2:00", "Thursday, November 19"),
    ],
)
async def test_the_clock_and_the_order_are_the_readers(
    host: Host, visitor: Visitor, language: str, time: str, day: str
) -> None:
    answer = await visitor.get(f"{await host.path()}?date={THURSDAY}", **{"Accept-Language": language})
    assert time in answer.page.text
    assert day in answer.page.text


async def test_the_week_begins_as_the_reader_counts(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    for language, first in (("en-GB", "Monday"), ("en-US", "Sunday"), ("ar-EG", "السبت")):
        answer = await visitor.get(path, **{"Accept-Language": language})
        assert answer.page.attribute("th", "abbr") == first


async def test_a_highlighted_time_is_marked_and_not_chosen(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(f"{await host.path()}?t=2026-11-20T10:00:00Z")
    assert "Friday 20 November" in page.text
    assert "11:00 suggested" in page.text
    assert "start" not in page.form().served


async def test_what_can_be_offered_begins_after_the_notice(
    host: Host, visitor: Visitor, clock: Clock
) -> None:
    path = await host.path()
    clock.forward(hours=4.5)
    assert "Thursday 19 November" in (await visitor.page(path)).text


CLOSED = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"))
BEFORE_CHRISTMAS = {"weekly": CLOSED, "overrides": {"2026-12-23": [["09:00", "12:00"]]}}
