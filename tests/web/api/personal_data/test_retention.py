"""The setting `retention_months`: what ended long enough ago is erased, once a day and in small parts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from admitone.domain.people.retention import kept_since
from tests.support.api.calling import answered, refused, token_of, utc
from tests.support.customer.host import Host, a_host
from tests.support.personal_data.marked import work

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

EXPIRED, NEVER = {"expires_in_days": 1}, {"expires_in_days": None}


@pytest.fixture
async def host(deployment: Deployment) -> Host:
    """A host with a page."""
    return await a_host(deployment)


async def test_what_ended_is_erased_after_the_months_and_nothing_else(
    deployment: Deployment, host: Host
) -> None:
    customer, api = deployment.customer, host.api
    used = await host.link()
    old = await customer.booked(used["code"], "2026-11-19T09:00:00Z")
    expired, endless, revoked = await host.link(**EXPIRED), await host.link(**NEVER), await host.link(**NEVER)
    answered(await api.post(f"/links/{revoked['id']}/revoke", {}))
    await work(deployment)
    answered(await api.patch("/settings", {"retention_months": 1}))
    await work(deployment)
    assert {link["id"] for link in await host.links()} == {
        one["id"] for one in (used, expired, endless, revoked)
    }

    deployment.clock.forward(days=15)
    newer = await customer.booked(host.page["slug"], "2026-12-04T09:00:00Z")
    deployment.clock.forward(days=17)
    await work(deployment)
    assert [booking["id"] for booking in await host.bookings()] == [newer["id"]]
    assert [link["id"] for link in await host.links()] == [endless["id"]]
    refused(await customer.get(f"/manage/{token_of(old)}"), 410, "booking-deleted")
    for link in (used, expired, revoked):
        refused(await customer.get(f"/book/{link['code']}"), 410, "link-booked")
    assert (await customer.get(f"/book/{endless['code']}")).status == 200

    deployment.clock.forward(days=20)
    await work(deployment)
    assert await host.bookings() == []


async def test_without_the_setting_everything_is_kept(deployment: Deployment, host: Host) -> None:
    await host.booked("2026-11-19T09:00:00Z")
    answered(await host.api.patch("/settings", {"retention_months": 1}))
    await work(deployment)
    answered(await host.api.patch("/settings", {"retention_months": None}))
    deployment.clock.forward(days=400)
    await work(deployment)
    assert len(await host.bookings()) == 1


async def test_the_months_have_limits(host: Host) -> None:
    for months in (0, 121, 1.5):
        refused(
            await host.api.patch("/settings", {"retention_months": months}),
            422,
            "invalid",
            "retention_months",
        )


@pytest.mark.parametrize(
    ("now", "months", "since"),
    [
        ((2026, 11, 18), 1, "2026-10-18T00:00:00Z"),
        ((2026, 3, 31), 1, "2026-02-28T00:00:00Z"),
        ((2024, 3, 31), 1, "2024-02-29T00:00:00Z"),
        ((2026, 1, 15), 1, "2025-12-15T00:00:00Z"),
        ((2026, 1, 15), 13, "2024-12-15T00:00:00Z"),
        ((2026, 12, 31), 120, "2016-12-31T00:00:00Z"),
    ],
)
def test_a_month_is_one_of_the_calendar(now: tuple[int, int, int], months: int, since: str) -> None:
    assert utc(kept_since(months, int(datetime(*now, tzinfo=UTC).timestamp()))) == since
