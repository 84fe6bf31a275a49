"""The room *Reports*: figures of a range of days as charts and tables, by its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from admitone.domain.reports.spans import bucket_of
from tests.support.api.calling import a_rule, created
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import NARROW, desktop_and_phone, downloaded
from tests.support.reports.counted import count

if TYPE_CHECKING:
    from playwright.async_api import Page

    from admitone.store.store import Store
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace

REPORTS = "/dashboard/reports"
NOVEMBER = "range=own&from=2026-11-16&to=2026-11-18"
BAR = re.compile(r'<rect class="bar" [^>]*height="([\d.]+)"/>')


@pytest.fixture
def store(dashboard: DashboardServer) -> Store:
    """The server's store."""
    return dashboard.store


async def shown(dashboard: DashboardServer, user: Api, query: str = "", status: int = 200) -> str:
    """The page that an address shows."""
    answer = await dashboard.get(user, f"{REPORTS}?{query}", **{"Accept-Language": "en-GB"})
    assert answer.status == status
    return await answer.text()


async def is_too_wide(page: Page) -> bool:
    """Whether the page is wider than its window."""
    found: bool = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found


@desktop_and_phone
async def test_figures_are_charts_with_their_tables(
    dashboard: DashboardServer, admin: Api, store: Store, window: Window
) -> None:
    for day, number in (("2026-10-01", 3), ("2026-11-12", 10), ("2026-11-17", 5)):
        await count(store, "scheduled", day, number)
    for figure, number in (("made", 1200), ("fetched", 1100), ("opened", 600), ("booked", 300)):
        await count(store, figure, "2026-11-12", number)
    await count(store, f"to_open.{bucket_of(5 * 60)}", "2026-11-12")
    await count(store, "cancelled", "2026-11-12", 4)
    await count(store, "cancelled", "2026-11-12", 4, of="canceller", key="customer")
    page = await dashboard.page(admin, **window)
    await page.goto(REPORTS)
    bookings = page.locator(".headlines div").filter(has_text="Bookings")
    await expect(bookings).to_have_text(re.compile(r"15\s*12 more than in the 30 days before"))
    chart = page.get_by_role("img", name="Bookings by day")
    await expect(chart).to_have_accessible_description("The highest value: Thu, 12 Nov 2026: 10.")
    await expect(chart.locator(".bar")).to_have_count(2)
    funnel = page.get_by_role("img", name="From link to booking")
    await expect(funnel).to_have_accessible_description("1,200 links made, 600 opened, 300 booked.")
    await expect(funnel).to_contain_text("Links opened: 600 (50%)")
    await expect(funnel).to_contain_text("Median time to open: 5 minutes")
    compared = page.get_by_role("img", name="Compared with the time before")
    await expect(compared).to_have_accessible_description("Bookings: 12 more than in the 30 days before.")
    await expect(page.get_by_role("row", name="Links fetched")).to_have_text(re.compile(r"1,100\s*0$"))
    await expect(page.get_by_role("row", name="Cancelled by the customer")).to_contain_text("4")
    median = page.get_by_role("row", name="Median time to open")
    await expect(median).to_have_text(re.compile(r"5 minutes\s*–$"))
    await page.get_by_text("All figures as a table").first.click()
    [row] = [row for row in await page.get_by_role("row").all() if "12 Nov" in await row.inner_text()]
    assert (await row.inner_text()).split("\t")[1:6] == ["1,200", "1,100", "600", "300", "10"]
    assert not await is_too_wide(page)
    if window["java_script_enabled"]:  # axe-core is a script
        assert await violations(page) == []


async def test_a_figure_says_what_counts_by_keyboard_alone(
    dashboard: DashboardServer, admin: Api, store: Store
) -> None:
    await count(store, "made", "2026-11-17")
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto(REPORTS)
    meaning = page.get_by_text("those on whose page a person was seen")
    await expect(meaning).to_be_hidden()
    await page.locator("summary", has_text="Links opened").focus()
    await page.keyboard.press("Enter")
    await expect(meaning).to_be_visible()


async def test_an_empty_workspace_is_told_what_to_do(dashboard: DashboardServer, admin: Api) -> None:
    page = await shown(dashboard, admin)
    assert "There is nothing to report for these days." in page
    assert "Create a one-time link" in page
    assert "<svg class=" not in page.partition("<main")[2].replace('<svg class="icon', "")


async def test_a_filter_that_nothing_meets_is_no_empty_workspace(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-17")
    page = await shown(dashboard, admin, f"only=page:{workspace.page['id']}")
    assert "Only <bdi>Talk to Ada</bdi>" in page
    assert 'href="/dashboard/reports?">Show everything' in page


async def test_a_long_range_of_huge_numbers_fits_a_telephone(
    dashboard: DashboardServer, admin: Api, store: Store
) -> None:
    for day in ("2027-12-31", "2028-02-29", "2028-12-30"):
        await count(store, "scheduled", day, 1_234_567_890)
    page = await dashboard.page(admin, viewport=NARROW, color_scheme="dark")
    await page.goto(f"{REPORTS}?range=own&from=2028-01-01&to=2028-12-31&by=day")
    chart = page.get_by_role("img", name="Bookings by day")
    await expect(chart.locator("g")).to_have_count(366)
    await expect(chart.locator(".mark:visible")).to_have_text(["Jan", "Apr", "Jul", "Oct"])
    await expect(chart.locator(".tick")).to_have_text(["0", "500M", "1B", "1.5B"])
    assert not await is_too_wide(page)
    await page.goto(f"{REPORTS}?range=own&from=2028-01-01&to=2028-12-31&by=week")
    await expect(page.get_by_role("img", name="Bookings by week").locator("g")).to_have_count(53)
    await page.goto(f"{REPORTS}?range=own&from=2028-02-29&to=2028-02-29")
    await expect(page.locator(".headlines div").first).to_contain_text("more than on the day before")
    await expect(page.get_by_role("img", name="Bookings by day").locator(".mark")).to_have_text(["29 Feb"])


async def test_groups_are_bars_and_lead_to_a_report_about_one_alone(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, store: Store
) -> None:
    page_id = workspace.page["id"]
    for number in range(15):
        await count(store, "scheduled", "2026-11-17", number + 1, of="page", key=f"gone{number}")
    await count(store, "scheduled", "2026-11-17", 20, of="page", key=page_id)
    await count(store, "no_show", "2026-11-17", 7, of="page", key=page_id)
    await count(store, "scheduled", "2026-11-17", 140)
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto(f"{REPORTS}?{NOVEMBER}&by=page")
    chart = page.get_by_role("img", name="Bookings by page")
    await expect(chart.locator(".name")).to_have_count(12)
    await expect(chart.locator(".name").first).to_have_text("Talk to Ada")
    await expect(page.get_by_role("row").filter(has_text="A page that was deleted")).to_have_count(15)
    await page.get_by_label("Figure", exact=True).select_option("No-shows")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_role("img", name="No-shows by page").locator(".value").first).to_have_text("7")
    await page.get_by_role("link", name="Talk to Ada").click()
    await expect(page.get_by_role("img", name="No-shows by day")).to_be_visible()
    await expect(page.get_by_label("Only", exact=True)).to_have_value(f"page:{page_id}")
    await expect(page.locator(".headlines div").first).to_contain_text("20")
    await page.get_by_role("link", name="Show everything").click()
    await expect(page.locator(".headlines div").first).to_contain_text("140")
    await page.get_by_role("link", name="7 days").click()
    await expect(page.get_by_role("img", name="No-shows by day")).to_be_visible()
    assert "from=2026-11-16" in page.url  # so that coming back to the own range finds its dates


async def test_a_deleted_page_and_a_domain_are_named_where_they_are_chosen(
    dashboard: DashboardServer, admin: Api
) -> None:
    assert "Only <bdi>A page that was deleted</bdi>" in await shown(dashboard, admin, "only=page:gone")
    assert "Only <bdi>customer.test</bdi>" in await shown(dashboard, admin, "only=domain:customer.test")


async def test_a_wrong_range_is_shown_at_its_field(dashboard: DashboardServer, admin: Api) -> None:
    wrong = "range=own&from=2026-11-18&to=2026-11-17"
    page = await shown(dashboard, admin, wrong, status=422)
    assert re.search(r'id="to-error"[^>]*>This must not be before the first day\.', page)
    assert 'value="2026-11-18"' in page
    answer = await dashboard.get(admin, f"{REPORTS}.csv?{wrong}")
    assert answer.status == 422


async def test_what_is_typed_into_an_address_is_text(dashboard: DashboardServer, admin: Api) -> None:
    hostile = "%22%3E%3Cscript%3E"
    page = await shown(dashboard, admin, f"only=domain:{hostile}&range=own&from={hostile}", status=422)
    assert '"><script>' not in page
    assert "&#34;&gt;&lt;script&gt;" in page


async def test_members_who_see_their_own_get_their_own_figures(
    dashboard: DashboardServer, admin: Api, member: Api, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-17", 50)
    await count(store, "scheduled", "2026-11-17", 2, of="host", key=member.user)
    page = await shown(dashboard, member, f"by=page&only=host:{admin.user}")
    assert "<b>2</b>" in page
    assert "These are your own figures" in page
    assert "Median" not in page  # medians are those of the whole workspace
    assert 'name="only"' not in page
    assert "spread over the members" not in page
    await dashboard.change_settings(members_see="all")
    assert "<b>50</b>" in await shown(dashboard, member)


async def test_weeks_begin_on_the_readers_first_day(
    dashboard: DashboardServer, admin: Api, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-15", 4)  # a Sunday
    for language, week in (("en-GB", "Week of 9 Nov"), ("en-US", "Week of Nov 15")):
        answer = await dashboard.get(admin, f"{REPORTS}?by=week", **{"Accept-Language": language})
        assert f"The highest value: {week}: 4." in await answer.text()


async def test_charts_and_tables_are_files_too(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-17", 5)
    await count(store, "scheduled", "2026-11-15", 3)
    await count(store, "cancelled", "2026-11-17", 2, of="canceller", key="host")
    await count(store, f"lead.{bucket_of(3 * 60)}", "2026-11-17")
    await count(store, "scheduled", "2026-11-17", 5, of="page", key=workspace.page["id"])
    days = await downloaded(dashboard, admin, f"{REPORTS}.csv?{NOVEMBER}")
    assert [(row["Name"], row["Bookings"]) for row in days] == [
        ("2026-11-16", "0"),
        ("2026-11-17", "5"),
        ("2026-11-18", "0"),
    ]
    [page] = await downloaded(dashboard, admin, f"{REPORTS}.csv?{NOVEMBER}&by=page")
    assert (page["Name"], page["Bookings"]) == ("Talk to Ada", "5")
    figures = {
        row["Figure"]: (row["These days"], row["The days before"])
        for row in await downloaded(dashboard, admin, f"{REPORTS}/figures.csv?{NOVEMBER}")
    }
    assert len(figures) == 17
    assert figures["Median lead time, in minutes"] == ("3", "")
    assert (figures["Bookings"], figures["Cancelled by a host"]) == (("5", "3"), ("2", ""))


async def test_a_printed_report_has_its_charts_dark_on_light_and_nothing_to_press(
    dashboard: DashboardServer, admin: Api, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-17", 5)
    page = await dashboard.page(admin, color_scheme="dark")
    await page.goto(REPORTS)
    body = page.locator("body")
    await expect(body).to_have_css("color", "rgb(236, 235, 231)")
    await page.emulate_media(media="print")
    await expect(body).to_have_css("color", "rgb(32, 36, 42)")  # paper is white, whatever the screen is
    await expect(page.get_by_role("img", name="Bookings by day")).to_be_visible()
    for pressed in (".rail", ".tabs", ".filters", ".head-actions", "main .button"):
        await expect(page.locator(f"{pressed}:visible")).to_have_count(0)


async def test_pages_and_workflows_lead_administrators_to_their_reports(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    page = workspace.page["id"]
    master = await admin.new_master_page(a_rule(workspace.event_type, workspace.page), title="Talk to us")
    for room, only in ((f"pages/{page}", page), (f"master-pages/{master['id']}", master["id"])):
        report = f'href="/dashboard/reports?only=page:{only}"'
        assert report in await (await dashboard.get(admin, f"/dashboard/{room}")).text()
        assert report not in await (await dashboard.get(member, f"/dashboard/{room}")).text()
    workflow = created(await admin.post("/workflows", {"name": "New lead"}))
    shown_editor = await (await dashboard.get(admin, f"/dashboard/workflows/{workflow['id']}")).text()
    assert f"only=workflow:{workflow['id']}" in shown_editor
