"""The worker's answers to messages, and who may send which."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

    Ask = Callable[..., Coroutine[Any, Any, Any]]

pytestmark = pytest.mark.browser
WEEK = {"date": "", "length": 7, "timezone": "Asia/Tokyo"}
CARLA = {"name": "Carla Customer", "email": "carla@customer.test"}


@pytest.fixture
async def ask(extension: Extension, gmail: OpenGmail) -> Ask:
    """A function that sends a message as the content script in a tab of Gmail."""
    page = (await gmail()).page

    async def asked(kind: str, /, **fields: Any) -> Any:
        return await extension.ask_from_gmail(page, kind, **fields)

    return asked


async def test_links_are_created_listed_and_revoked(extension: Extension, admin: Person, ask: Ask) -> None:
    await admin.sign_in(extension)
    found = await ask("pages")
    [page] = found["pages"]
    assert (found["account"], page["title"], page["one_time"]) == (admin.email, "Meet Ada", True)
    wish = {"page": page["id"], "channel": "extension"}

    plain = await ask("link.create", **wish)
    assert plain.keys() == {"ok", "id", "url", "html", "text"}
    await ask("link.create", **wish, person=CARLA, skip_form=False, expires_in_days=3)
    others = [{"name": name, "email": f"{name}@customer.test"} for name in ("eva", "max")]
    batch = await ask("link.batch", **wish, people=others, expires_in_days=None)
    assert [item.keys() for item in batch["items"]] == [{"id", "url", "html", "text"}] * 2
    assert await ask("link.revoke", id=plain["id"]) == {"ok": True, "status": "revoked"}

    links = (await admin.api.get("/links")).items
    assert {link["channel"] for link in links} == {"extension"}
    told = [(link["person"] or {}).get("name", "") for link in links]
    assert sorted(told) == ["", "Carla Customer", "eva", "max"]
    by_name = dict(zip(told, links, strict=True))
    assert by_name[""]["status"] == "revoked"
    assert by_name["eva"]["expires_at"] is None
    assert by_name["Carla Customer"]["skip_form"] is False

    week = await ask("week", page=page["id"], **WEEK)
    assert (week["timezone"], week["zone"], len(week["days"])) == ("Asia/Tokyo", "Tokyo (GMT+9)", 7)
    for wrong in ({"page": "../links"}, {"page": "nothing"}, {}):
        assert (await ask("week", **wrong, **WEEK))["ok"] is False
    assert (await ask("zones", text="Tokyo", timezone="UTC"))["zones"] == [
        {"zone": "Asia/Tokyo", "name": "Tokyo, Japan (GMT+9)"}
    ]

    nothing = {"choices": {}, "text": "", "texts": {}, "languages": {}, "snippets": []}
    assert await ask("choices.get") == {"ok": True, **nothing}
    await ask("choices.set", choices={"page": page["id"], "one_time": False, "style": "card", "more": "x"})
    await ask("choices.set", choices={"one_time": True, "personalise": "yes", "snippet": "x" * 501})
    choices = {"page": page["id"], "one_time": True, "style": "card"}
    assert (await ask("choices.get"))["choices"] == choices
    await extension.ask("defaults.set", page="the default", text=" Other ")
    found = await ask("choices.get")
    assert (found["choices"], found["text"]) == (choices | {"page": "the default"}, "Other")


async def test_a_link_whose_answer_was_lost_is_created_once(
    extension: Extension, admin: Person, ask: Ask, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    page = (await ask("pages"))["pages"][0]["id"]
    proxy.lose_answer("POST /api/v1/links")
    first = await ask("link.create", page=page, channel="extension")
    assert [link["id"] for link in (await admin.api.get("/links")).items] == [first["id"]]

    held = proxy.hold("POST /api/v1/links")  # then the server is down, and the worker is stopped
    asked = asyncio.create_task(ask("link.create", page=page, channel="extension", person=CARLA))
    await held.reached.wait()
    proxy.is_down = True
    held.release.set()
    lost = await asked
    assert (lost["ok"], lost["code"]) == (False, "unreachable")
    proxy.is_down = False
    await extension.stop_worker()
    [second, third] = await asyncio.gather(
        *(ask("link.create", page=page, channel="extension", person=CARLA) for _ in range(2))
    )
    made = [link["id"] for link in (await admin.api.get("/links")).items]
    assert sorted(made) == sorted([first["id"], second["id"], third["id"]])
    assert (await extension.stored("session"))["attempts"] == []


async def test_refusals_have_a_code_and_a_message(
    extension: Extension, admin: Person, member: Person, ask: Ask, proxy: TlsProxy
) -> None:
    assert await ask("pages") == _refusal(
        "no-server", "No server is set yet. Enter its address in the options."
    )
    await admin.sign_in(extension)
    page = (await ask("pages"))["pages"][0]["id"]
    mine = await ask("link.create", page=page, channel="extension")
    assert await ask("link.create", page="unknown", channel="extension") == _refusal(
        "page-gone", "This page no longer exists. Choose another one."
    )
    assert (await ask("link.create", page=page, channel="extension", person={"name": "", "email": "x"}))[
        "message"
    ] == "The server did not accept this. Check the name and the address."
    assert (await ask("link.revoke", id="../../me"))["code"] == "not-found"

    proxy.is_down = True
    told = await ask("link.create", page=page, channel="extension")
    assert told == _refusal(
        "unreachable", "book.acme.test cannot be reached. Check the connection and try again."
    )
    proxy.is_down = False
    await member.sign_in(extension)
    assert await ask("link.revoke", id=mine["id"]) == _refusal(
        "forbidden", "Your account may not do this. Ask an administrator of your workspace."
    )
    assert (await admin.api.post(f"/links/{mine['id']}/revoke", {})).status == 200
    assert (await admin.api.delete(f"/booking-pages/{page}", confirm=1)).status == 204
    assert await ask("pages") == _refusal(
        "no-page", "You have no booking page yet. Create one in the dashboard; you can share it here."
    )

    proxy.limit(f"GET /api/v1/pages/{page}/slots", 90)
    waiting = await ask("week", page=page, **WEEK)
    assert (waiting["code"], waiting["retry_after"]) == ("too-many-requests", 90)
    assert waiting["message"].startswith("Too many requests. Try again in ")


async def test_messages_of_the_wrong_sender_are_refused(
    extension: Extension, admin: Person, ask: Ask
) -> None:
    await admin.sign_in(extension)
    before = await extension.stored()
    refused = _refusal("not-yours", "This page is not allowed to do that.")
    for kind in ("account", "links.list", "server.set", "sign-out", "defaults.set", "link.reactivate"):
        assert await ask(kind, address="https://evil.test", page="x", text="x", id="x") == refused, kind
    for kind in ("link.create", "choices.set", "constructor", "__proto__", ""):
        assert await extension.ask(kind) == refused, kind
    assert await extension.stored() == before

    page = extension.own_page
    placed = await page.evaluate(
        """async (id) => {
          const { senderKind } = await import("/extension/background/sender.js");
          const gmail = "https://mail.google.com", own = `chrome-extension://${id}`, tab = {id: 1};
          return [
            {id, origin: own, url: `${own}/extension/popup/popup.html`},
            {id, origin: gmail, url: `${gmail}/mail/u/0/`, tab},
            {id, url: `${gmail}/mail/u/0/`, tab},
            {id, origin: gmail, url: `${gmail}/mail/u/0/`},
            {id: "another", origin: gmail, tab}, {origin: gmail, tab},
            {id, origin: "https://mail.google.com.evil.test", tab},
            {id, origin: "http://mail.google.com", tab},
            {id, origin: "null", url: `${gmail}/mail/u/0/`, tab}, {id, url: "nonsense", tab}, {id, tab},
          ].map(senderKind);
        }""",
        extension.id,
    )
    assert placed == ["own", "gmail", "gmail"] + [None] * 8


async def test_content_scripts_cannot_read_the_storage(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    page = (await gmail()).page
    for area in ("local", "session"):
        assert "Access to storage is not allowed" in await extension.storage_in_gmail(page, area)


def _refusal(code: str, message: str) -> Any:
    return {"ok": False, "code": code, "message": message}
