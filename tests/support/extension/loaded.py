"""A Chromium that has the extension loaded, as the repository is, and what tests do with it."""

from __future__ import annotations

import asyncio
import json
import socket
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

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Browser, BrowserContext, CDPSession, Page

ROOT = Path(__file__).parents[3]
ID = (urlsplit(EXTENSION_REDIRECT_URIS[0]).hostname or "").partition(".")[0]
GMAIL = "mail.google.com"
SERVER = "book.acme.test"


class Machine(NamedTuple):
    """A running Chromium: its address, and the sockets behind which its Gmail and its server are.

    `welcome` is the page that opened when the extension was installed.
    """

    chromium: str
    welcome: str
    gmail: socket.socket
    server: socket.socket


@contextmanager
def running_machine() -> Iterator[Machine]:
    """Start a British Chromium in Paris, for which two names lead to two sockets, and others nowhere."""
    with _listener() as gmail, _listener() as server:
        names = {GMAIL: gmail, SERVER: server}
        rules = [f"MAP {name} 127.0.0.1:{at.getsockname()[1]}" for name, at in names.items()]
        with running_chromium(
            f"--disable-extensions-except={ROOT}",
            f"--load-extension={ROOT}",
            "--accept-lang=en-GB,en",
            "--disable-quic",
            "--disable-component-update",
            "--disable-sync",
            "--ignore-certificate-errors",
            f"--host-resolver-rules={', '.join(rules)}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            TZ="Europe/Paris",
        ) as address:
            yield Machine(address, _close_welcome(address), gmail, server)


class Extension:
    """The extension in its browser. `context` is the browser's window, with Gmail in it or anything else."""

    id = ID

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.context: BrowserContext = browser.contexts[0]
        self.context.set_default_timeout(PATIENCE_MS)

    async def open(self, path: str) -> Page:
        """A page of the extension, such as `options/options.html`, in a tab."""
        page = await self.context.new_page()
        await page.goto(self.url(path))
        return page

    def url(self, path: str) -> str:
        """The address of a file of the extension."""
        return f"chrome-extension://{ID}/extension/{path}"

    async def ask(self, kind: str, /, **fields: Any) -> Any:
        """What the worker answers to a message of the extension's own pages; a stopped one is started."""
        return await self._run("message => chrome.runtime.sendMessage(message)", {"kind": kind, **fields})

    async def ask_from_gmail(self, page: Page, kind: str, /, **fields: Any) -> Any:
        """What the worker answers to a message of the content script in this page."""
        message = json.dumps({"kind": kind, **fields})
        return await self._run_in_gmail(page, f"chrome.runtime.sendMessage({message})")

    async def storage_in_gmail(self, page: Page, area: str) -> Any:
        """What the content script in this page reads of the storage, or the error's words."""
        return await self._run_in_gmail(page, f"chrome.storage.{area}.get().catch(String)")

    async def stored(self, area: str = "local") -> Any:
        """What the extension has stored."""
        return await self._run("area => chrome.storage[area].get()", area)

    async def store(self, values: dict[str, Any], area: str = "local") -> None:
        """Store something behind the extension's back."""
        await self._run("([area, values]) => chrome.storage[area].set(values)", [area, values])

    async def stop_worker(self) -> None:
        """Stop the worker, as the browser does with one that has nothing to do."""
        session = await self.browser.new_browser_cdp_session()
        while workers := [
            target["targetId"]
            for target in (await session.send("Target.getTargets"))["targetInfos"]
            if target["type"] == "service_worker" and ID in target["url"]
        ]:  # until it is gone: one that is about to stop takes messages and never answers them
            for worker in workers:
                with suppress(Error):  # it was gone before
                    await session.send("Target.closeTarget", {"targetId": worker})
        await session.detach()

    async def forget_everything(self) -> None:
        """Leave the browser as it was found: no pages but its first one, no worker, nothing stored."""
        for page in self.context.pages[1:]:
            await page.close()
        await self.stop_worker()
        await self._run(
            "() => Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()])", None
        )
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
        page = await self.open("messages.js")  # any file will do: its page is the extension's
        try:
            return await page.evaluate(script, argument)
        finally:
            await page.close()


async def world_of(session: CDPSession) -> int:
    """The extension's own world in a page, once its scripts have one: they come after the page's."""
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, Any]) -> None:
        if event["context"]["origin"] == f"chrome-extension://{ID}" and not found.done():
            found.set_result(event["context"]["id"])

    session.on("Runtime.executionContextCreated", note)
    await session.send("Runtime.enable")
    async with asyncio.timeout(PATIENCE):
        return await found


@asynccontextmanager
async def loaded_extension(machine: Machine) -> AsyncIterator[Extension]:
    """The extension of a running Chromium; it is forgotten afterwards what it was told."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(machine.chromium)
        extension = Extension(browser)
        try:
            yield extension
        finally:
            await extension.forget_everything()
            await browser.close()


def _close_welcome(chromium: str) -> str:
    """Wait for the page that opens by itself, and close it before a test takes it for another one."""
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
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - Chromium's own address
        body: bytes = answer.read()
        return body


def _listener() -> socket.socket:
    """A socket that outlives the tests which are behind it one after another: its port is in the browser."""
    return socket.create_server(("127.0.0.1", 0), backlog=128)
