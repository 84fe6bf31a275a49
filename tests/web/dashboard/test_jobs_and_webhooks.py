"""What failed in the background, and webhooks: seen and dealt with by administrators, without scripts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from admitone.domain.jobs.job import JobFailed
from admitone.domain.webhooks.webhook import EVENTS
from admitone.store.records.webhook_deliveries import Delivery, note_delivery
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import PHONE
from tests.support.factories import NOW, WORKSPACE, a_job
from tests.support.mail.held import hold_mail, use_up
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer


async def test_failed_jobs_are_tried_again_or_discarded(dashboard: DashboardServer, admin: Api) -> None:
    async def fail(job: Job) -> None:
        raise JobFailed("The host’s calendar is gone.")

    workers = Workers(dashboard.store)
    await workers.put(*(a_job("calendar.write") for _ in range(3)))
    await work_off(workers.worker(jobs={"calendar.write": lambda _, job: fail(job)}))
    page = await dashboard.page(admin, viewport=PHONE, java_script_enabled=False)
    await page.goto("/dashboard")
    await expect(page.get_by_role("alert")).to_contain_text("3 background jobs failed")
    await page.get_by_role("link", name="Show failed jobs").click()
    await expect(page.locator("#total")).to_contain_text("3 jobs have failed, the newest first.")
    await expect(page.get_by_text("The host’s calendar is gone.")).to_have_count(3)
    await page.get_by_label("Actions for").first.click()
    await page.get_by_role("button", name="Try again", exact=True).first.click()
    await expect(page.get_by_role("status").first).to_have_text("The job is being tried again.")
    await page.get_by_label("Actions for").first.click()
    await page.get_by_label("This job is no longer needed").first.check()
    await page.get_by_role("button", name="Discard").first.click()
    await expect(page.get_by_role("status").first).to_have_text("The job is discarded.")
    [left] = (await admin.get("/jobs")).items
    await dashboard.post(admin, f"/dashboard/settings/jobs/{left['id']}/discard")
    assert (await admin.get("/jobs")).ids == [left["id"]]
    await page.get_by_role("button", name="Try all again").click()
    await expect(page.get_by_text("Nothing has failed.")).to_have_count(1)
    await page.goto("/dashboard")
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_held_mails_are_listed_and_their_bookings_say_so(
    dashboard: DashboardServer, admin: Api
) -> None:
    booked_page = await admin.new_page(await admin.new_event_type())
    waiting, lapsed = [
        (await dashboard.customer.booked(booked_page["slug"], f"2026-11-19T{hour}:00:00Z"))["id"]
        for hour in (10, 11)
    ]
    await use_up(dashboard.store, NOW)
    await hold_mail(dashboard.store, waiting, NOW)
    await hold_mail(dashboard.store, lapsed, NOW + 1, lapses=True)
    page = await dashboard.page(admin, viewport=PHONE, java_script_enabled=False)
    await page.goto("/dashboard/settings/jobs")
    held = page.get_by_role("region", name="Held mails")
    await expect(held.get_by_text("Not sent")).to_have_count(1)
    await expect(held.get_by_text("Next attempt:")).to_have_count(1)
    await held.get_by_role("link", name="Show the booking").first.click()
    await expect(page.get_by_role("alert")).to_contain_text("Tell the customer yourself.")
    await page.goto(f"/dashboard/bookings/{waiting}")
    await expect(page.get_by_text("A mail to the customer waits")).to_have_count(1)


async def test_a_webhook_is_made_tried_switched_off_and_deleted(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await dashboard.page(admin, viewport=PHONE, java_script_enabled=False)
    await page.goto("/dashboard/settings/webhooks")
    await page.get_by_label("Address of the webhook").fill("nowhere")
    await page.get_by_role("button", name="Create webhook").click()
    await expect(page.get_by_label("Address of the webhook")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Address of the webhook").fill("https://crm.example.com/hook")
    await page.get_by_label("A link is revoked").uncheck()
    await page.get_by_role("button", name="Create webhook").click()
    secret = await page.get_by_label("The webhook’s secret").input_value()
    assert secret.startswith("whsec_")
    [hook] = (await admin.get("/webhooks")).items
    assert {*EVENTS} - {*hook["events"]} == {"link.revoked"}
    await note_delivery(dashboard.store, WORKSPACE, hook["id"], Delivery("msg_1", "link.created", NOW, 503))
    await page.goto("/dashboard/settings/webhooks")
    assert secret not in await page.content()
    await page.get_by_text("Last deliveries").click()
    await expect(page.get_by_text("link.created · 503")).to_be_visible()
    await page.get_by_label("Actions for").click()
    await page.get_by_role("button", name="Send a test").click()
    await expect(page.get_by_role("status").first).to_contain_text("test message is on its way")
    await page.get_by_label("Actions for").click()
    await page.get_by_role("button", name="Switch off").click()
    assert (await admin.get(f"/webhooks/{hook['id']}")).body["enabled"] is False
    await page.get_by_label("Actions for").click()
    await page.get_by_role("button", name="Delete webhook").click()
    await expect(page.get_by_text("There is no webhook yet.")).to_have_count(1)


async def test_axe_finds_nothing_in_either_room(dashboard: DashboardServer, admin: Api, member: Api) -> None:
    await admin.post("/webhooks", {"endpoint": "https://crm.example.com", "events": ["link.created"]})
    for scheme in ("light", "dark"):
        page = await dashboard.page(admin, viewport=PHONE, color_scheme=scheme)
        for room in ("/dashboard/settings/webhooks", "/dashboard/settings/jobs"):
            await page.goto(room)
            assert await violations(page) == []
            assert (await dashboard.get(member, room)).status == 403
