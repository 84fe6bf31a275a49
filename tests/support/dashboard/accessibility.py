"""axe-core's judgement of a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"

SETTLE = """() => document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .forEach((one) => one.finish())"""
"""What fades in is judged as it will be, not by how far it has come."""


async def violations(page: Page, within: str = ":root") -> list[str]:
    """What axe-core finds, one line for each place. It is injected past the page's own policy for scripts."""
    await page.wait_for_load_state()  # half a page is wrong in many ways
    session = await page.context.new_cdp_session(page)
    await session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    await session.detach()
    await page.evaluate(SETTLE)
    found = await page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
