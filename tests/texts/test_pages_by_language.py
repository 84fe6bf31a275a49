"""Every page of customers, in every language: no English text is left on it but names and typed texts."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp

from admitone.texts.catalogues import ENGLISH, languages
from tests.support.api.calling import a_rule, answered
from tests.support.customer.host import Host, a_host, path_of
from tests.support.customer.visitor import CARLA, MARK, Answer, Visitor
from tests.support.texts.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.deployment import Deployment

TEN, ELEVEN, TWELVE = (f"2026-11-19T{hour:02}:00:00Z" for hour in (9, 10, 11))
TYPED = frozenset(
    {
        "Acme",
        "Hanna Host",
        "Half an hour",
        "A whole hour",
        "Talk to Hanna",
        "Talk to us",
        "Talk to us · Hanna Host",
        "Half an hour · Hanna Host",
        "Be kind",
        "Ill",
        "Paris",
        *CARLA.values(),
    }
)
"""Texts of the workspace, the customer and of places, which nobody translates."""
SAME = {
    "de": frozenset({"November 2026", "optional"}),
    "fr": frozenset({"30 minutes"}),
}
"""Words that a language shares with English."""


@asynccontextmanager
async def visiting(deployment: Deployment) -> AsyncIterator[Visitor]:
    """A browser that has been nowhere."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Visitor(http, deployment.url)


class Places:
    """The addresses of pages in all their states; looking at them changes nothing."""

    def __init__(
        self, master: str, open_link: str, used_link: str, live: str, cancelled: str, erasing: str
    ) -> None:
        self.master = master
        self.looked_at = {
            "calendar": open_link,
            "another day": f"{open_link}?date=2026-11-20",
            "event types": "/talk-to-us",
            "general link": "/hanna-page",
            "booking": live,
            "rescheduling": f"{live}/reschedule",
            "cancelling": f"{live}/cancel",
            "erasing": f"{live}/erase",
            "asked to be erased": f"{erasing}/erase",
            "cancelled": cancelled,
            "cancelled, to be cancelled": f"{cancelled}/cancel",
            "used link": used_link,
            "no such link": "/.0ABCDEFGHJKMNPQRSTVW",
            "privacy": "/privacy",
            "no such page": "/nothing/here",
        }
        typed = CARLA | {"start": TWELVE}
        self.sent: dict[str, tuple[str, dict[str, str]]] = {
            "nothing typed": (open_link, MARK),
            "typed wrongly": (open_link, MARK | {"email": "x", "name": "Carla\x07", "start": TWELVE}),
            "confirming": (open_link, typed),
            "notes to be confirmed": (open_link, typed | {"notes": "Be kind"}),
            "not cancelled": (f"{live}/cancel", MARK),
            "confirming a cancellation": (f"{live}/cancel", {"sure": "1", "reason": "Ill"}),
            "confirming a move": (f"{live}/reschedule", {"start": TWELVE, "reason": "Ill"}),
            "not moved": (f"{live}/reschedule", MARK),
            "not erased": (f"{live}/erase", MARK),
            "asked for the link": (used_link, MARK | {"email": "nobody@customer.test"}),
        }


async def places(host: Host) -> Places:
    """Bookings and links in every state."""
    await host.change("event_type", policy={"text": "Be kind", "reason": "required"})
    hour = await host.api.new_event_type(name="A whole hour", duration_minutes=60)
    rules = [a_rule(host.event_type, host.page), a_rule(hour, host.page)]
    master = await host.api.new_master_page(*rules, title="Talk to us", slug="talk-to-us")
    used, opened = await host.link(), await host.link()
    await host.deployment.customer.booked(used["code"], ELEVEN)
    live, cancelled = await host.booked(), await host.booked("2026-11-20T09:00:00Z")
    answered(await host.deployment.customer.post(f"{cancelled}/cancel", {"reason": "Ill"}))
    erasing = await host.booked("2026-11-20T10:00:00Z")
    async with visiting(host.deployment) as visitor:
        form = (await visitor.page(f"{erasing}/erase")).form()
        assert (await visitor.send(form, f"{erasing}/erase", sure="1")).status == 303
    return Places(master["id"], path_of(opened), path_of(used), live, cancelled, erasing)


async def seen(host: Host, known: Places, language: str) -> dict[str, Answer]:
    """All pages in a language, which is that of the page and of the reader."""
    await host.change("page", locale=language)
    answered(await host.api.patch(f"/master-pages/{known.master}", {"locale": language}))
    speaks = {"Accept-Language": language}
    async with visiting(host.deployment) as visitor:
        found = {name: await visitor.get(path, **speaks) for name, path in known.looked_at.items()}
        for name, (path, fields) in known.sent.items():
            form = (await visitor.get(path, **speaks)).page.form()
            action = form.attributes.get("action") or path
            found[name] = await visitor.post(action, form.served | fields, **speaks)
    return found


async def test_no_english_is_left(deployment: Deployment) -> None:
    host = await a_host(deployment)
    known = await places(host)
    english = await seen(host, known, ENGLISH)
    assert {name: page.status for name, page in english.items() if page.status >= 500} == {}
    assert all(page.text for page in english.values()), {n: p.status for n, p in english.items()}
    left: dict[Any, Any] = {}
    for language in languages("customer")[1:]:
        pages = await seen(host, known, language)
        for name, page in pages.items():
            assert page.page.attribute("html", "lang") == language, (name, page)
            assert page.page.attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
            same = spoken(page.text) & spoken(english[name].text) - TYPED - SAME.get(language, frozenset())
            if same:
                left[language, name] = same
    assert not left, left
