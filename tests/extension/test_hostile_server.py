"""A server that was broken into: its answers lead nobody elsewhere, and bring no script into Gmail's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.extension.sign_in import SEND

if TYPE_CHECKING:
    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = pytest.mark.browser
OURS, EVIL = "https://book.acme.test/", "https://evil.acme.test/"
NOT_OURS = {
    "ok": False,
    "code": "not-ours",
    "message": "book.acme.test answered with an address of another server, which is not used. "
    "Tell an administrator.",
}
HOSTILE = {
    "<script>run()</script><style>*{color:red}</style>text<!-- remark -->": "text",
    '<img src=x onerror="run()"><svg onload="run()"><a href="/x">in</a></svg>': "",
    '<iframe srcdoc="<script>run()</script>"></iframe><object data="x"></object>': "",
    "<form action='https://evil.test'><input></form><button onclick=run()>b</button>": "",
    '<math><mtext><table><mglyph><style><img src=x onerror="run()">': "",
    "<noscript><p title='</noscript><img src=x onerror=run()>'></noscript>": "<p></p>",
    '<p onclick="run()" id="x" class="y" data-z>text</p>': "<p>text</p>",
    '<a href="javascript:run()">a</a>': "<a>a</a>",
    '<a href=" java\nscript:run()">a</a>': "<a>a</a>",
    '<a href="https://evil.test/">a</a>': "<a>a</a>",
    '<a href="//evil.test">a</a><a href="/x">b</a>': "<a>a</a><a>b</a>",
    '<a href="https://book.acme.test.evil.test/">a</a>': "<a>a</a>",
    '<a href="http://book.acme.test/">a</a>': "<a>a</a>",
    '<a href="https://x@book.acme.test/">a</a>': "<a>a</a>",
    '<a href="blob:https://book.acme.test/x">a</a>': "<a>a</a>",
    f'<a href="{OURS}.x?t=1&amp;u=2" ping="//evil">a</a>': f'<a href="{OURS}.x?t=1&amp;u=2">a</a>',
    '<p style="position:fixed;color:red;inset:0">a</p>': '<p style="color:red">a</p>',
    '<p style="background:url(//evil/x);color:#123">a</p>': '<p style="color:#123">a</p>',
    '<p style="background:\\75rl(//evil/x)">a</p>': '<p style="">a</p>',
    '<p style="font-family:\'a;position:fixed">a</p>': '<p style="font-family:\'a">a</p>',
    '<p style="color:red/**/;po/**/sition:fixed;color:var(--x)">a</p>': '<p style="">a</p>',
}
STARTS = ["2026-11-19T09:00:00Z", "2026-11-20T09:00:00Z"]


async def test_addresses_of_another_server_are_refused(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = (await gmail()).page
    [page] = (await extension.ask_from_gmail(window, "pages"))["pages"]
    content = {"style": "link"}
    link = await extension.ask_from_gmail(window, "link.create", page=page["id"], content=content)
    asked = {"page": page["id"], "content": content}
    people = [{"name": name, "email": f"{name}@customer.test"} for name in ("eva", "max")]
    for place, foreign in enumerate([EVIL, "http://book.acme.test//", "https://book.acme.test@"], start=1):
        proxy.change_answers(OURS, foreign)
        assert await extension.ask_from_gmail(window, "pages") == NOT_OURS
        assert await extension.ask_from_gmail(window, "page.content", **asked) == NOT_OURS
        assert await extension.ask("links.list", q="") == NOT_OURS
        assert await extension.ask_from_gmail(window, "link.create", **asked) == NOT_OURS
        assert await extension.ask_from_gmail(window, "link.batch", **asked, people=people) == NOT_OURS
        assert len(await admin.all_revoked(besides=link["id"])) == 3 * place


async def test_endpoints_of_another_server_are_refused(
    extension: Extension, admin: Person, proxy: TlsProxy, site: Site
) -> None:
    assert admin.site is site
    page = extension.own_page
    for endpoint in ("authorize", "token", "revoke"):
        proxy.change_answers(f"{OURS}oauth/{endpoint}", f"{EVIL}oauth/{endpoint}")
        answer = await page.evaluate(SEND, {"kind": "server.set", "address": site.origin})
        assert answer["code"] == "not-admitone", endpoint
    assert "server" not in await extension.stored()


async def test_hostile_html_is_inserted_without_what_harms(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    label = "a text that is as long as the hostile one, to the very last letter of it, and more!"
    await extension.ask("defaults.set", page="", text=label)
    hostile = "<img src=x onerror=errors.push('run')><script>errors.push('run')</script>safe"
    window = await gmail("popup")
    proxy.change_answers(label, hostile.ljust(len(label), "!"))
    url = await window.quick_insert()
    assert f'<a href="{url}">safe!!!!!!</a>' in await window.html()
    assert "run" not in await window.page.evaluate("errors")


async def test_html_keeps_only_what_a_message_needs(extension: Extension) -> None:
    page = extension.own_page
    cleaned = {hostile: await page.evaluate(CLEAN, [hostile, f"{OURS}.link"]) for hostile in HOSTILE}
    assert cleaned == HOSTILE


async def test_what_our_server_writes_passes_unchanged(extension: Extension, admin: Person) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    tab = extension.own_page
    for style in ("link", "sentence", "times", "card"):
        content: dict[str, Any] = {"style": style, "starts": STARTS, "snippet": 'Hi,\nI\'m <Ada> & "co":'}
        answer = await admin.api.post(f"/pages/{page['id']}/content", {"content": content})
        parsed = await tab.evaluate(PARSED, answer.body["html"])
        assert await tab.evaluate(CLEAN, [answer.body["html"], answer.body["url"]]) == parsed, style


CLEAN = """async ([html, url]) => {
  const { safeHtml } = await import("/extension/gmail/safe_html.js");
  return safeHtml(html, url);
}"""
PARSED = "(html) => new DOMParser().parseFromString(html, 'text/html').body.innerHTML"
