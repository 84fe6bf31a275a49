"""What a customer's page weighs, and how its files are served."""

from __future__ import annotations

import gzip
import json
import re
from itertools import product
from typing import TYPE_CHECKING

from admitone.domain.availability.zones import zone_names
from admitone.texts.catalogues import languages
from admitone.web.http.static_files import StaticFiles
from admitone.web.http.zone_file import area_file_name
from tests.support.customer.host import path_of
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.customer.host import Host
    from tests.support.customer.markup import Page
    from tests.support.customer.visitor import Visitor

MOST_BYTES = 30_000
MOST_OF_AREA = 2500
"""Bytes of the cities of an area."""
MOST_FILES = 3
"""Style sheet, script and icon."""
PACKED = {"Accept-Encoding": "gzip"}


def files_of(page: Page) -> list[str]:
    """The addresses of everything that a page loads."""
    found = [a.get("href") for tag, a in page.tags if tag == "link"]
    found += [a.get("src") for tag, a in page.tags if tag in {"script", "img"}]
    return [address for address in found if address]


async def weigh(visitor: Visitor, path: str) -> int:
    """The bytes that come over the wire for a page and all its files."""
    total = 0
    for at in (path, *files_of((await visitor.get(path)).page)):
        answer = await visitor.head(at, **PACKED)
        assert answer.headers["Content-Encoding"] == "gzip", at
        total += int(answer.headers["Content-Length"])
    return total


async def test_a_page_is_light(host: Host, visitor: Visitor) -> None:
    manage = await host.booked("2026-11-19T09:00:00Z")
    for path in (
        await host.path(),
        path_of(await host.link(person=CARLA)),
        f"{manage}/reschedule",
    ):
        assert await weigh(visitor, path) <= MOST_BYTES


async def test_the_city_of_any_zone_is_light_in_each_language() -> None:
    """Who is in another zone than the page's: their script asks for the cities of its area."""
    served = StaticFiles()
    areas = {name.partition("/")[0] for name in zone_names()}
    for language, area in product(languages("customer"), areas):
        found = served.find(area_file_name(language, area))
        assert found, area
        assert len(found.packed) <= MOST_OF_AREA
    lisbon = served.find(area_file_name("de", "Europe"))
    assert lisbon
    assert json.loads(lisbon.body)["Europe/Lisbon"] == "Lissabon"
    for name in ("zones/xx/Europe.json", "zones/de/Nowhere.json", "zones/de/.json", "zones/de/Europe"):
        assert served.find(name) is None


async def test_a_page_is_light_with_all_the_times_of_a_month(host: Host, visitor: Visitor) -> None:
    """What its script asks for as well: 32 times on each weekday."""
    await host.change("event_type", increment_minutes=15)
    link = await host.link()
    month = f"/api/v1/book/{link['code']}/slots?from=2026-12-01&to=2026-12-31&timezone=Europe/Paris"
    answer = await visitor.head(month, **PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    page = await weigh(visitor, f"{path_of(link)}?date=2026-12-01")
    assert page + int(answer.headers["Content-Length"]) <= MOST_BYTES


async def test_everything_is_asked_for_by_the_page_itself(host: Host, visitor: Visitor) -> None:
    """One round trip: no file names another."""
    named = files_of(await visitor.page(await host.path()))
    assert len(named) <= MOST_FILES
    for address in named:
        answer = await visitor.get(address)
        assert not re.search(r"^(import|export)\b|@import|url\(", answer.text, re.MULTILINE)


async def test_files_are_kept_for_good_under_addresses_that_change_with_them(
    host: Host, visitor: Visitor
) -> None:
    [style, *_] = [
        at for at in files_of(await visitor.page(await host.path())) if at.endswith("customer.css")
    ]
    answer = await visitor.get(style)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    older = await visitor.get(f"/static/0123456789ab/{style.rpartition('/')[2]}")
    assert older.text == answer.text
    assert older.headers["Cache-Control"] == "no-cache"


async def test_only_what_is_there_is_served(host: Host, visitor: Visitor) -> None:
    version = files_of(await visitor.page(await host.path()))[0].split("/")[2]
    for name in (
        "nothing.css",
        "../templates/customer/visit.html",
        "%2e%2e/html.py",
        "visit",
        "/etc/passwd",
        "visit/",
    ):
        assert (await visitor.get(f"/static/{version}/{name}")).status == 404


def test_a_version_is_that_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("a{}")
    (tmp_path / "notes.txt").write_text("not served")
    first = StaticFiles(tmp_path)
    assert first.find("notes.txt") is None
    assert StaticFiles(tmp_path).version == first.version
    (tmp_path / "one.css").write_text("b{}")
    second = StaticFiles(tmp_path)
    assert second.url("one.css") != first.url("one.css")
    found = second.find("one.css")
    assert found
    assert gzip.decompress(found.packed) == found.body == b"b{}"
