"""What the extension weighs in a frame of Gmail, and the time that its scripts take there in a real Chromium.

The page stands in for Gmail: an open compose above a list of mails, which is as large as Gmail's.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks.extension_sizes import Step, steps
from tests.support.certificate import write_certificate
from tests.support.extension.browser import ID, connected_extension, running_extension_browser
from tests.support.extension.gmail import open_gmail, serving_gmail

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import CDPSession

    from tests.support.extension.browser import Extension

CHARACTERS = 2_000
FRAMES = 300
ROWS = 1_000
"""Of the list: with ten elements each, the page has as many as Gmail's."""
CHANGES = 10
"""Rows that are replaced in a frame."""
RUNS = 3
"""Each has a page of its own. The machine does other things, too: the fastest run is the figure."""


class Weight(msgspec.Struct, frozen=True):
    """Bytes of script without comments, in so many files; a test asserts `most`."""

    step: str
    bytes: int
    most: int
    files: int


class Cost(msgspec.Struct, frozen=True):
    """Milliseconds of CPU that the extension's scripts take: in all, and for each character or frame."""

    work: str
    ms: float
    ms_each: float
    aim_each: float
    calls: int


def measure() -> list[Weight | Cost]:
    """Sizes are facts; times are of this machine."""
    return [*map(_weight, steps()), *asyncio.run(_costs())]


def _weight(step: Step) -> Weight:
    return Weight(step.name, step.bytes, step.most, len(step.files))


async def _costs() -> list[Cost]:
    with TemporaryDirectory() as folder, running_extension_browser() as browser:
        certificate = write_certificate(Path(folder), "127.0.0.1")
        async with (
            connected_extension(browser.address) as extension,
            serving_gmail(browser.gmail, certificate),
        ):
            runs = [await _run(extension) for _ in range(RUNS)]
    typed, changed = (min(calls, key=sum) for calls in zip(*runs, strict=True))
    return [
        _cost(f"{CHARACTERS:,} characters typed", typed, CHARACTERS, aim=0),
        _cost(f"{FRAMES} frames with {CHANGES} new rows each", changed, FRAMES, aim=0.05),
    ]


async def _run(extension: Extension) -> tuple[list[float], list[float]]:
    """The calls while one types, and those while the list changes."""
    window = await open_gmail(extension, "popup")
    await window.button().wait_for()
    await window.page.evaluate(_ADD_LIST, ROWS)
    session = await extension.browser.new_browser_cdp_session()
    await window.select("brave", after=True)
    async with _own_calls(session) as typed:
        await window.page.keyboard.type("a line of text, " * (CHARACTERS // 16))
    async with _own_calls(session) as changed:
        await window.page.evaluate(_REPLACE_ROWS, [FRAMES, CHANGES])
    await session.detach()
    await window.page.close()
    return typed, changed


def _cost(work: str, calls: list[float], times: int, *, aim: float) -> Cost:
    ms = sum(calls)
    return Cost(work, round(ms, 1), round(ms / times, 4), aim, len(calls))


@asynccontextmanager
async def _own_calls(session: CDPSession) -> AsyncIterator[list[float]]:
    """The milliseconds of CPU of each call that the browser makes into the extension's scripts meanwhile."""
    calls: list[float] = []
    complete = asyncio.Event()

    def collect(event: dict[str, Any]) -> None:
        for entry in event["value"]:
            url = entry.get("args", {}).get("data", {}).get("url", "")
            if entry["name"] == "FunctionCall" and url.startswith(f"chrome-extension://{ID}/"):
                calls.append(entry["tdur"] / 1_000)

    session.on("Tracing.dataCollected", collect)
    session.once("Tracing.tracingComplete", lambda _: complete.set())
    await session.send("Tracing.start", {"traceConfig": {"includedCategories": ["devtools.timeline"]}})
    yield calls
    await session.send("Tracing.end")
    await complete.wait()
    session.remove_listener("Tracing.dataCollected", collect)


_ADD_LIST = """(rows) => {
  const list = document.createElement("div");
  list.id = "list";
  for (let row = 0; row < rows; row++) list.append(mail(row));
  document.body.prepend(list);
  globalThis.mail = mail;

  function mail(number) {
    const row = document.createElement("div");
    row.setAttribute("role", "row");
    for (const name of ["check", "star", "from", "subject", "date"]) {
      const cell = document.createElement("div");
      cell.className = name;
      cell.append(Object.assign(document.createElement("span"), { textContent: `${name} ${number}` }));
      row.append(cell);
    }
    return row;
  }
}"""
_REPLACE_ROWS = """async ([frames, changes]) => {
  const list = document.getElementById("list");
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((done) => requestAnimationFrame(done));
    for (let change = 0; change < changes; change++) {
      list.children[change].replaceWith(mail(frame));
    }
  }
  await new Promise((done) => requestAnimationFrame(done));
}"""
