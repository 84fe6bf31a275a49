"""The journey over HTTP on a demo that runs somewhere: from the sign-in to a booked link."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import aiohttp

from tests.support.accounts.browser import ADA, Browser
from tests.support.customer.markup import Page
from tests.support.customer.visitor import CARLA, Visitor
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LAST_LINE = "Ctrl-C stops everything in order.\n"
_ADDRESSES = re.compile(r"Admit One listens on (\S+), and its stand-in for Google on (\S+)")


async def said_by_demo(process: asyncio.subprocess.Process) -> str:
    """What a demo prints until it is ready."""
    assert process.stdout
    said = ""
    async with asyncio.timeout(PATIENCE):
        while not said.endswith(LAST_LINE):
            line = (await process.stdout.readline()).decode()
            assert line, f"The demo ended:\n{said}"
            said += line
    return said


async def travel(said: str, address: str) -> None:
    """Sign in as Ada, make a one-time link in the dashboard, book it as Carla, and wait for event and mail.

    `said` is what the demo printed, `address` where it is reached. Pages, their scripts and styles, a guide,
    the catalogues, and the scripts of the store all take part.
    """
    announced = _ADDRESSES.search(said)
    assert announced, said
    google = announced[2]
    async with aiohttp.ClientSession() as http:
        host = Browser(http, address, address)
        assert (await host.sign_in(ADA))["email"] == ADA
        link = await _link_of(host)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as jar:
            booked = await _book(Visitor(jar, address), link)
        assert "Carla Customer" in booked.text
        await _assets(http, address, booked)
        assert "<h1" in (await host.get("/dashboard/help/first-steps")).text
        german = await host.get(link, **{"Accept-Language": "de"})
        assert '<html lang="de"' in german.text
        async with asyncio.timeout(PATIENCE):
            async for state in _states(http, google):
                if "Carla Customer" in state and CARLA["email"] in state:
                    break


async def _link_of(host: Browser) -> str:
    """The path of a one-time link that the dashboard makes for the first page and its first event type."""
    pages = Page((await host.get("/dashboard/share?change=1")).text).links
    shared = (await host.get(next(to for to in pages if to.startswith("/dashboard/share?page=")))).text
    [form] = [form for form in Page(shared).forms if form.attributes.get("action") == "/dashboard/share"]
    event_type = re.search(r'<select id="event_type".*?<option value="(\w+)"', shared, re.DOTALL)
    assert event_type, shared
    fields = form.served | {"event_type": event_type[1], "expires_in_days": ""}
    answer = await host.call("POST", "/dashboard/share", data=fields)
    if answer.status == 303:
        answer = await host.get(answer.location)
    made = re.search(r'data-made="[^"]*?(/\.\w+)"', answer.text)
    assert made, Page(answer.text).text
    return made[1]


async def _book(customer: Visitor, link: str) -> Page:
    """The page of a booking at the last time that is offered."""
    page = await customer.page(link)
    days = [
        attributes.get("href") for tag, attributes in page.tags if tag == "a" and "data-day" in attributes
    ]
    page = await customer.page(days[-1] or "")
    form = page.form()
    answer = await customer.send(form, link, start=form.values("start")[-1], **CARLA)
    if answer.status == 200:  # it asks to confirm
        answer = await customer.send(answer.page.form(), link, **CARLA)
    return await customer.follow(answer)


async def _assets(http: aiohttp.ClientSession, address: str, page: Page) -> None:
    """Fetch every style, script and picture of a page."""
    tags = [(tag, attributes.get("src") or attributes.get("href") or "") for tag, attributes in page.tags]
    paths = {to for tag, to in tags if tag in {"link", "script", "img"} and to.startswith("/static/")}
    assert paths
    for path in paths:
        async with http.get(address + path) as answer:
            assert answer.status == 200, path


async def _states(http: aiohttp.ClientSession, google: str) -> AsyncIterator[str]:
    while True:
        async with http.get(f"{google}/_control/state") as answer:
            yield await answer.text()
        await asyncio.sleep(0.1)
