"""The card as mail programs draw it: three widths, light and dark, and without what Word ignores."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.pages.accent import contrast
from tests.support.api.calling import answered

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

    from tests.support.api.calling import Api

pytestmark = pytest.mark.browser

WIDTHS = (320, 480, 640)
TEXT, LARGE = 4.5, 3.0  # the least contrast of text (WCAG 2.2, 1.4.3)
FINGER = 40
STARTS = [f"2026-11-{day}T{hour:02}:30:00Z" for day in (23, 24) for hour in range(14, 21)]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsberatungstermin & <more>"
CONTENTS: dict[str, Any] = {
    "times": {"starts": STARTS, "timezone": "America/New_York", "locale": "en-US"},
    "no times": {"locale": "de"},
    "from the right": {"starts": STARTS[:5], "timezone": "Asia/Dubai", "locale": "ar"},
    "a long word": {"starts": STARTS[:2], "label": LONG, "locale": "pt-BR"},
}
ACCENTS = (None, "#ffd400", "#1e7a4c", "#0b57d0")  # of the workspace; None is ours

# For a dark screen some programs leave a mail's colours, some turn the whole picture (Gmail on iOS), and some
# turn each colour's lightness (Gmail on Android, Outlook.com; computed below).
GROUNDS = {"light": "#ffffff", "dark": "#1f1f1f", "turned": "#ffffff"}
MAIL = """<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; padding: 16px; font: 14px/20px Arial, sans-serif; background: {ground}; color: #888 }}
  html.turned {{ filter: invert(1) hue-rotate(180deg); background: #fff }}
</style><html class="{look}"><body><div dir="ltr">Hi Carla,<br>{card}&nbsp;</div></body>"""
WORD = ("max-width", "border-radius", "display", "white-space", "word-break")
TURN_INTO_WORD = """ignored => {
  for (const one of document.querySelectorAll("table [style], table[style]")) {
    for (const name of ignored) one.style.removeProperty(name);
    if (one.localName === "a") one.style.removeProperty("padding");
  }
}"""
LOOK = """() => {
  const rect = (one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y, width, height];
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
  };
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("table"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement, { color, fontSize } = getComputedStyle(around);
    texts.push([walker.currentNode.data, color, ground(around), parseFloat(fontSize)]);
  }
  return {
    overflows: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    texts, card: rect(document.querySelector("table")),
    buttons: [...document.querySelectorAll("table[align] td")].map(rect),
    links: [...document.querySelectorAll("a")].map(rect),
  };
}"""


@pytest.fixture
async def card(admin: Api) -> Any:
    """A function that returns the card's HTML for some content."""
    page = await admin.new_page(await admin.new_event_type(), title="Meet Ada")

    async def write(content: Any, accent: str | None = None) -> str:
        answered(await admin.patch("/settings", {"accent": accent}))
        body = {"content": {"style": "card", **content}, "sample": True}
        html: str = answered(await admin.post(f"/pages/{page['id']}/content", body))["html"]
        return html

    return write


@pytest.mark.parametrize("kind", CONTENTS)
async def test_a_card_fits_and_is_readable_at_every_width(
    card: Any, chromium: Browser, kind: str, tmp_path: Path
) -> None:
    html = await card(CONTENTS[kind])
    page = await chromium.new_page()
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 700})
        for look, ground in GROUNDS.items():
            await page.set_content(MAIL.format(card=html, look=look, ground=ground))
            name = f"{kind}-{width}-{look}".replace(" ", "-")
            await page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
            found = await page.evaluate(LOOK)
            assert not found["overflows"], name
            assert found["card"][2] <= 420, name
            assert min(link[3] for link in found["links"][:-1] or found["links"]) >= FINGER, name
            _assert_apart(found["buttons"])
            assert _faint(found["texts"]) == [], name


@pytest.mark.parametrize("accent", ACCENTS)
async def test_turned_colours_stay_readable(card: Any, chromium: Browser, accent: str | None) -> None:
    page = await chromium.new_page()
    for kind in ("times", "no times"):
        await page.set_content(MAIL.format(card=await card(CONTENTS[kind], accent), look="", ground="#fff"))
        texts = (await page.evaluate(LOOK))["texts"]
        assert texts
        for turn in (lambda colour: colour, _turned_picture, _turned_lightness):
            turned = [(text, turn(_hex(ink)), turn(_hex(ground)), size) for text, ink, ground, size in texts]
            assert _faint(turned) == [], accent


async def test_word_draws_buttons_too(card: Any, chromium: Browser, tmp_path: Path) -> None:
    page = await chromium.new_page()
    await page.set_viewport_size({"width": 640, "height": 700})
    await page.set_content(MAIL.format(card=await card(CONTENTS["times"]), look="", ground="#fff"))
    await page.evaluate(TURN_INTO_WORD, list(WORD))
    await page.screenshot(path=tmp_path / "word.png", full_page=True)
    found = await page.evaluate(LOOK)
    assert not found["overflows"]
    assert len(found["buttons"]) == len(STARTS)
    _assert_apart(found["buttons"])
    for (left, _, width, height), (text_left, _, text_width, _) in zip(
        found["buttons"], found["links"][:-1], strict=True
    ):
        assert height >= FINGER
        assert text_left - left >= 6
        assert left + width - text_left - text_width >= 6
    # Some programs take away the ground that a style names.
    assert all([await cell.get_attribute("bgcolor") for cell in await page.locator("td").all()])


def _assert_apart(boxes: list[list[float]]) -> None:
    """Assert that boxes do not overlap, and that 8 pixels are between them."""
    for place, (left, top, width, height) in enumerate(boxes):
        for other_left, other_top, other_width, other_height in boxes[place + 1 :]:
            across = max(left, other_left) - min(left + width, other_left + other_width)
            down = max(top, other_top) - min(top + height, other_top + other_height)
            assert max(across, down) >= 7.9


def _faint(texts: Any) -> list[Any]:
    """The texts with too little contrast to their ground."""
    return [
        (text, ink, ground)
        for text, ink, ground, size in texts
        if contrast(_hex(ink), _hex(ground)) < (LARGE if size >= 24 else TEXT)
    ]


def _hex(colour: str) -> str:
    """A colour as `#rrggbb`, from that or `rgb(…)`."""
    if colour.startswith("#"):
        return colour
    return "#" + "".join(f"{int(part):02x}" for part in colour.removeprefix("rgb(").rstrip(")").split(","))


def _turned_picture(colour: str) -> str:
    """The colour after `invert(1) hue-rotate(180deg)`, by the matrix of CSS's filter effects."""
    red, green, blue = (1 - int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    turned = (
        -0.574 * red + 1.430 * green + 0.144 * blue,
        0.426 * red + 0.430 * green + 0.144 * blue,
        0.426 * red + 1.430 * green - 0.856 * blue,
    )
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in turned)


def _turned_lightness(colour: str) -> str:
    """The colour with the opposite lightness, no darker than the ground that such programs use."""
    hue, lightness, saturation = colorsys.rgb_to_hls(
        *(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    parts = colorsys.hls_to_rgb(hue, max(0.07, 1 - lightness), saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
