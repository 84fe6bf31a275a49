"""The extension as it is shipped: its shadow roots are closed, and the page reads nothing in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.extension.browser import connected_extension, running_extension_browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.extension.browser import Extension, ExtensionBrowser
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def extension_browser() -> Iterator[ExtensionBrowser]:
    """A Chromium that loads the repository, in place of the copy with open shadow roots."""
    with running_extension_browser(as_shipped=True) as one:
        yield one


@pytest.fixture(scope="module")
async def connected(extension_browser: ExtensionBrowser) -> AsyncIterator[Extension]:
    """A connection to it."""
    async with connected_extension(extension_browser.address) as one:
        yield one


async def test_the_shadow_roots_are_closed(extension: Extension, admin: Person, gmail: OpenGmail) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.button().click()
    await window.page.wait_for_function(IS_OPEN)
    found = await window.page.evaluate(ROOTS)
    assert found == {"button": None, "panel": None}


IS_OPEN = "document.activeElement.dataset.admitone === 'panel'"
ROOTS = """() => Object.fromEntries(
  ["button", "panel"].map((name) => [name, document.querySelector(`[data-admitone=${name}]`).shadowRoot]),
)"""
