"""What is inserted: its form, its language, snippets, and the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from admitone.texts.catalogues import languages
from tests.support.dashboard.accessibility import violations
from tests.support.extension.browser import ROOT
from tests.support.extension.gmail import choose

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]

SNIPPETS = [
    {"id": "one", "text": "Hi {name},\nhere is <my> calendar:"},
    {"id": "two", "text": "Dear {name}, book here:"},
]
GERMAN = "Zeit wählen"  # what a German card's button says


async def test_a_card_is_inserted_in_one_step_and_is_the_choice_for_the_next_message(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.select("brave", after=True)
    before = await window.html()
    panel = await _open_format(window)
    await choose(panel.get_by_label("Insert as"), "Card")
    await choose(panel.get_by_label("Language"), "German")
    await _insert(panel)
    url = await window.link()
    assert url.startswith("https://book.acme.test/.")
    body = window.body()
    await expect(body.get_by_role("link", name=GERMAN)).to_have_css("color", "rgb(255, 255, 255)")
    await expect(body.locator("td", has_text="30 Minuten").last).to_have_css("color", "rgb(93, 101, 112)")
    assert await body.locator("table").first.get_attribute("bgcolor") == "#ffffff"
    await window.page.keyboard.press("Control+z")
    assert await window.html() == before

    plain = await gmail("plain")
    await plain.button().click(modifiers=["Shift"])
    await plain.body().filter(has_text="https:").wait_for()
    text = await plain.text()
    assert "Meet Ada\n30 Minuten" in text
    assert f"\n{GERMAN}: https://book.acme.test/." in text
    assert "<" not in text
    await plain.page.keyboard.press("Control+z")
    assert await plain.text() == "Hello brave world"
    await window.assert_untroubled()


async def test_a_sentence_is_a_part_of_its_line(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.select("brave", after=True)
    panel = await _open_format(window)
    await choose(panel.get_by_label("Insert as"), "Sentence")
    await choose(panel.get_by_label("Language"), "English")
    await panel.get_by_label("Link text").fill("my calendar")
    await _insert(panel)
    url = await window.link()
    inserted = f'Choose a time that suits you: <a href="{url}">my calendar</a>'
    assert inserted in await window.markup()
    assert "<br>" not in await window.html()


async def test_the_language_is_the_recipients(extension: Extension, admin: Person, gmail: OpenGmail) -> None:
    await admin.sign_in(extension)
    # By the country, if it is clear; a domain without a country, or one of everybody's, says nothing.
    assert await _language(await gmail("popup"), "carla@firma.at") == "de"
    assert await _language(await gmail("popup"), "carla@empresa.com.br") == "pt-BR"
    assert await _language(await gmail("popup"), "carla@firm.ch") == ""
    assert await _language(await gmail("popup"), "carla@firm.example") == ""

    window = await gmail("popup")
    await _write_to(window, "Carla@Firm.example")
    panel = await _open_format(window)
    await choose(panel.get_by_label("Insert as"), "Card")
    await choose(panel.get_by_label("Language"), "French")
    await _insert(panel)
    await expect(window.body().get_by_role("link", name="Choisir un horaire")).to_have_count(1)
    assert await _language(await gmail("popup"), "others@firm.example") == "fr"
    assert await _language(await gmail("popup"), "carla@other.example") == ""
    quick = await gmail("popup")
    await _write_to(quick, "another@firm.example")
    await quick.quick_insert()
    await expect(quick.body().get_by_role("link", name="Choisir un horaire")).to_have_count(1)

    panel = await _panel_for(await gmail("popup"), "carla@gmail.com")
    await choose(panel.get_by_label("Language"), "Japanese")
    await _insert(panel)
    await panel.wait_for(state="hidden")
    panel = await _panel_for(await gmail("popup"), "carla@gewerk.de")
    await choose(panel.get_by_label("Language"), "The page’s language")
    await _insert(panel)
    await panel.wait_for(state="hidden")
    assert await _language(await gmail("popup"), "others@gmail.com") == ""
    assert await _language(await gmail("popup"), "others@gewerk.de") == ""
    assert (await extension.stored())["languages"] == [["firm.example", "fr"], ["gewerk.de", ""]]


async def test_the_languages_are_those_of_the_server(extension: Extension) -> None:
    page = extension.own_page
    found = await page.evaluate(
        "async () => (await import('/extension/gmail/recipient_language.js')).LANGUAGES"
    )
    assert found == sorted(languages("customer"))


async def test_a_snippet_greets_the_recipient_whose_name_is_not_sent(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await _open_format(window)
    async with extension.context.expect_page() as opened:
        await panel.get_by_role("button", name="Add a snippet").click()
    await expect((await opened.value).get_by_role("heading", name="Snippets")).to_be_visible()
    await (await opened.value).close()
    await window.page.keyboard.press("Escape")

    await extension.ask("snippets.set", snippets=SNIPPETS)
    chip = window.page.locator("[name=to] [role=option]")
    await chip.evaluate("chip => (chip.dataset.name = 'Carla & <Co> \\uE000')")
    await window.select("brave", after=True)
    panel = await _open_format(window)
    await choose(panel.get_by_label("Snippet"), "Hi {name}, here is <my> calendar:")
    await _insert(panel)
    url = await window.link()
    hello = "Hi Carla &amp; &lt;Co&gt; \ue000,<br>here is &lt;my&gt; calendar: "
    assert f'Hello brave<br>{hello}<a href="{url}">Meet Ada</a>' in await window.markup()
    assert proxy.saw("/api/v1/links")
    assert not proxy.saw("Carla")

    again = await gmail("plain")
    await again.button().click(modifiers=["Shift"])
    await again.body().filter(has_text="https:").wait_for()
    assert "Hi Carla Customer,\nhere is <my> calendar: https://" in await again.text()
    assert not proxy.saw("Carla")

    several = await gmail("popped_out")
    panel = await _open_format(several)
    await choose(panel.get_by_label("Snippet"), "Dear {name}, book here:")
    await _insert(panel)
    await several.link()
    assert "Dear, book here: <a" in await several.markup()

    personal = await gmail("popup")
    panel = await _open_format(personal)
    await expect(panel.get_by_label("Snippet")).to_have_value("two")
    await panel.get_by_label("Personalise").check()
    await panel.get_by_label("Name").fill("Cara")
    await _insert(panel)
    await personal.link()
    assert "Dear Cara, book here: Meet Ada" in await personal.text()
    assert proxy.saw("Cara")


async def test_each_of_several_gets_a_link_only(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    await extension.ask("snippets.set", snippets=SNIPPETS)
    await extension.store({"choices": {"style": "card", "snippet": "one"}})
    window = await gmail("popped_out")
    panel = await _open_format(window)
    await expect(panel.get_by_label("Insert as")).to_have_value("card")
    await panel.get_by_label("Personalise").check()
    await choose(panel.get_by_label("Recipient"), "One link for each")
    await expect(panel.get_by_label("Insert as")).to_be_hidden()
    mail = await _preview(panel)
    await expect(mail).to_have_text("Customer, Emil: Meet Adafay: Meet Ada")
    await _insert(panel)
    await window.body().locator("a").nth(1).wait_for()
    await expect(window.body().locator("table")).to_have_count(0)
    assert "calendar" not in await window.text()


async def test_the_preview_follows_the_choices_and_makes_no_link(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    await admin.api.patch(f"/booking-pages/{page['id']}", {"general_link": False})
    await admin.sign_in(extension)
    await extension.ask("snippets.set", snippets=SNIPPETS)
    window = await gmail("popup")
    panel = await _open_format(window)
    mail, plain = await _preview(panel), panel.get_by_role("group", name="Plain text")
    await expect(mail).to_have_text("Meet Ada")
    await expect(plain).to_have_text("https://book.acme.test/.…")
    await choose(panel.get_by_label("Insert as"), "Sentence")
    await choose(panel.get_by_label("Language"), "English")
    await expect(plain).to_have_text("Choose a time that suits you: https://book.acme.test/.…")
    await panel.get_by_label("Link text").fill("<b>my</b> calendar")
    await expect(mail).to_have_text("Choose a time that suits you: <b>my</b> calendar")
    await choose(panel.get_by_label("Insert as"), "Card")
    await choose(panel.get_by_label("Language"), "German")
    await choose(panel.get_by_label("Snippet"), "Dear {name}, book here:")
    await expect(mail.locator("a")).to_have_text(GERMAN)
    await expect(mail).to_contain_text("Dear Carla Customer, book here:")
    await panel.get_by_label("Personalise").check()
    await panel.get_by_label("Name").fill("Cara")
    await expect(mail).to_contain_text("Dear Cara, book here:")
    assert not proxy.saw("Cara")
    assert await mail.locator("[href]").count() == 0  # nothing to follow
    regions = window.page.locator("[data-admitone=panel] :is([role=status], [role=alert], [aria-live])")
    assert await regions.count() == 1  # the panel's own
    assert await mail.evaluate("mail => mail.scrollWidth <= mail.clientWidth")
    assert await violations(window.page, "[data-admitone=panel]") == []
    asked = proxy.count(f"POST /api/v1/pages/{page['id']}/content")
    await panel.get_by_label("Email").press_sequentially("abcdef", delay=20)
    await window.page.wait_for_timeout(600)
    # Typing is not followed key by key.
    assert proxy.count(f"POST /api/v1/pages/{page['id']}/content") <= asked + 2

    proxy.is_down = True
    await choose(panel.get_by_label("Insert as"), "Link")
    await panel.get_by_text("book.acme.test cannot be reached").wait_for()
    await expect(mail).to_be_hidden()
    proxy.is_down = False
    await choose(panel.get_by_label("Insert as"), "Sentence")
    await expect(mail).to_contain_text("my</b> calendar")
    await panel.get_by_role("button", name="Format").click()
    await expect(mail).to_be_hidden()
    assert (await admin.api.get("/links")).items == []
    await window.assert_untroubled()


async def test_a_general_link_is_previewed_as_it_is(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await _open_format(window)
    await panel.get_by_label("One-time link").uncheck()
    await _preview(panel)
    await expect(panel.get_by_role("group", name="Plain text")).to_have_text(
        "https://book.acme.test/meet-ada"
    )


async def test_the_preview_shows_nothing_that_loads_or_runs(extension: Extension) -> None:
    page = extension.own_page
    shown = await page.evaluate(
        """async html => {
          const { mailElements } = await import("/extension/gmail/preview/mail_elements.js");
          const place = document.createElement("div");
          place.append(...mailElements(html, "https://book.acme.test/.…"));
          return place.innerHTML;
        }""",
        '<a href="https://book.acme.test/x" onclick="x()" style="color:#b93a28">Book</a><script>x()</script>'
        '<img src="https://evil.test/i.png" onerror="x()"><a href="https://evil.test">Pay</a>'
        '<table bgcolor="#fff" background="https://evil.test"><tr><td style="background:url(//evil.test)">'
        '<td style="background:u\\72l(//evil.test)">end</table>',
    )
    assert "evil" not in shown
    assert "<script" not in shown
    assert "href" not in shown
    assert '<a style="color:#b93a28">Book</a>' in shown
    assert '<table bgcolor="#fff">' in shown
    assert ">end<" in shown


async def test_a_links_text_belongs_to_its_page(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.new_page(title="Talk about your order", slug="your-order")
    await admin.sign_in(extension)
    await extension.ask("defaults.set", page="", text="Book")
    window = await gmail("popup")
    panel = await window.open_panel()
    text, option = panel.get_by_label("Link text"), panel.get_by_role("option")
    await option.filter(has_text="Meet Ada").click()
    await expect(text).to_have_value("Book")
    await text.fill("my calendar")
    await option.filter(has_text="your order").click()
    await expect(text).to_have_value("Book")
    await text.fill("")
    await expect(text).to_have_attribute("placeholder", "Talk about your order")
    await option.filter(has_text="Meet Ada").click()
    await expect(text).to_have_value("my calendar")
    await _insert(panel)
    await expect(window.body().get_by_role("link")).to_have_text("my calendar")

    panel = await window.open_panel()
    await expect(text).to_have_value("my calendar")
    await option.filter(has_text="your order").click()
    await expect(text).to_have_value("Book")  # only what was inserted is remembered
    await text.fill("")
    await _insert(panel)
    await expect(window.body().get_by_role("link", name="Talk about your order")).to_have_count(1)
    again = await gmail("popup")
    await again.quick_insert()
    await expect(again.body().get_by_role("link")).to_have_text("Talk about your order")


async def test_the_text_of_an_earlier_version_stays_with_its_page(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    page = await admin.new_page(title="Talk about your order", slug="your-order")
    await admin.sign_in(extension)
    await extension.store({"choices": {"page": page["id"], "text": "your order", "one_time": True}})
    panel = await (await gmail("popup")).open_panel()
    await expect(panel.get_by_label("Link text")).to_have_value("your order")
    await panel.get_by_role("option").filter(has_text="Meet Ada").click()
    await expect(panel.get_by_label("Link text")).to_have_value("")
    assert (await extension.ask("defaults.get"))["text"] == ""
    # Without a page it can only be what the options set.
    await extension.clear_storage("session")
    await extension.store({"choices": {"text": "Choose a time"}})
    assert (await extension.ask("defaults.get"))["text"] == "Choose a time"
    assert "text" not in (await extension.stored())["choices"]


async def test_fifty_pages_and_domains_are_remembered(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    page = (await gmail("popup", is_own=True)).page
    for number in range(52):
        await extension.ask_from_gmail(
            page,
            "choices.set",
            choices={"page": f"page-{number}"},
            text=f"text {number}",
            language={"tag": "de", "to": [f"Ada@Firm-{number}.example"]},
        )
    await extension.ask_from_gmail(page, "choices.set", choices={"page": "page-2"}, text="newest")
    stored: Any = await extension.stored()
    assert [key for key, _ in stored["linkTexts"]] == [*(f"page-{n}" for n in range(3, 52)), "page-2"]
    assert [key for key, _ in stored["languages"]] == [f"firm-{n}.example" for n in range(2, 52)]
    many = [{"id": str(number), "text": "x" * 600} for number in range(25)]
    await extension.ask("snippets.set", snippets=[{"id": "empty", "text": " \n"}, *many])
    kept = (await extension.stored())["snippets"]
    assert [len(snippet["text"]) for snippet in kept] == [500] * 20


def test_the_preview_is_small() -> None:
    files = [*(ROOT / "extension/gmail/preview").glob("*.js"), ROOT / "extension/texts/preview/ja.js"]
    assert 0 < sum(path.stat().st_size for path in files) <= 12_000


async def _insert(panel: Locator) -> None:
    await panel.get_by_role("button", name="Insert", exact=True).click()


async def _open_format(window: Gmail) -> Locator:
    """Open the panel, and in it how the link is inserted."""
    panel = await window.open_panel()
    await panel.get_by_role("button", name="Format").click()
    await panel.get_by_label("Language").wait_for()
    return panel


async def _preview(panel: Locator) -> Locator:
    """What the preview shows of the formatted message; of times, after the button is pressed."""
    button, mail = (
        panel.get_by_role("button", name="Preview"),
        panel.get_by_role("group", name="Formatted message"),
    )
    if await button.is_visible():
        await button.click()
    await mail.wait_for()
    return mail


async def _write_to(window: Gmail, email: str) -> None:
    """Make this the address of the first recipient."""
    chip = window.page.locator("[name=to] [role=option]").first
    await chip.evaluate("(chip, email) => chip.setAttribute('data-hovercard-id', email)", email)


async def _panel_for(window: Gmail, email: str) -> Locator:
    await _write_to(window, email)
    return await _open_format(window)


async def _language(window: Gmail, email: str) -> str:
    """The language that the panel offers for a recipient."""
    panel = await _panel_for(window, email)
    return await panel.get_by_label("Language").input_value()
