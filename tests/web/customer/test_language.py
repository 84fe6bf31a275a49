"""The language of customers' pages: the page's, else the workspace's, else the browser's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.pages.language import LANGUAGES
from tests.support.api.calling import answered
from tests.support.customer.visitor import CARLA, MARK

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

FRENCH = {"Accept-Language": "fr-CA,fr;q=0.9"}
TEN = "2026-11-19T09:00:00Z"


async def set_workspace(host: Host, locale: str | None) -> None:
    answered(await host.api.patch("/settings", {"locale": locale}))


@pytest.mark.parametrize(
    ("page", "workspace", "language"),
    [
        (None, None, "fr"),
        (None, "ja", "ja"),
        ("ar", "ja", "ar"),
        ("en", "ja", "en"),
        ("pt-BR", None, "pt-BR"),
    ],
)
async def test_a_page_then_its_workspace_then_the_browser_decides(
    host: Host, visitor: Visitor, page: str | None, workspace: str | None, language: str
) -> None:
    await set_workspace(host, workspace)
    await host.change("page", locale=page)
    shown = (await visitor.get(await host.path(), **FRENCH)).page
    assert shown.attribute("html", "lang") == language
    assert shown.attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    fixed = answered(await host.deployment.customer.get("/book/hanna-page"))["locale"]
    assert fixed == (page or workspace)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_language_can_be_chosen(host: Host, visitor: Visitor, language: str) -> None:
    await host.change("page", locale=language)
    shown = await visitor.page(await host.path())
    assert shown.attribute("html", "lang") == language


async def test_a_link_that_is_used_up_still_speaks_the_language_of_its_page(
    host: Host, visitor: Visitor
) -> None:
    link = await host.link()
    answered(await host.api.post(f"/links/{link['id']}/revoke"))
    await host.change("page", locale="de")
    gone = await visitor.get(f"/{link['url'].rpartition('/')[2]}", **FRENCH)
    assert gone.status == 410
    assert gone.page.attribute("html", "lang") == "de"


@pytest.mark.parametrize(
    ("page", "accepted", "kept"),
    [
        (None, "fr-CA,fr;q=0.9", "fr-CA"),
        ("de", "de-AT,de;q=0.9", "de-AT"),
        ("de", "fr-CA,fr;q=0.9", "de"),
        (None, "nl-NL,nl;q=0.9", "en"),
    ],
)
async def test_a_booking_keeps_the_language_in_which_it_was_made(
    host: Host, visitor: Visitor, page: str | None, accepted: str, kept: str
) -> None:
    await host.change("page", locale=page)
    path, said = await host.path(), {"Accept-Language": accepted}
    form = (await visitor.get(path, **said)).page.form()
    fields = form.served | MARK | CARLA | {"start": TEN}
    assert (await visitor.post(path, fields, **said)).status == 303
    assert await kept_language(host) == kept


async def test_a_problem_is_said_in_the_language_of_the_page(host: Host) -> None:
    await host.change("page", locale="de")
    asked = {"email": CARLA["email"]}
    reply = await host.deployment.customer.post("/book/hanna-page/confirm", asked)
    assert reply.status == 404  # the page asks for no code
    assert reply.headers["Content-Language"] == "de"


@pytest.mark.parametrize(
    ("page", "hint", "kept"),
    [
        (None, "de-CH", "de-CH"),
        (None, "nl", "en"),
        (None, "no tag at all", "en"),
        ("ja", "de-CH", "ja"),
        ("ja", None, "ja"),
        (None, None, None),
    ],
)
async def test_a_program_says_in_which_language_the_customer_reads(
    host: Host, page: str | None, hint: str | None, kept: str | None
) -> None:
    await host.change("page", locale=page)
    body: dict[str, Any] = {"start": TEN, **CARLA} | ({"locale": hint} if hint else {})
    reply = await host.deployment.customer.post("/book/hanna-page", body)
    assert reply.status == 201, reply
    assert await kept_language(host) == kept


async def kept_language(host: Host) -> str | None:
    [booking] = await host.bookings()
    keys = host.deployment.store.keys("0ABC")
    document: Any = await host.deployment.store.client.get(keys.booking_data(booking["id"]))
    found: str | None = json.loads(document).get("i")
    return found
