"""Looking never consumes: whoever opens, previews, scans or sends what is served as it is changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.support.customer.host import path_of
from tests.support.customer.stored import stored
from tests.support.customer.visitor import CARLA, MARK
from tests.support.sizes import size

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.customer.host import Host
    from tests.support.customer.markup import Page
    from tests.support.customer.visitor import Visitor

AGENTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GoogleImageProxy)",
    "Slackbot-LinkExpanding 1.0",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook)",
    "Barracuda Sentinel (EE)",
    "",
)
CALENDARS = {"calendar.google.com", "outlook.live.com", "outlook.office.com"}
"""Where a customer is led who adds their booking to a calendar; nothing is loaded from there."""
BUTTONS = size(1, 4)
TEN = "2026-11-19T09:00:00Z"


async def addresses(host: Host) -> list[str]:
    """Every kind of address that a customer may hold."""
    manage = await host.booked(TEN)
    used = await host.link()
    await host.deployment.customer.booked(used["code"], "2026-11-19T10:00:00Z")
    revoked = await host.link()
    await host.api.post(f"/links/{revoked['id']}/revoke", {})
    personal = path_of(await host.link(person=CARLA))
    return [
        await host.path(),
        f"{await host.path()}?t=2026-11-19T11:00:00Z",
        f"{await host.path()}?date=2026-11-20&name=Carla&email=c%40customer.test",
        personal,
        f"{personal}?skip=0",
        path_of(used),
        path_of(revoked),
        "/hanna-page",
        manage,
        f"{manage}/cancel",
        f"{manage}/reschedule",
        f"{manage}/invite.ics",
    ]


def calls(paths: list[str]) -> list[str]:
    """The addresses at which programs look at the same links and bookings."""
    found: list[str] = []
    for path in paths:
        plain = path.partition("?")[0]
        if plain.startswith("/."):
            found.append(f"/api/v1/book/{plain[2:]}")
        elif plain.startswith("/manage/") and plain.count("/") == 2:
            found.append(f"/api/v1{plain}")
    return [f"{at}{rest}" for at in found for rest in ("", "/slots?from=2026-11-19&to=2026-11-30")]


@pytest.mark.soak
async def test_a_hundred_visitors_look_at_every_address(host: Host, visitor: Visitor) -> None:
    paths = await addresses(host)
    before = await stored(host.deployment.store.client)
    for agent in AGENTS:
        for method in (visitor.get, visitor.head):
            for path in paths:
                answers = await asyncio.gather(
                    *(method(path, **{"User-Agent": agent}) for _ in range(size(100) // len(AGENTS) + 1))
                )
                assert {answer.status for answer in answers} <= {200, 410}
    assert await stored(host.deployment.store.client) == before


@pytest.mark.soak
@pytest.mark.parametrize("mark", [{}, MARK], ids=["plain", "with-the-mark"])
async def test_a_scanner_that_sends_every_form_as_it_is_served_changes_nothing(
    host: Host, new_visitor: Callable[[], Awaitable[Visitor]], mark: dict[str, str]
) -> None:
    paths = await addresses(host)
    before = await stored(host.deployment.store.client)
    sent = 0
    for path in paths:
        scanner = await new_visitor()
        pages = [(path, (await scanner.get(path)).page)]
        for _ in range(size(3, 2)):  # and the forms that it gets back
            found: list[tuple[str, Page]] = []
            for at, page in pages:
                for form in page.forms:
                    for button in _some(form.buttons or [{}]):
                        answer = await scanner.send_unmarked(form, at, **button, **mark)
                        assert answer.status in {200, 202, 410, 422}, answer
                        sent += 1
                        if len(found) < 3:
                            found.append((at.partition("?")[0], answer.page))
            pages = found
    assert sent > size(300, 100)
    assert await stored(host.deployment.store.client) == before


def _some(buttons: list[dict[str, str]]) -> list[dict[str, str]]:
    """All of them under `make soak`, otherwise every fourth and the last: most are times, which are alike."""
    return [*buttons[:-1:BUTTONS], buttons[-1]]


async def test_the_page_that_a_scanner_gets_back_asks_for_the_choice(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    for path, asks in (
        (path_of(await host.link(person=CARLA)), "Choose a time."),
        (f"{manage}/reschedule", "Choose a time."),
        (f"{manage}/cancel", "Tick the box to cancel the booking."),
    ):
        answer = await visitor.send((await visitor.page(path)).form(), path)
        assert answer.status == 422
        assert asks in answer.page.text


async def test_a_fetch_is_noted_and_no_opening(host: Host, visitor: Visitor) -> None:
    link = await host.link()
    for _ in range(3):
        await visitor.get(path_of(link))
    [seen] = await host.links()
    assert seen["fetched_at"] is not None
    assert seen["opened_at"] is None


async def test_a_one_time_page_says_nothing_that_it_need_not(host: Host, visitor: Visitor) -> None:
    """No slug, no id of the page, the link or a user, and nobody else."""
    await host.deployment.customer.booked(
        "hanna-page", "2026-11-19T13:00:00Z", name="Somebody Else", email="else@customer.test"
    )
    secrets = {"hanna-page", host.page["id"], host.api.user, "hanna@host.test", "else@customer.test", "Else"}
    paths = [path for path in await addresses(host) if path != "/hanna-page"]
    secrets |= {link["id"] for link in await host.links()}
    for path in [*paths, *calls(paths)]:
        known = {"hanna@host.test"} if path.endswith(".ics") else set()  # who invites is named in a calendar
        for answer in (await visitor.get(path), await visitor.head(path)):
            said = answer.text + str(answer.headers)
            assert not [secret for secret in secrets - known if secret in said], path


async def test_a_link_that_is_gone_names_nobody(host: Host, visitor: Visitor) -> None:
    for path in (await addresses(host))[5:7]:
        answer = await visitor.get(path)
        assert answer.status == 410
        for name in ("Hanna", "Half an hour", "Carla", "Talk"):
            assert name not in answer.text


async def test_every_answer_has_the_headers_that_keep_it_private(host: Host, visitor: Visitor) -> None:
    paths = [*await addresses(host), "/.unknown", "/manage/unknown"]
    for path in [*paths, *calls(paths)]:
        answer = await visitor.get(path)
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
        if answer.page.tags:
            metas = [found for tag, found in answer.page.tags if tag == "meta"]
            assert {"name": "robots", "content": "noindex"} in metas
            assert {"name": "referrer", "content": "no-referrer"} in metas


async def test_no_page_uses_anything_from_elsewhere(host: Host, visitor: Visitor) -> None:
    for path in await addresses(host):
        page = (await visitor.get(path)).page
        for tag, attributes in page.tags:
            assert "style" not in attributes
            assert tag != "style"
            assert not [name for name in attributes if name.startswith("on")]
            if tag == "script":
                assert attributes.get("src")
            for name in ("src", "href", "action"):
                address = attributes.get(name) or "/"
                if tag == "a" and urlsplit(address).hostname in CALENDARS:
                    assert attributes.get("rel") == "noopener noreferrer"
                else:
                    assert address.startswith(("/", "#"))
                    assert not address.startswith("//")


async def test_no_personal_data_is_put_into_an_address(host: Host, visitor: Visitor) -> None:
    path = path_of(await host.link(person=CARLA))
    for at in (path, f"{path}?skip=0"):
        for link in (await visitor.page(at)).links:
            assert "arla" not in link
    answer = await visitor.send((await visitor.page(f"{path}?skip=0")).form(), path, name="Carl")
    assert not [link for link in answer.page.links if "Carl" in link]
    assert not [form for form in answer.page.forms if form.method == "GET"]
