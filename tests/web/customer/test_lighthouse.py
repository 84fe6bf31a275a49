"""Lighthouse has nothing to say against a customer's page; how fast it is, is measured in benchmarks/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.lighthouse import CATEGORIES, audit

if TYPE_CHECKING:
    from tests.support.customer.host import Host


@pytest.mark.browser
async def test_lighthouse_finds_nothing_on_a_phone(host: Host) -> None:
    report = await audit(f"{host.deployment.url}/{host.page['slug']}")
    assert report.failures == []
    assert report.scores == dict.fromkeys(CATEGORIES, 100)
