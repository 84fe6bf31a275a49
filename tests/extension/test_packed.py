"""The archive for the Chrome Web Store in a Chromium: its id is one that a setting tells the server."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright, expect
from yarl import URL

from admitone.usecases.accounts.oauth_client import EXTENSION_REDIRECT_URIS
from tests.support.accounts.browser import ADA
from tests.support.accounts.site import SECURE_ORIGIN, running_site
from tests.support.dashboard.chromium import running_chromium
from tests.support.extension.browser import SERVER, new_listener
from tests.support.extension.people import a_person
from tests.support.extension.sign_in import choose_account
from tests.support.extension.tls_proxy import tls_proxy
from tests.support.oauth.app import CHALLENGE
from tests.support.patience import PATIENCE_MS
from tools.pack_extension import pack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The unpacked archive."""
    unpacked = tmp_path / "unpacked"
    [chrome, _] = pack(tmp_path)
    with zipfile.ZipFile(chrome) as archive:
        archive.extractall(unpacked)
    return unpacked


@pytest.fixture
def store_id(folder: Path) -> str:
    """The id that Chromium gives an extension without a key, as a store does: it follows from the folder."""
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:32]
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


@pytest.fixture
async def site(redis_url: str, google: FakeGoogle, clock: Clock, store_id: str) -> AsyncIterator[Site]:
    """A server that knows the store's id."""
    redirect_uri = f"https://{store_id}.chromiumapp.org/"
    async with running_site(
        redis_url,
        google,
        clock,
        origin=SECURE_ORIGIN,
        SIGN_UP="open",
        EXTENSION_REDIRECT_URIS=redirect_uri,
    ) as one:
        yield one


async def test_people_sign_in_with_the_id_of_a_store(
    site: Site, certificate: tuple[Path, Path], folder: Path, store_id: str
) -> None:
    admin = await a_person(site, ADA, "Ada Keller", "administrator")
    with new_listener() as listener:
        rules = f"MAP {SERVER} 127.0.0.1:{listener.getsockname()[1]}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        arguments = [
            f"--disable-extensions-except={folder}",
            f"--load-extension={folder}",
            "--accept-lang=de",
            "--accept-lang=en-GB,en",
            "--ignore-certificate-errors",
            f"--host-resolver-rules={rules}",
        ]
        with running_chromium(*arguments, TZ="Europe/Paris") as address:
            async with tls_proxy(listener, certificate, site.address), async_playwright() as playwright:
                browser = await playwright.chromium.connect_over_cdp(address)
                context = browser.contexts[0]
                context.set_default_timeout(PATIENCE_MS)
                page = await context.new_page()
                await page.goto(f"chrome-extension://{store_id}/extension/options/options.html")
                manifest = await page.evaluate("chrome.runtime.getManifest()")
                assert manifest["name"] == "Admit One: one-time booking links for Gmail"
                await page.locator("#server").fill(site.origin)
                async with context.expect_page() as opened:
                    await page.locator("#sign-in").click()
                await choose_account(await opened.value, admin.name)
                await expect(page.locator("#account-title")).to_contain_text(admin.name)
                await browser.close()
    for known in EXTENSION_REDIRECT_URIS:  # people who load the extension from the source sign in as before
        assert await _redirect_is_known(site, known)
    assert not await _redirect_is_known(site, "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/")


async def _redirect_is_known(site: Site, redirect_uri: str) -> bool:
    asked = {
        "response_type": "code",
        "client_id": "admitone-extension",
        "redirect_uri": redirect_uri,
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "state": "a-state",
    }
    url = URL(f"{site.address}/oauth/authorize").with_query(asked)
    async with site.http.get(url, allow_redirects=False) as answer:
        return answer.status < 400
