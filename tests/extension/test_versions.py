"""A server and an extension that are too far apart: the extension says which of the two to update."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from admitone.usecases.accounts.oauth_client import EXTENSION_INTERFACES
from admitone.web.oauth import metadata
from tests.support.extension.browser import ROOT

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser
INTERFACE = int(
    re.findall(r"INTERFACE = (\d+);", (ROOT / "extension/background/interface.js").read_text())[0]
)
OLDER = {"oldest": 1, "newest": INTERFACE - 1}
NEWER = {"oldest": INTERFACE + 1, "newest": INTERFACE + 3}
SENTENCES = {
    "server-too-old": "book.acme.test runs a version of Admit One that is too old for this extension.",
    "extension-too-old": "This extension is too old for book.acme.test.",
}


def test_this_server_serves_this_extension() -> None:
    assert EXTENSION_INTERFACES["newest"] == INTERFACE


@pytest.mark.parametrize(
    ("served", "code"),
    [(OLDER, "server-too-old"), (None, "server-too-old"), (NEWER, "extension-too-old")],
)
async def test_the_options_refuse_a_server_that_does_not_fit(
    extension: Extension,
    admin: Person,
    monkeypatch: pytest.MonkeyPatch,
    served: dict[str, int] | None,
    code: str,
) -> None:
    monkeypatch.setattr(metadata, "EXTENSION_INTERFACES", served)
    page = await extension.open("options/options.html")
    await page.get_by_label("Server address").fill(admin.site.origin)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.locator("#server-error")).to_contain_text(SENTENCES[code])
    assert (await extension.ask("server.set", address=admin.site.origin))["code"] == code
    assert await extension.stored() == {}


@pytest.mark.parametrize(("served", "code"), [(OLDER, "server-too-old"), (NEWER, "extension-too-old")])
async def test_a_refused_call_says_that_the_versions_do_not_fit(
    extension: Extension, admin: Person, monkeypatch: pytest.MonkeyPatch, served: dict[str, int], code: str
) -> None:
    """The server has been updated, or reset to an earlier version, since the sign-in."""
    await admin.sign_in(extension)
    missing = {"id": "not-there"}
    assert (await extension.ask("link.revoke", **missing))["code"] == "not-found"
    monkeypatch.setattr(metadata, "EXTENSION_INTERFACES", served)
    refused = await extension.ask("link.revoke", **missing)
    assert refused["code"] == code
    assert refused["message"].startswith(SENTENCES[code])
    assert (await extension.ask("links.list", q=""))["ok"]  # what works goes on to work
