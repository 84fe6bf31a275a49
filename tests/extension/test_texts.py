"""The extension's texts: each language has all of them, with the same placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from admitone.domain import errors
from tests.support.extension.browser import ROOT

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension

pytestmark = pytest.mark.browser
LANGUAGES = ["en", "de", "es", "fr", "pt", "ja"]
PARTS = sorted(path.name for path in (ROOT / "extension/texts").iterdir() if path.is_dir())
READ = """async ([parts, languages]) => {
  const tables = {};
  for (const part of parts) {
    for (const spoken of languages) {
      const module = await import(`/extension/texts/${part}/${spoken}.js`);
      tables[`${part}/${spoken}`] = module[spoken];
    }
  }
  return tables;
}"""
PLACES = """texts => Object.fromEntries(Object.entries(texts).map(
  ([key, text]) => [key, [...text.matchAll(/\\{\\w+\\}/g)].map(String).sort()]))"""


async def test_each_language_has_every_text(extension: Extension) -> None:
    page = extension.own_page
    tables = await page.evaluate(READ, [PARTS, LANGUAGES])
    for part in PARTS:
        english = tables[f"{part}/en"]
        places = await page.evaluate(PLACES, english)
        for language in LANGUAGES[1:]:
            table = tables[f"{part}/{language}"]
            assert await page.evaluate(PLACES, table) == places, (part, language)
            assert all(text.strip() for text in table.values()), (part, language)
            same = [key for key, text in table.items() if text == english[key] and " " in text]
            assert same == [], (part, language)


async def test_the_same_text_is_translated_the_same_in_each_part(extension: Extension) -> None:
    page = extension.own_page
    tables = await page.evaluate(READ, [PARTS, LANGUAGES])
    for language in LANGUAGES[1:]:
        seen: dict[str, str] = {}
        for part in PARTS:
            for key, english in tables[f"{part}/en"].items():
                translated = tables[f"{part}/{language}"][key]
                assert seen.setdefault(english, translated) == translated, (part, language, key)


def test_no_text_is_left_over() -> None:
    scripts = [path for path in (ROOT / "extension").rglob("*") if path.suffix in {".js", ".html"}]
    source = "".join(path.read_text() for path in scripts if "texts" not in path.parts)
    codes = {refusal.code for refusal in vars(errors).values() if hasattr(refusal, "code")}
    for part in PARTS:
        english = (ROOT / f"extension/texts/{part}/en.js").read_text()
        keys = re.findall(r'^  "?([\w-]+)"?:', english, re.MULTILINE)
        assert keys, part
        said = codes if part == "background" else set()
        assert [key for key in keys if f'"{key}"' not in source and key not in said] == [], part


async def test_our_pages_are_in_the_browsers_language(extension: Extension) -> None:
    page = await extension.context.new_page()
    session = await extension.context.new_cdp_session(page)
    titles = {"de-AT,en": "Einstellungen", "ja": "設定", "pt-BR": "Opções", "fi,sv": "Options"}
    for languages, title in titles.items():
        agent = {"userAgent": "Chromium", "acceptLanguage": languages}
        await session.send("Emulation.setUserAgentOverride", agent)
        await page.goto(extension.url("options/options.html"))
        await expect(page.get_by_role("heading", level=1)).to_have_text(title)
    await expect(page.locator("html")).to_have_attribute("lang", "en")
