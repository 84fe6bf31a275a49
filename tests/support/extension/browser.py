"""A Chromium with the extension, and what tests do with it."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import tempfile
import time
import urllib.request
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import Error, async_playwright

from admitone.usecases.accounts.oauth_client import EXTENSION_REDIRECT_URIS
from tests.support.dashboard.chromium import running_chromium
from tests.support.patience import PATIENCE, PATIENCE_MS
from tools.pack_extension import FOLDERS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Browser, BrowserContext, CDPSession, Page

ROOT = Path(__file__).parents[3]
ID = (urlsplit(EXTENSION_REDIRECT_URIS[0]).hostname or "").partition(".")[0]
GMAIL = "mail.google.com"
SERVER = "book.acme.test"


class ExtensionBrowser(NamedTuple):
    """A running Chromium: its DevTools `address`, and the sockets that its Gmail and its server listen on.

    `welcome` is the URL of the page that opened when the extension was installed. The extension was loaded
    from `folder`.
    """

    address: str
    welcome: str
    gmail: socket.socket
    server: socket.socket
    folder: Path


@contextmanager
def running_extension_browser(*, as_shipped: bool = False) -> Iterator[ExtensionBrowser]:
    """Start a Chromium (en-GB, Paris time) that resolves two names to two sockets, and no other name.

    It loads a copy of the extension with open shadow roots, in which Playwright finds the panel;
    `as_shipped`, it loads the repository.
    """
    with (
        new_listener() as gmail,
        new_listener() as server,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as copy,
    ):
        if not as_shipped:
            copy_opened(Path(copy))
        folder = ROOT if as_shipped else Path(copy)
        names = {GMAIL: gmail, SERVER: server}
        rules = [f"MAP {name} 127.0.0.1:{at.getsockname()[1]}" for name, at in names.items()]
        with running_chromium(
            f"--disable-extensions-except={folder}",
            f"--load-extension={folder}",
            "--accept-lang=en-GB,en",
            "--disable-quic",
            "--disable-component-update",
            "--disable-sync",
            "--ignore-certificate-errors",
            f"--host-resolver-rules={', '.join(rules)}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            TZ="Europe/Paris",
        ) as address:
            yield ExtensionBrowser(address, _close_welcome(address), gmail, server, folder)


def copy_opened(folder: Path) -> None:
    """Copy the extension into a folder; its shadow roots are open there, its id is the same."""
    shutil.copy(ROOT / "manifest.json", folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    script = folder / "extension/gmail/shadow.js"
    closed = script.read_text()
    opened = closed.replace('SHADOW_MODE = "closed"', 'SHADOW_MODE = "open"')
    assert opened != closed
    script.write_text(opened)


def new_listener() -> socket.socket:
    """A listening socket on a free port. It may outlive its servers: its port is in a browser's settings."""
    return socket.create_server(("127.0.0.1", 0), backlog=128)


class Extension:
    """The extension in its browser; `context` has the browser's tabs.

    `own_page` shows a file of the extension, sends messages as one of its own pages, and runs its functions.
    It stays open: opening a tab takes longer than either. If `keeps_gmail`, the tab `kept` with Gmail stays
    open from test to test.
    """

    id = ID

    def __init__(self, browser: Browser, own_page: Page) -> None:
        self.browser = browser
        self.context: BrowserContext = browser.contexts[0]
        self.context.set_default_timeout(PATIENCE_MS)
        self.own_page = own_page
        self.keeps_gmail = False
        self.kept: Page | None = None

    async def open(self, path: str) -> Page:
        """Open a page of the extension, such as `options/options.html`, in a new tab."""
        page = await self.context.new_page()
        await page.goto(self.url(path))
        return page

    def url(self, path: str) -> str:
        """The URL of a file of the extension."""
        return extension_url(path)

    async def ask(self, kind: str, /, **fields: Any) -> Any:
        """The worker's answer to a message of the extension's own pages; the browser starts the worker."""
        return await self._run("message => chrome.runtime.sendMessage(message)", {"kind": kind, **fields})

    async def ask_from_gmail(self, page: Page, kind: str, /, **fields: Any) -> Any:
        """The worker's answer to a message of the content script in this page."""
        message = json.dumps({"kind": kind, **fields})
        return await self._run_in_gmail(page, f"chrome.runtime.sendMessage({message})")

    async def storage_in_gmail(self, page: Page, area: str) -> Any:
        """What the content script in this page reads from the storage, or the error as text."""
        return await self._run_in_gmail(page, f"chrome.storage.{area}.get().catch(String)")

    async def stored(self, area: str = "local") -> Any:
        """All that the extension has stored."""
        return await self._run("area => chrome.storage[area].get()", area)

    async def store(self, values: dict[str, Any], area: str = "local") -> None:
        """Store values behind the extension's back."""
        await self._run("([area, values]) => chrome.storage[area].set(values)", [area, values])

    async def clear_storage(self, area: str) -> None:
        """Remove all that the extension has stored in this area."""
        await self._run("area => chrome.storage[area].clear()", area)

    async def reload(self) -> None:
        """Start the extension again, as an update does: its own pages are closed."""
        await self._run("void setTimeout(() => chrome.runtime.reload())", None)

    async def stop_worker(self) -> None:
        """Stop the worker, as the browser does with an idle one."""
        session = await self.browser.new_browser_cdp_session()
        while workers := [
            target["targetId"]
            for target in (await session.send("Target.getTargets"))["targetInfos"]
            if target["type"] == "service_worker" and ID in target["url"]
        ]:  # until it is gone: a stopping worker accepts messages and never answers them
            for worker in workers:
                with suppress(Error):  # it has stopped by itself
                    await session.send("Target.closeTarget", {"targetId": worker})
            await asyncio.sleep(0.02)  # one that is being started cannot be stopped yet
        await session.detach()

    async def forget_everything(self) -> None:
        """Reset the browser: no tab except our own page and the kept one, no worker, nothing stored."""
        if not (self.keeps_gmail and self.kept and await _is_idle(self.kept)):
            self.kept = None
        for page in self.context.pages:
            if page not in {self.own_page, self.kept}:
                await page.close()
        await self.stop_worker()
        await self.clear_storage("local")
        await self.clear_storage("session")
        await self.context.clear_cookies()
        await self.context.clear_permissions()

    async def _run_in_gmail(self, page: Page, expression: str) -> Any:
        session = await self.context.new_cdp_session(page)
        evaluated = {"expression": expression, "contextId": await world_of(session)}
        answered = await session.send(
            "Runtime.evaluate", {**evaluated, "awaitPromise": True, "returnByValue": True}
        )
        await session.detach()
        return answered["result"]["value"]

    async def _run(self, script: str, argument: object) -> Any:
        return await self.own_page.evaluate(script, argument)


async def _is_idle(gmail: Page) -> bool:
    """Whether a tab is as a new one: nothing is on its way there, and it had no error."""
    return not gmail.is_closed() and bool(await gmail.evaluate(IS_IDLE))


def extension_url(path: str) -> str:
    """The URL of a file of the extension."""
    return f"chrome-extension://{ID}/extension/{path}"


async def world_of(session: CDPSession) -> int:
    """The id of the content script's world in a page; waits until the browser has created it."""
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, Any]) -> None:
        if event["context"]["origin"] == f"chrome-extension://{ID}" and not found.done():
            found.set_result(event["context"]["id"])

    session.on("Runtime.executionContextCreated", note)
    await session.send("Runtime.enable")
    async with asyncio.timeout(PATIENCE):
        return await found


@asynccontextmanager
async def connected_extension(address: str) -> AsyncIterator[Extension]:
    """Connect to the Chromium with this DevTools address."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address)
        try:
            own_page = await browser.contexts[0].new_page()
            await own_page.goto(extension_url("messages.js"))  # any file of the extension will do
            yield Extension(browser, own_page)
        finally:
            await browser.close()


def _close_welcome(chromium: str) -> str:
    """Wait for the page that opens after the installation, close it, and return its URL."""
    devtools = f"http://{urlsplit(chromium).netloc}/json"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for target in json.loads(_read(f"{devtools}/list")):
            url: str = target["url"]
            if target["type"] == "page" and ID in url:
                _read(f"{devtools}/close/{target['id']}")
                return url
        time.sleep(0.05)
    raise TimeoutError("No page opened when the extension was installed.")


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - Chromium's DevTools
        body: bytes = answer.read()
        return body


IS_IDLE = """() => {
  const panels = [...document.querySelectorAll("[data-admitone=panel]")].map((panel) => panel.shadowRoot);
  const isBusy = [document, ...panels].some((root) => root.querySelector("[aria-busy=true]"));
  return !isBusy && errors.length + shortcuts.length === 0;
}"""
