"""A file is imported in the browser: at a desk with scripts, on the narrowest phone without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from tests.support.contacts.imports import PATH, work
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

FILE = (
    "Vorname;Nachname;E-Mail-Adresse;Firma\r\n"
    "Jörg;Müller;joerg@customer.test;Acme\r\n"
    "Ann;Lee;ann@customer.test;Nüsse & Kerne\r\n"
    "Bo;Beck;bo;Acme\r\n"
).encode("cp1252")
FITS = "document.documentElement.scrollWidth <= innerWidth"


@desktop_and_phone
async def test_a_file_is_imported(dashboard: DashboardServer, admin: Api, window: Any) -> None:
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/contacts")
    await page.get_by_role("link", name="Import contacts").click()
    await check(page, window)
    chosen = {"name": "leads.csv", "mimeType": "text/csv", "buffer": FILE}
    await page.get_by_label("File").set_input_files(chosen)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Upload").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("leads.csv")
    email = page.get_by_role("group", name="E-Mail-Adresse")
    await expect(email.get_by_label("Use as")).to_have_value("email")
    await expect(email).to_contain_text("joerg@customer.test · ann@customer.test")
    company = page.get_by_role("group", name="Firma")
    await company.get_by_label("Use as").select_option("Custom field")
    await company.get_by_label("Name of the custom field").fill("company")
    await page.get_by_label("Tags for all of these contacts").fill("fair")
    await check(page, window)
    await page.get_by_role("button", name="Check the file").click()

    await expect(page.get_by_role("heading", name="Being checked")).to_be_visible()
    await check(page, window)
    await work(dashboard.services)
    await look_again(page, window)
    await expect(page.get_by_text("2 rows can be imported. 1 row is refused.")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="Row 4, E-Mail-Adresse")).to_contain_text("bo")
    await check(page, window)
    await page.get_by_role("button", name="Import 2 rows").click()

    await expect(page.get_by_role("heading", name="Being imported")).to_be_visible()
    await work(dashboard.services)
    await look_again(page, window)
    await expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    await check(page, window)
    await page.get_by_role("link", name="Show contacts").click()
    await expect(page.get_by_role("link", name="Jörg Müller")).to_be_visible()
    await check(page, window)
    await page.get_by_role("link", name="Jörg Müller").click()
    await check(page, window)
    await expect(page.get_by_role("definition").filter(has_text="Acme")).to_be_visible()
    await expect(page.get_by_role("link", name="fair")).to_be_visible()
    await page.get_by_role("link", name="Edit").click()
    await check(page, window)
    await page.goto(PATH)
    await expect(page.get_by_role("link", name="leads.csv")).to_be_visible()
    await check(page, window)


async def look_again(page: Page, window: Any) -> None:
    """Without scripts, a link shows the progress; with them, the page looks by itself."""
    if not window["java_script_enabled"]:
        await page.get_by_role("link", name="Show the progress now").click()


async def check(page: Page, window: Any) -> None:
    """Nothing is wider than the window, and axe finds nothing."""
    await page.wait_for_load_state()
    if window["java_script_enabled"]:
        assert await violations(page) == []
        await page.set_viewport_size({"width": 320, "height": 640})
        assert await page.evaluate(FITS), page.url
        await page.set_viewport_size(window["viewport"])
