"""How much script the extension puts into Gmail's frames, and when; its cost is measured in benchmarks/."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.extension_sizes import LANGUAGE, steps
from tests.support.extension.browser import ID
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.extension_sizes import Step
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sizes() -> Mapping[str, Step]:
    """The steps in which a frame of Gmail loads the extension, by name."""
    return {step.name: step for step in steps()}


def test_no_step_is_heavier_than_allowed(sizes: Mapping[str, Step]) -> None:
    assert len(sizes) >= 4
    heavy = {step.name: (step.bytes, step.most) for step in sizes.values() if step.bytes > step.most}
    assert heavy == {}


async def test_a_frame_loads_each_step_when_it_is_needed(
    extension: Extension, admin: Person, gmail: OpenGmail, sizes: Mapping[str, Step]
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", languages=LANGUAGE)
    scripts = await Scripts.of(window)
    button = window.page.locator("[data-admitone=button]")
    await button.wait_for()
    await window.page.evaluate(ADD_FRAME)
    await window.page.frame_locator("iframe").locator("[contenteditable]").press_sequentially("Dear ")
    await scripts.assert_loaded(0, sizes["before the button is pressed"])
    await scripts.assert_loaded(1, sizes["frame without a compose"])
    await button.click()
    await window.page.get_by_role("listbox", name="Seiten").wait_for()
    await scripts.assert_loaded(0, sizes["with the panel"])
    await scripts.assert_loaded(1, sizes["frame without a compose"])


async def test_a_quick_insert_loads_its_own_step(
    extension: Extension, admin: Person, gmail: OpenGmail, sizes: Mapping[str, Step]
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", languages=LANGUAGE)
    scripts = await Scripts.of(window)
    await window.page.locator("[data-admitone=button]").click(modifiers=["Shift"])
    await window.link()
    await scripts.assert_loaded(0, sizes["with a quick insert"])


class Scripts:
    """The extension's files that a tab has loaded, by frame in the order of the frames' first files."""

    def __init__(self) -> None:
        self.loaded = asyncio.Event()
        self.by_frame: dict[str, set[str]] = {}

    @classmethod
    async def of(cls, window: Gmail) -> Scripts:
        """Those that are loaded, and from now on those that will be."""
        found = cls()
        session = await window.page.context.new_cdp_session(window.page)
        session.on("Debugger.scriptParsed", found.note)
        await session.send("Debugger.enable")
        return found

    def note(self, event: dict[str, Any]) -> None:
        """A script was loaded."""
        own = f"chrome-extension://{ID}/"
        if event["url"].startswith(own):
            files = self.by_frame.setdefault(event["executionContextAuxData"]["frameId"], set())
            files.add(event["url"].removeprefix(own))
            self.loaded.set()

    async def assert_loaded(self, frame: int, step: Step) -> None:
        """Wait for the files of a step, and assert that there are no others."""
        async with asyncio.timeout(PATIENCE):
            while len(self.by_frame) <= frame or not step.files <= self._files(frame):
                self.loaded.clear()
                await self.loaded.wait()
        assert self._files(frame) == step.files

    def _files(self, frame: int) -> set[str]:
        return list(self.by_frame.values())[frame]


ADD_FRAME = """() => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.src = "/mail/unknown";
  frame.onload = done;
  document.body.append(frame);
})"""
