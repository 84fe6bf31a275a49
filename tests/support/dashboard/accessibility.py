"""axe-core's judgement of a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"

IS_THERE = "typeof axe === 'object'"

SETTLE = """() => document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .forEach((one) => one.finish())"""
"""Ends every animation, so that what fades in is judged by its final colours."""

RUN = """async ([within, only]) =>
  (await axe.run(within, {resultTypes: ["violations"], ...(only.length && {runOnly: only})}))
    .violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`))"""
"""A line for each place. The whole result has 50 KB, and takes longer to be sent than to be found."""

BY_LOOK = ("color-contrast", "target-size")
"""The rules that depend on colours and on the window's size alone."""


async def violations(page: Page, within: str = ":root", only: Sequence[str] = ()) -> list[str]:
    """What axe-core finds by all of its rules or by `only` some, one line for each place.

    The DevTools protocol puts axe-core into the page, since the page's own policy forbids foreign scripts.
    """
    await page.wait_for_load_state()  # half a page is wrong in many ways
    if not await page.evaluate(IS_THERE):
        session = await page.context.new_cdp_session(page)
        await session.send("Runtime.evaluate", {"expression": _axe()})
        await session.detach()
    await page.evaluate(SETTLE)
    found: list[str] = await page.evaluate(RUN, [within, only])
    return found


@cache
def _axe() -> str:
    return AXE.read_text()
