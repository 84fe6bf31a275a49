"""*Insert times*: choosing times in the week grid, by mouse, touch and keyboard."""

from __future__ import annotations

import itertools
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.support.api.calling import ROUND_THE_CLOCK
from tests.support.api.deployment import Clock
from tests.support.dashboard.accessibility import BY_LOOK, violations
from tests.support.extension.gmail import choose

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

    Open = Callable[..., Awaitable["Grid"]]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]


class Grid:
    """The second step of *Insert times*, in a window that has room for a week."""

    def __init__(self, window: Gmail) -> None:
        self.window, self.page, self.panel = window, window.page, window.panel
        self.table = self.panel.get_by_role("grid")
        self.cells = self.table.locator("td[id]")
        self.zone = self.panel.get_by_role("combobox", name="Time zone of the recipient")
        self.options = self.panel.get_by_role("listbox").get_by_role("option")
        self.insert = self.panel.get_by_role("button", name="Insert times")

    async def loaded(self) -> None:
        """Wait until the wanted week is shown."""
        await expect(self.panel.locator("[aria-busy=true]")).to_have_count(0)

    async def press(self, button: str) -> None:
        """Press one of the grid's buttons, and wait for what it loads."""
        await self.panel.get_by_role("button", name=button).click()
        await self.loaded()

    async def find_zone(self, text: str) -> None:
        """Search a zone."""
        await self.zone.click()
        await self.zone.fill(text)

    async def column(self, place: int) -> Locator:
        """The cells of a day; 1 is the first one."""
        return self.table.locator(f"tr > :nth-child({place + 1})[id]")

    async def chosen(self) -> list[str]:
        """The starts that are marked as chosen in this week."""
        starts: list[str] = await self.table.locator("[aria-selected=true]").evaluate_all(
            "cells => cells.map((cell) => cell.id).sort()"
        )
        return starts

    async def starts(self) -> list[str]:
        """All starts of this week."""
        starts: list[str] = await self.cells.evaluate_all("cells => cells.map((cell) => cell.id).sort()")
        return starts

    async def focused(self) -> str:
        """The start of the focused cell."""
        start: str = await self.table.evaluate("table => table.getRootNode().activeElement.id")
        return start

    async def box(self, cell: Locator) -> tuple[float, float]:
        """The middle of a cell, scrolled into view."""
        await cell.scroll_into_view_if_needed()
        box = await cell.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def clock() -> Clock:
    """The real time: today is the browser's."""
    return Clock(int(time.time()))


@pytest.fixture
async def page(admin: Person) -> Any:
    """Ada's page, open round the clock from tomorrow on, for half hours every hour."""
    [page] = (await admin.api.get("/booking-pages")).items
    await admin.api.patch(
        f"/event-types/{page['event_types'][0]}", {"increment_minutes": 60, "min_notice_minutes": 0}
    )
    schedule = {"timezone": "Europe/Paris", "weekly": ROUND_THE_CLOCK}
    await admin.api.patch(f"/booking-pages/{page['id']}", {"schedule": schedule})
    return page


@pytest.fixture
async def open_grid(extension: Extension, admin: Person, page: Any, gmail: OpenGmail) -> Open:
    """A function that opens the step in a tab of this size, and goes to a week that is whole."""
    assert page
    await admin.sign_in(extension)

    async def open_(
        width: int = 1000,
        height: int = 900,
        *,
        is_dark: bool = False,
        is_own: bool = False,
        goes_on: bool = True,
    ) -> Grid:
        window = await gmail("popup", is_dark=is_dark, is_own=is_own, size=(width, height))
        await window.open_panel()
        grid = Grid(window)
        await grid.insert.click()
        await grid.zone.wait_for()
        await grid.loaded()
        if goes_on:
            await grid.press("Later")
        return grid

    return open_


async def test_times_are_previewed_and_inserted_in_a_card(admin: Person, open_grid: Open) -> None:
    grid = await open_grid()
    await grid.cells.nth(3).click()
    await grid.panel.get_by_role("button", name="Preview").click()
    mail = grid.panel.get_by_role("group", name="Formatted message")
    await expect(mail.locator("a")).to_have_count(2)
    await grid.cells.nth(5).click()
    await expect(mail.locator("a")).to_have_count(3)
    await grid.panel.get_by_role("button", name="Back").click()
    await grid.panel.get_by_role("button", name="Format").click()
    await choose(grid.panel.get_by_label("Insert as"), "Card")
    await choose(grid.panel.get_by_label("Language"), "German")
    await grid.insert.click()
    await grid.loaded()
    await grid.press("Later")
    await grid.cells.nth(3).click()
    await grid.panel.get_by_role("button", name="Preview").click()
    await expect(mail.locator("table[align] a")).to_have_count(1)
    assert (await admin.api.get("/links")).items == []
    await grid.insert.click()
    button = grid.window.body().locator("table[align] a")
    await expect(button).to_have_count(1)
    await expect(grid.window.body()).to_contain_text("Alle Zeiten ansehen")
    [link] = (await admin.api.get("/links")).items
    assert (await button.get_attribute("href") or "").startswith(f"{link['url']}?t=20")


async def test_chosen_times_of_several_weeks_are_inserted_as_one_link(admin: Person, open_grid: Open) -> None:
    grid = await open_grid()
    await grid.insert.click()
    await grid.panel.get_by_text("Choose at least one time.").first.wait_for()
    chosen = []
    for _ in range(2):
        for place in (3, 5):
            cell = grid.cells.nth(place)
            await cell.click()
            chosen.append(await cell.get_attribute("id") or "")
        await grid.press("Later")
    await grid.panel.get_by_text("4 times chosen").first.wait_for()
    await grid.press("Earlier")
    assert await grid.chosen() == sorted(chosen[2:])
    assert (await admin.api.get("/links")).items == []

    await grid.insert.click()
    anchors = grid.window.body().locator("a")
    await anchors.nth(4).wait_for()
    [link] = (await admin.api.get("/links")).items
    addresses = [urlsplit(await anchors.nth(place).get_attribute("href") or "") for place in range(5)]
    assert {f"{at.scheme}://{at.netloc}{at.path}" for at in addresses} == {link["url"]}
    assert [parse_qs(at.query).get("t") for at in addresses] == [*([one] for one in sorted(chosen)), None]
    assert {parse_qs(at.query)["timezone"][0] for at in addresses} == {"Europe/Paris"}

    grid = await open_grid()
    await grid.press("Back")
    await grid.panel.get_by_role("combobox", name="Find a page").wait_for()
    await grid.page.keyboard.press("Escape")
    await grid.window.assert_untroubled()
    assert [each["id"] for each in (await admin.api.get("/links")).items] == [link["id"]]


async def test_a_mouse_toggles_and_drags(open_grid: Open) -> None:
    grid = await open_grid()
    first, second = await grid.column(1), await grid.column(2)
    ids = [await (await grid.column(1)).nth(row).get_attribute("id") or "" for row in range(6)]
    mouse = grid.page.mouse
    await first.nth(0).click()
    assert await grid.chosen() == ids[:1]
    await first.nth(0).click()
    assert await grid.chosen() == []

    async def drag(begin: Locator, *ways: Locator) -> None:
        await mouse.move(*await grid.box(begin))
        await mouse.down()
        for way in ways:
            await mouse.move(*await grid.box(way))  # in one jump, as a fast mouse does
        await mouse.up()

    await drag(first.nth(1), first.nth(4))
    assert await grid.chosen() == ids[1:5]
    await drag(first.nth(3), first.nth(5))  # begins on a chosen one
    assert await grid.chosen() == ids[1:3]
    await expect(grid.panel.get_by_text("2 times chosen").first).to_be_visible()
    await drag(first.nth(2), second.nth(2))  # takes away what is chosen only
    assert await grid.chosen() == ids[1:2]
    await grid.panel.get_by_role("button", name="Clear").click()
    assert await grid.chosen() == []
    await mouse.move(*await grid.box(first.nth(2)))  # no button is pressed any more
    assert await grid.chosen() == []
    await grid.window.assert_untroubled()


async def test_dragging_scrolls_to_hidden_times(open_grid: Open) -> None:
    grid = await open_grid()
    cells = await grid.column(3)
    x, y = await grid.box(cells.nth(0))
    box = await grid.panel.locator(".week").bounding_box()
    assert box
    mouse = grid.page.mouse
    await mouse.move(x, y)
    await mouse.down()
    for step in range(60):
        await mouse.move(x, box["y"] + box["height"] - 30 + step % 2)
    await mouse.up()
    chosen = await grid.chosen()
    assert len(chosen) > box["height"] / 44
    assert chosen == (await cells.evaluate_all("cells => cells.map((cell) => cell.id)"))[: len(chosen)]


async def test_the_keyboard_moves_chooses_and_turns_weeks(open_grid: Open) -> None:
    grid = await open_grid()
    keyboard = grid.page.keyboard
    await grid.panel.get_by_role("button", name="Later").focus()
    await keyboard.press("Tab")
    starts = await grid.starts()
    day = [start for start in starts if start < starts[24]]
    assert await grid.focused() == day[0]

    async def press(*keys: str) -> str:
        for key in keys:
            await keyboard.press(key)
        return await grid.focused()

    assert await press("ArrowDown", "ArrowDown") == day[2]
    assert await press("ArrowRight") == starts[26]
    assert await press("ArrowLeft", "ArrowLeft") == day[2]
    assert await press("End") == day[-1]
    assert await press("ArrowDown") == day[-1]
    assert await press("Home") == day[0]
    await press("Space", "ArrowDown", "ArrowDown")
    assert await grid.chosen() == day[:1]
    await press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight")
    assert await grid.chosen() == [day[0], *day[2:5], starts[28]]
    await press("Space")
    assert await grid.chosen() == [day[0], *day[2:5]]

    await keyboard.press("PageDown")
    await grid.loaded()
    assert await grid.focused() == (await grid.starts())[0] > starts[-1]
    await press("Space")
    await keyboard.press("PageUp")
    await grid.loaded()
    assert await grid.starts() == starts
    await keyboard.press("Tab")
    await expect(grid.panel.get_by_role("button", name="Clear")).to_be_focused()
    await keyboard.press("Shift+Tab")
    assert await grid.focused() == day[0]
    await expect(grid.panel.get_by_text("5 times chosen").first).to_be_visible()
    await grid.window.assert_untroubled()


async def test_a_finger_taps_scrolls_and_drags_sideways(extension: Extension, open_grid: Open) -> None:
    grid = await open_grid(is_own=True)
    session = await extension.context.new_cdp_session(grid.page)
    await session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    first = await grid.column(2)
    second = await grid.column(3)
    scroller = grid.panel.locator(".week")

    async def touch(*points: tuple[float, float]) -> None:
        await session.send(
            "Input.dispatchTouchEvent",
            {"type": "touchStart", "touchPoints": [{"x": points[0][0], "y": points[0][1]}]},
        )
        for begin, end in itertools.pairwise(points):
            for step in range(1, 9):
                x, y = (start + (stop - start) * step / 8 for start, stop in zip(begin, end, strict=True))
                await session.send(
                    "Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]}
                )
        await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    async def id_of(cell: Locator) -> str:
        return await cell.get_attribute("id") or ""

    await touch(await grid.box(first.nth(0)))
    await expect(first.nth(0)).to_have_attribute("aria-selected", "true")
    await touch(await grid.box(first.nth(0)))
    await expect(first.nth(0)).to_have_attribute("aria-selected", "false")

    before = await scroller.evaluate("scroller => scroller.scrollTop")
    x, y = await grid.box(first.nth(4))
    await touch((x, y), (x + 2, y - 120))
    await grid.page.wait_for_function(
        "before => document.querySelector('[data-admitone=panel]').shadowRoot"
        ".querySelector('.week').scrollTop > before",
        arg=before,
    )
    assert await grid.chosen() == []

    await scroller.evaluate(UNTIL_STILL)
    for cell in (second.nth(5), first.nth(3)):
        await cell.scroll_into_view_if_needed()
    where = [await grid.box(cell) for cell in (first.nth(3), second.nth(3), second.nth(5))]
    await touch(*where)
    await expect(grid.panel.get_by_text("4 times chosen").first).to_be_visible()
    wanted = [first.nth(3), second.nth(3), second.nth(4), second.nth(5)]
    assert await grid.chosen() == sorted([await id_of(cell) for cell in wanted])
    await grid.window.assert_untroubled()


UNTIL_STILL = """async (scroller) => {
  for (let last = NaN; last !== scroller.scrollTop; ) {
    last = scroller.scrollTop;
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
  }
}"""
"""Waits until an element has scrolled to its end: a finger's scrolling goes on for some frames."""


async def test_scripts_of_the_page_choose_nothing(open_grid: Open) -> None:
    grid = await open_grid()
    await grid.cells.nth(2).evaluate(
        """(cell) => {
          cell.click();
          cell.focus();
          const options = { bubbles: true, composed: true, key: " ", buttons: 1, isPrimary: true };
          cell.dispatchEvent(new KeyboardEvent("keydown", options));
          cell.dispatchEvent(new PointerEvent("pointerdown", options));
          cell.dispatchEvent(new PointerEvent("pointermove", { ...options, clientX: 500, clientY: 300 }));
          cell.dispatchEvent(new MouseEvent("click", options));
        }"""
    )
    await grid.find_zone("Tokyo")
    await grid.options.first.wait_for()
    await grid.options.first.evaluate("row => row.click()")
    await grid.zone.evaluate(
        "input => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))"
    )
    await expect(grid.options.first).to_be_visible()
    await grid.page.keyboard.press("Escape")
    await expect(grid.zone).to_have_value(re.compile(r"^Paris"))
    assert await grid.chosen() == []


async def test_no_more_than_forty_times_are_chosen(open_grid: Open) -> None:
    grid = await open_grid()
    await grid.cells.first.click()
    for _ in range(23):
        await grid.page.keyboard.press("Shift+ArrowDown")
    await grid.page.keyboard.press("Shift+ArrowRight")
    for _ in range(15):
        await grid.page.keyboard.press("Shift+ArrowUp")
    await expect(grid.panel.get_by_text("40 times chosen").first).to_be_visible()
    await grid.page.keyboard.press("Shift+ArrowUp")
    await expect(grid.panel.get_by_text("At most 40 times can be inserted.").first).to_be_visible()
    assert len(await grid.chosen()) == 40
    await grid.cells.first.click()
    await expect(grid.panel.get_by_text("At most 40 times can be inserted.").first).to_be_hidden()
    assert len(await grid.chosen()) == 39


async def test_the_zone_is_found_by_city_country_and_name(open_grid: Open) -> None:
    grid = await open_grid()
    await expect(grid.zone).to_have_value(re.compile(r"^Paris \(GMT\+[12]\)$"))
    found: dict[str, str | re.Pattern[str]] = {
        "sao pau": "Sao Paulo, Brazil (GMT-3)",
        "kolkata": "Kolkata, India (GMT+5:30)",
        "nepal": "Kathmandu, Nepal (GMT+5:45)",
        "japan standard": "Tokyo, Japan (GMT+9)",
        "pacific/chatham": re.compile(r"^Chatham, New Zealand \(GMT\+1[23]:45\)$"),
        "utc": "UTC (GMT+0)",
    }
    for text, name in found.items():
        await grid.find_zone(text)
        await expect(grid.options.first).to_have_text(name)
    await grid.zone.fill("atlantis")
    await expect(
        grid.panel.get_by_text("No time zone with that name. Try the country.").first
    ).to_be_visible()
    await expect(grid.options).to_have_count(0)
    await grid.page.keyboard.press("Enter")
    await grid.page.keyboard.press("Escape")
    await expect(grid.zone).to_have_value(re.compile(r"^Paris"))
    await expect(grid.panel).to_be_visible()


async def test_another_zone_shows_its_days_and_the_host_s_times(admin: Person, open_grid: Open) -> None:
    grid = await open_grid()
    await grid.cells.nth(10).click()
    [chosen] = await grid.chosen()
    await grid.find_zone("kathmandu")
    await grid.options.first.wait_for()
    await grid.page.keyboard.press("ArrowDown")
    await grid.page.keyboard.press("ArrowUp")
    await grid.page.keyboard.press("Enter")
    await grid.loaded()
    await expect(grid.zone).to_have_value("Kathmandu (GMT+5:45)")
    assert await grid.chosen() == [chosen]
    at = datetime.fromisoformat(chosen)
    here = at + timedelta(hours=5, minutes=45)
    summer = 2 if await grid.page.evaluate(f"new Date('{chosen}').getTimezoneOffset()") == -120 else 1
    own = at + timedelta(hours=summer)
    mine = _clock(own) if own.date() == here.date() else f"{own:%a %H:%M}"
    cell = grid.table.locator("[aria-selected=true]")
    name = f"{here:%A} {here.day} {here:%B}, {_clock(here)}, {mine} for you"
    await expect(cell).to_have_accessible_name(name)
    await expect(cell.locator("small")).to_have_text(mine)
    await expect(grid.panel.get_by_text("Small: your time")).to_be_visible()
    await grid.insert.click()
    await grid.window.body().locator("a").first.wait_for()

    grid = await open_grid()
    await expect(grid.zone).to_have_value("Kathmandu (GMT+5:45)")
    assert len((await admin.api.get("/links")).items) == 1


async def test_the_host_s_busy_time_is_beside_the_free_times(
    admin: Person, page: Any, open_grid: Open
) -> None:
    now = datetime.fromtimestamp(time.time(), ZoneInfo("Europe/Paris"))
    monday = (now + timedelta(days=8 - now.isoweekday())).date()
    link = await admin.api.new_link(page)
    booked = f"{monday}T10:00:00Z"
    await admin.api.booked(link["code"], booked)
    grid = await open_grid()
    assert booked not in await grid.starts()
    [block] = await grid.panel.get_by_role("listitem").all()
    await expect(block).to_have_accessible_name(
        re.compile(rf"^Monday,? {monday.day} {monday:%B}, Busy 1[12]:00 – 1[12]:30$")
    )
    place = await block.bounding_box()
    header = await grid.table.get_by_role("columnheader").first.bounding_box()
    row = await grid.table.get_by_role("rowheader", name=re.compile("^1[12]:00$")).first.bounding_box()
    assert place
    assert header
    assert row
    assert abs(place["x"] - header["x"]) < 2
    assert place["height"] == pytest.approx(22, abs=1)


async def test_a_week_without_times_offers_the_next_one_that_has_some(
    admin: Person, page: Any, open_grid: Open
) -> None:
    day = datetime.fromtimestamp(time.time(), UTC).date() + timedelta(days=30)
    window = {"kind": "dates", "from": str(day), "to": str(day)}
    await admin.api.patch(f"/event-types/{page['event_types'][0]}", {"window": window})
    grid = await open_grid(goes_on=False)
    await expect(
        grid.panel.get_by_text(re.compile(r"^No times are offered from .+ to .+\.$")).first
    ).to_be_visible()
    assert await grid.cells.count() == 0
    await expect(
        grid.panel.get_by_text(f"The next ones are on {day:%A} {day.day} {day:%B}").first
    ).to_be_visible()
    await grid.press("Later")
    assert len(await grid.starts()) == 24
    await expect(grid.panel.get_by_role("columnheader", name=f"{day:%A} {day.day} {day:%B}")).to_have_count(1)
    await grid.press("Later")
    await expect(grid.panel.get_by_text("No times are offered").first).to_be_visible()
    await expect(grid.panel.get_by_text("The next ones are on")).to_have_count(0)
    await grid.press("Today")
    await expect(grid.panel.get_by_role("button", name="Earlier")).to_be_disabled()


async def test_a_failed_load_keeps_what_was_chosen(open_grid: Open, proxy: TlsProxy) -> None:
    grid = await open_grid()
    await grid.cells.nth(3).click()
    chosen = await grid.chosen()
    proxy.is_down = True
    await grid.press("Later")
    again = grid.panel.get_by_role("button", name="Try again")
    await again.wait_for()
    assert await grid.chosen() == chosen
    proxy.is_down = False
    await again.click()
    await grid.loaded()
    assert await grid.chosen() == []
    await grid.press("Earlier")
    assert await grid.chosen() == chosen


async def test_a_zone_chosen_during_a_load_is_loaded_next(
    page: Any, open_grid: Open, proxy: TlsProxy
) -> None:
    grid = await open_grid()
    held = proxy.hold(f"GET /api/v1/pages/{page['id']}/slots")
    await grid.panel.get_by_role("button", name="Later").click()
    await held.reached.wait()
    await grid.find_zone("tokyo")
    await grid.options.first.wait_for()
    await grid.page.keyboard.press("Enter")
    held.release.set()
    await grid.loaded()
    await expect(grid.zone).to_have_value("Tokyo (GMT+9)")
    await expect(grid.panel.get_by_text("Small: your time")).to_be_visible()


async def test_the_number_of_days_follows_the_width(open_grid: Open) -> None:
    grid = await open_grid(1000, 700)
    heads = grid.table.get_by_role("columnheader")
    await expect(heads).to_have_count(7)
    for width, days in ((420, 3), (320, 1), (1000, 7)):
        await grid.page.set_viewport_size({"width": width, "height": 700})
        await expect(heads).to_have_count(days)
        box = await grid.panel.bounding_box()
        assert box
        assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True), width
        assert await grid.table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
    await grid.page.set_viewport_size({"width": 320, "height": 700})
    await expect(heads).to_have_count(1)
    name = await heads.first.get_attribute("aria-label")
    await grid.press("Later")
    assert await heads.first.get_attribute("aria-label") != name


@pytest.mark.parametrize("is_dark", [False, True])
async def test_the_grid_is_accessible(admin: Person, page: Any, open_grid: Open, is_dark: bool) -> None:
    only = BY_LOOK if is_dark else ()
    link = await admin.api.new_link(page)
    await admin.api.booked(link["code"], int(time.time()) // 3600 * 3600 + 9 * 86_400)
    grid = await open_grid(is_dark=is_dark)
    await grid.cells.first.click()
    await grid.find_zone("new york")
    await grid.options.first.wait_for()
    assert await violations(grid.page, "[data-admitone=panel]", only) == []
    for cell in (grid.cells.first, grid.panel.get_by_role("button", name="Today")):
        box = await cell.bounding_box()
        assert box
        assert (box["width"] >= 44, box["height"] >= 44) == (True, True)


async def test_five_minute_grids_have_all_their_times(admin: Person, page: Any, open_grid: Open) -> None:
    event_type = f"/event-types/{page['event_types'][0]}"
    await admin.api.patch(event_type, {"increment_minutes": 5, "duration_minutes": 5})
    grid = await open_grid()
    assert len(await grid.starts()) == 7 * 288
    await grid.cells.nth(1500).click()
    assert len(await grid.chosen()) == 1


class TestClocks:
    """What stands in the grid on days on which clocks change, and in zones with odd offsets."""

    async def test_a_time_that_clocks_show_twice_has_two_cells(self, extension: Extension) -> None:
        starts = ["00:00", "00:30", "01:00", "01:30"]
        view = await _view(
            extension, "Europe/Paris", ["2027-10-31"], *(f"2027-10-31T{start}:00Z" for start in starts)
        )
        assert _rows(view) == [
            ("2:00", ["Sunday 31 October, 2:00, GMT+2"]),
            ("2:00", ["Sunday 31 October, 2:00, GMT+1"]),
            ("2:30", ["Sunday 31 October, 2:30, GMT+2"]),
            ("2:30", ["Sunday 31 October, 2:30, GMT+1"]),
        ]
        assert {row["cells"][0]["start"][11:16] for row in view["rows"]} == set(starts)

    async def test_a_day_without_an_hour_and_days_beside_it_share_rows(self, extension: Extension) -> None:
        starts = ["2027-03-27T01:00:00Z", "2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z"]
        view = await _view(extension, "Europe/Paris", ["2027-03-27", "2027-03-28"], *starts)
        assert _rows(view) == [
            ("1:00", ["", "Sunday 28 March, 1:00"]),
            ("2:00", ["Saturday 27 March, 2:00", ""]),
            ("3:00", ["", "Sunday 28 March, 3:00"]),
        ]

    async def test_the_person_s_own_time_follows_their_clock(self, extension: Extension) -> None:
        """New York changes to summer time two weeks before Paris, where the browser is."""
        starts = ["2027-03-13T14:00:00Z", "2027-03-14T13:00:00Z", "2027-03-14T23:30:00Z"]
        view = await _view(extension, "America/New_York", ["2027-03-13", "2027-03-14"], *starts)
        assert _rows(view) == [
            (
                "9:00",
                ["Saturday 13 March, 9:00, 15:00 for you", "Sunday 14 March, 9:00, 14:00 for you"],
            ),
            ("19:30", ["", "Sunday 14 March, 19:30, Mon 00:30 for you"]),
        ]
        assert view["corner"] == "Small: your time"

    async def test_busy_time_is_cut_at_midnight_and_placed_in_rows(self, extension: Extension) -> None:
        """In Kathmandu half hours of UTC begin at a quarter."""
        view = await _view(
            extension,
            "Asia/Kathmandu",
            ["2027-03-08", "2027-03-09"],
            "2027-03-08T15:00:00Z",
            "2027-03-08T15:30:00Z",
            "2027-03-08T18:15:00Z",
            busy=[["2027-03-08T16:15:00Z", "2027-03-08T19:00:00Z"]],
        )
        assert [row for row, _ in _rows(view)] == ["0:00", "20:45", "21:15", "22:00", "23:00"]
        assert [(block["column"], block["from"], block["to"], block["name"]) for block in view["busy"]] == [
            (0, 3, 5, "Monday 8 March, Busy 22:00 – 0:00"),
            (1, 0, 0.75, "Tuesday 9 March, Busy 0:00 – 0:45"),
        ]

    async def test_a_busy_hour_beside_free_times_takes_no_row_of_its_own(self, extension: Extension) -> None:
        view = await _view(
            extension,
            "UTC",
            ["2027-03-08", "2027-03-09"],
            "2027-03-08T09:15:00Z",
            "2027-03-09T10:00:00Z",
            busy=[["2027-03-09T09:30:00Z", "2027-03-09T10:30:00Z"]],
        )
        assert [row for row, _ in _rows(view)] == ["9:15", "10:00"]
        [block] = view["busy"]
        assert (block["from"], block["to"]) == (pytest.approx(1 / 3), 1.5)

    async def test_a_busy_time_after_a_free_time_has_a_row_of_its_own(self, extension: Extension) -> None:
        starts = ["2027-03-08T14:00:00Z", "2027-03-08T15:00:00Z"]
        busy = [["2027-03-08T14:30:00Z", "2027-03-08T15:00:00Z"]]
        view = await _view(extension, "UTC", ["2027-03-08"], *starts, busy=busy)
        assert [row for row, _ in _rows(view)] == ["14:00", "14:30", "15:00"]
        [block] = view["busy"]
        assert (block["from"], block["to"]) == (1, 2)


VIEW = """async ([dates, found, zone]) => {
  const { viewWeek } = await import("/extension/background/times/week_view.js");
  return viewWeek(dates, found, zone);
}"""


async def _view(extension: Extension, zone: str, dates: list[str], *starts: str, busy: Any = ()) -> Any:
    """The answer about these dates for a browser in Paris; times last half an hour."""
    page = extension.own_page
    days: dict[str, list[dict[str, str]]] = {}
    for start in starts:
        at = datetime.fromisoformat(start)
        end = f"{at + timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}"
        date = at.astimezone(ZoneInfo(zone)).date().isoformat()
        days.setdefault(date, []).append({"start": start, "end": end})
    found = {"days": [{"date": date, "slots": slots} for date, slots in days.items()], "busy": list(busy)}
    return await page.evaluate(VIEW, [dates, found, zone])


def _rows(view: Any) -> list[tuple[str, list[str]]]:
    """The text of each row, and the names of its cells."""
    return [(row["text"], [cell["name"] if cell else "" for cell in row["cells"]]) for row in view["rows"]]


def _clock(at: datetime) -> str:
    return f"{at.hour}:{at:%M}"
