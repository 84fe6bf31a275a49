"""The page's script writes times as the server does, in each language and with both clocks."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale

from admitone.domain.availability.zones import zone
from admitone.domain.date_text import DateText
from admitone.domain.people.reader import Reader
from admitone.texts.catalogues import languages
from tests.support.customer.screen import screen

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from admitone.domain.people.territories import Clock
    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser
DATES = Path(str(files("admitone.web") / "static" / "visit" / "dates.js"))
HALF = 1800
MIDNIGHT = 1_796_256_000  # 3 December 2026 in UTC
STARTS = [MIDNIGHT + hour * 3600 + HALF for hour in (0, 1, 9, 11, 12, 13, 23)]
CLOCKS: tuple[Clock, ...] = ("h12", "h23")
REGIONS = ("en-GB", "de-AT", "fr-CA", "es-MX")
WRITE = """async ([source, cases, starts]) => {
  const {dateTexts} = await import("data:text/javascript;base64," + source);
  return cases.map(({locale, clock, texts}) => {
    const say = (name, values) => texts[name].replace(/{(\\w+)}/g, (_, key) => values[key]);
    const {time, span} = dateTexts(locale, clock, "UTC", say);
    return starts.flatMap((at) => [time(at * 1000), span(at * 1000, at * 1000 + 1800000)]);
  });
}"""


async def test_they_are_the_servers(host: Host, chromium: Browser) -> None:
    cases, expected = [], []
    for language in (*languages("customer"), *REGIONS):
        for clock in CLOCKS:
            text = _text(language, clock)
            said = {
                "between": text.between("{first}", "{last}"),
                "joined": text.joined("{day}", "{time}"),
            }
            cases.append({"locale": text.reader.script_locale, "clock": clock, "texts": said})
            expected.append([one for at in STARTS for one in (text.time(at), text.span(at, at + HALF))])
    async with screen(chromium, host) as page:
        await page.goto("about:blank")  # our own pages load no other scripts
        source = b64encode(DATES.read_bytes()).decode()
        found: list[Any] = await page.evaluate(WRITE, [source, cases, STARTS])
    for case, theirs, ours in zip(cases, found, expected, strict=True):
        assert [_bare(one) for one in theirs] == [_bare(one) for one in ours], case


def _text(language: str, clock: Clock) -> DateText:
    locale = Locale.parse(language, sep="-")
    spoken = next(tag for tag in languages("customer") if tag.partition("-")[0] == locale.language)
    return DateText(Reader(spoken, locale, clock, 0), zone("UTC"))


def _bare(text: str) -> str:
    """Without blanks: browsers write plain ones for some of CLDR's."""
    return "".join(text.split())
