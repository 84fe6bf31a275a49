"""axe-core's judgement of a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"

IS_THERE = "typeof axe === 'object'"

SETTLE = """() => document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .forEach((one) => one.finish())"""
"""Ends every animation, so that what fades in is judged by its final colours."""


async def violations(page: Page, within: str = ":root") -> list[str]:
    """What axe-core finds, one line for each place.

    The DevTools protocol puts axe-core into the page, since the page's own policy forbids foreign scripts.
    """
    await page.wait_for_load_state()  # half a page is wrong in many ways
    if not await page.evaluate(IS_THERE):
        session = await page.context.new_cdp_session(page)
        await session.send("Runtime.evaluate", {"expression": _axe()})
        await session.detach()
    await page.evaluate(SETTLE)
    found = await page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@cache
def _axe() -> str:
    return AXE.read_text()
