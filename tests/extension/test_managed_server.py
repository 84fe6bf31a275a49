"""The server that an administrator sets for everybody, by a policy of the browser."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.extension.accessibility import assert_accessible
from tests.support.extension.browser import ID, connected_extension, running_extension_browser
from tests.support.extension.sign_in import choose_account
from tests.support.extension.tls_proxy import tls_proxy
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension, ExtensionBrowser
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = pytest.mark.browser
OPTIONS, POPUP = "options/options.html", "popup/popup.html"
SETTINGS = "/etc/chromium"
# Policies are read from a folder of the whole machine. The Chromium of these tests sees another one.
WITHIN = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c"]
MOUNT = f'mount --bind "$0" {SETTINGS} && exec "$@"'


class Policies:
    """The folder of Chromium's policies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "policies/managed/admitone.json"
        self._file.parent.mkdir(parents=True)

    def set_server(self, address: str) -> None:
        """Set the policy; Chromium notices the change."""
        policy = {"3rdparty": {"extensions": {ID: {"server": address}}}}
        new = self.folder / "new"
        new.write_text(json.dumps(policy))
        new.rename(self._file)


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Policies:
    folder = tmp_path_factory.mktemp("policies")
    tried = [*WITHIN, MOUNT, str(folder), "true"]
    if not shutil.which("unshare") or subprocess.run(tried, check=False).returncode:
        pytest.skip(f"this test needs {SETTINGS} and the right to mount another folder there")
    made = Policies(folder)
    made.set_server("https://book.acme.test")
    return made


@pytest.fixture(scope="module")
def managed_browser(
    policies: Policies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ExtensionBrowser]:
    """A Chromium that reads these policies."""
    with (
        _chromium_within(policies.folder, tmp_path_factory.mktemp("bin")),
        running_extension_browser() as one,
    ):
        yield one


@pytest.fixture(scope="module")
async def connected(managed_browser: ExtensionBrowser) -> AsyncIterator[Extension]:
    """One connection to that browser."""
    async with connected_extension(managed_browser.address) as one:
        yield one


@pytest.fixture
async def managed(connected: Extension) -> AsyncIterator[Extension]:
    """The extension in that browser."""
    yield connected
    await connected.forget_everything()


@pytest.fixture
async def proxy(
    managed_browser: ExtensionBrowser, certificate: tuple[Path, Path], site: Site
) -> AsyncIterator[TlsProxy]:
    """The proxy through which that browser reaches the server."""
    async with tls_proxy(managed_browser.server, certificate, site.address) as one:
        yield one


async def test_people_only_sign_in(managed: Extension, admin: Person) -> None:
    popup = await managed.open(POPUP)
    await expect(popup.get_by_text("Sign in to see your newest links here.")).to_be_visible()
    page = await managed.open(OPTIONS)
    address = page.get_by_label("Server address")
    await expect(address).to_have_value(admin.site.origin)
    await expect(address).not_to_be_editable()
    await expect(page.get_by_text("Your organisation has set this address.")).to_be_visible()
    await assert_accessible(page)
    async with managed.context.expect_page() as opened:
        await page.get_by_role("button", name="Sign in").click()
    await choose_account(await opened.value, admin.name)
    await expect(page.get_by_role("heading", name="Signed in as Ada Keller")).to_be_focused()
    await expect(page.get_by_text("Your organisation has set this address.")).to_be_visible()
    answer = await managed.ask("server.set", address="https://elsewhere.test")
    assert answer == {"ok": True, "server": admin.site.origin}


async def test_signing_in_needs_no_visit_to_the_options(managed: Extension, admin: Person) -> None:
    popup = await managed.open(POPUP)
    async with managed.context.expect_page() as opened:
        await popup.get_by_role("button", name="Sign in").click()
    await choose_account(await opened.value, admin.name)
    await expect(popup.get_by_text("No links yet.")).to_be_visible()


async def test_the_reason_is_shown_if_the_server_cannot_be_reached(
    managed: Extension, admin: Person, proxy: TlsProxy
) -> None:
    page = await managed.open(OPTIONS)
    proxy.is_down = True
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("book.acme.test cannot be reached.")).to_be_visible()


async def test_another_policy_signs_out_at_once(
    managed: Extension, policies: Policies, admin: Person, proxy: TlsProxy
) -> None:
    await admin.sign_in(managed)
    await managed.store({"choices": {"text": "A time"}, "defaultPage": "a-page"})
    revoked = proxy.hold("POST /oauth/revoke")
    policies.set_server("https://other.test")
    await revoked.reached.wait()  # no page of the extension has asked for anything
    revoked.release.set()
    page = await managed.open(OPTIONS)
    await expect(page.get_by_label("Server address")).to_have_value("https://other.test")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    stored = await managed.stored()
    assert not stored.keys() & {"server", "refreshToken", "account", "choices", "defaultPage"}
    assert (await managed.ask("links.list", q=""))["code"] == "signed-out"
    policies.set_server("ftp://book.acme.test")
    async with asyncio.timeout(PATIENCE):
        while (await managed.ask("account"))["ok"]:  # the browser reads its policies again some moments later
            await page.reload()
    await page.reload()
    await expect(page.get_by_text("that your organisation has set is not valid.")).to_be_visible()


@contextmanager
def _chromium_within(folder: Path, bin_folder: Path) -> Iterator[None]:
    """Put a program `chromium` first in the path: it starts the real one with `folder` as SETTINGS."""
    real = shutil.which("chromium") or "chromium"
    script = bin_folder / "chromium"
    words = [*WITHIN, MOUNT, str(folder), real]
    start = f"import os, sys\nwords = {words!r}\nos.execvp(words[0], words + sys.argv[1:])\n"
    script.write_text(f"#!{sys.executable}\n{start}")
    script.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(bin_folder), prepend=os.pathsep)
        yield
