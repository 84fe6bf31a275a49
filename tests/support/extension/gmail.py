"""A page that stands in for Gmail: its markup, policy and shortcuts, with composes of each kind."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from playwright.async_api import expect

from tests.support.extension.browser import GMAIL
from tests.support.extension.tls_proxy import tls_proxy
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Awaitable, Callable

    from playwright.async_api import Locator, Page

    from tests.support.extension.browser import Extension

    OpenGmail = Callable[..., Awaitable["Gmail"]]

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until two frames were drawn."""
COMPOSES = Path(__file__).parent / "composes"
KINDS = sorted(path.stem for path in COMPOSES.glob("*.html"))
# The script part of Gmail's Content-Security-Policy: no scripts of others, and trusted types only.
POLICY = (
    "script-src 'nonce-a-nonce' 'strict-dynamic'; object-src 'none'; base-uri 'self'; "
    "require-trusted-types-for 'script'; trusted-types gmail"
)
PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Posteingang</title>
<style>
  body {{ margin: 0; min-height: 100vh; font: 13px Roboto, sans-serif; background: white; color: #222 }}
  body.dark {{ background: #1b1b1f; color: #eee }}
  .Hd {{ position: fixed; right: 60px; bottom: 0; width: 500px; padding: 8px; border-radius: 8px 8px 0 0;
    box-sizing: border-box; background: inherit; box-shadow: 0 8px 24px rgb(0 0 0 / .3) }}
  .Hd + .Hd {{ right: 580px }}
  .Hd [name=to], .Hd [name=cc], .Hd [name=subjectbox] {{ padding: 6px 4px; border: 0 solid #8884;
    border-bottom-width: 1px; width: 100%; box-sizing: border-box; background: none; color: inherit }}
  .Hd [role=textbox] {{ padding: 8px 4px }}
  .aoO {{ padding: 8px 20px; border-radius: 18px; background: #0b57d0; color: white }}
  [role=textbox] {{ min-height: 160px; outline: none }}
</style></head>
<body class="{body}">
{composes}
<script nonce="a-nonce">
  // Read by tests: errors in the page, and the keys that Gmail would have taken as shortcuts.
  window.errors = []; window.shortcuts = [];
  // Other composes, without another page: Gmail builds them in the same document. Each has an id of its own.
  const gmail = trustedTypes.createPolicy("gmail", {{ createHTML: String }});
  let shown = 0;
  window.show = (composes, look) => {{
    for (const left of document.querySelectorAll("[data-admitone]")) left.remove();
    document.body.innerHTML = gmail.createHTML(composes);
    document.body.className = look;
    for (const id of document.querySelectorAll("[name=composeid]")) id.value += `-${{++shown}}`;
  }};
  addEventListener("error", (event) => errors.push(event.message));
  addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) => errors.push(event.violatedDirective));
  document.addEventListener("keydown", (event) => {{
    const at = event.target;
    if (!at.isContentEditable && !at.matches("input, select, textarea") && event.key.length === 1) {{
      shortcuts.push(event.key);
      event.preventDefault();
    }}
  }});
</script>
</body></html>"""


@asynccontextmanager
async def serving_gmail(listener: socket.socket, certificate: tuple[Path, Path]) -> AsyncIterator[None]:
    """Serve `/mail/<kind>+<kind>…` on `listener`: a page with these composes."""
    application = web.Application()
    application.router.add_get("/mail/{kinds}", _show)
    application.router.add_get("/favicon.ico", _nothing)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        async with tls_proxy(listener, certificate, f"http://{host}:{port}"):
            yield
    finally:
        await runner.cleanup()


async def open_gmail(
    extension: Extension,
    kinds: str = "popup",
    *,
    is_dark: bool = False,
    languages: str | None = None,
    size: tuple[int, int] | None = None,
    is_own: bool = False,
) -> Gmail:
    """Open a tab with composes, such as `popup+reply`; `languages` replace the browser's preferred ones.

    `size` is the width and height of the window in pixels.

    If the extension keeps a tab and the test needs none of its `own`, that tab shows these composes instead
    of its last ones, as Gmail does.
    """
    may_keep = extension.keeps_gmail and not languages and not is_own
    kept = extension.kept
    if may_keep and kept and not kept.is_closed() and (size or not kept.viewport_size):
        await kept.bring_to_front()
        if size:
            await kept.set_viewport_size({"width": size[0], "height": size[1]})
        await kept.evaluate(SHOW, [_markup(kinds), "dark" if is_dark else ""])
        return Gmail(kept)
    page = await extension.context.new_page()
    if size:
        await page.set_viewport_size({"width": size[0], "height": size[1]})
    if may_keep:
        extension.kept = page
    if languages:
        session = await extension.context.new_cdp_session(page)
        agent = await page.evaluate("navigator.userAgent")
        await session.send(
            "Emulation.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": languages}
        )
    await page.goto(f"https://{GMAIL}/mail/{kinds}" + ("?body=dark" if is_dark else ""))
    return Gmail(page)


class Gmail:
    """A tab with that page. Composes are numbered by `place`, in document order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("dialog", name="Booking link").locator(".ticket")

    def button(self, place: int = 0) -> Locator:
        """The extension's button in a compose."""
        return self.page.get_by_role("button", name="Insert one-time link", exact=True).nth(place)

    def body(self, place: int = 0) -> Locator:
        """The body of a compose."""
        return self.page.locator("[contenteditable]:not([data-decoy])").nth(place)

    async def select(self, word: str, place: int = 0, *, after: bool = False) -> None:
        """Select a word of a body, or put the caret `after` it."""
        await self.body(place).evaluate(SELECT, [word, after])

    async def text(self, place: int = 0) -> str:
        """The text of a body."""
        return await self.body(place).inner_text()

    async def html(self, place: int = 0) -> str:
        """The markup of a body."""
        return await self.body(place).inner_html()

    async def markup(self, place: int = 0) -> str:
        """The markup of a body, with plain spaces: browsers make some of them unbreakable."""
        return (await self.html(place)).replace("&nbsp;", " ")

    async def quick_insert(self, place: int = 0) -> str:
        """Insert a link with the last choices; return its URL."""
        await self.button(place).click(modifiers=["Shift"])
        return await self.link(place)

    async def open_panel(self) -> Locator:
        """Press the button of the first compose, and wait for the form."""
        await self.button().click()
        await self.panel.get_by_role("combobox", name="Find a page").wait_for()
        return self.panel

    async def link(self, place: int = 0) -> str:
        """Wait for a link in a body; return its URL."""
        return await self.body(place).locator("a").first.get_attribute("href") or ""

    async def assert_untroubled(self) -> None:
        """Assert that the page had no error and took no key as a shortcut."""
        assert await self.page.evaluate("[errors, shortcuts]") == [[], []]


async def choose(select: Locator, option: str) -> None:
    """Choose an option by its text, as a person types it: the panel ignores what scripts choose."""
    chosen = select.locator("option:checked")
    await select.focus()
    async with asyncio.timeout(PATIENCE):
        while await chosen.inner_text() != option:  # what is typed within a second is one text
            await select.page.keyboard.type("".join(itertools.takewhile(str.isascii, option)))
            with suppress(AssertionError):
                await expect(chosen).to_have_text(option, timeout=1100)


async def _show(request: web.Request) -> web.Response:
    composes = _markup(request.match_info["kinds"])
    page = PAGE.format(composes=composes, body=request.query.get("body", ""))
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": POLICY})


def _markup(kinds: str) -> str:
    return "".join((COMPOSES / f"{kind}.html").read_text() for kind in kinds.split("+"))


async def _nothing(_: web.Request) -> web.Response:
    return web.Response(status=204)


SHOW = "([composes, look]) => show(composes, look)"
SELECT = """(body, [word, after]) => {
  body.focus();
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, after ? at + word.length : at);
    range.setEnd(walker.currentNode, at + word.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  throw new Error(`no ${word}`);
}"""
