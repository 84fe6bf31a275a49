"""What is inserted in each place of a message: spaces, line breaks, links, styles, and undo in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.links.card import Button, card_html

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.extension.browser import Extension

pytestmark = pytest.mark.browser

LINK = '<a href="https://book.acme.test/.x">Meet Ada</a>'
URL = "https://book.acme.test/.x"

# A message with its caret `|` or its selection in `[` and `]`, and the message with the link `@`.
PLACES = {
    # a space before it, if a word or the end of a sentence precedes
    "<div>Hello|</div>": "<div>Hello @ </div>",
    "<div>Hello.|</div>": "<div>Hello. @ </div>",
    "<div>Here:|</div>": "<div>Here: @ </div>",
    "<div>(or 2)|</div>": "<div>(or 2) @ </div>",
    '<div>"so"|</div>': '<div>"so" @ </div>',
    "<div><b>Hello|</b></div>": "<div><b>Hello</b> @ </div>",
    # none at the start of a line, after a blank, and after an opening mark
    "<div>|<br></div>": "<div>@ </div>",
    "<div>Hello</div><div>|<br></div>": "<div>Hello</div><div>@ </div>",
    "Hello<br>|<br>": "Hello<br>@ ",
    "<div>Hello</div>|Bye": "<div>Hello</div>@ Bye",
    "<ul><li>one</li><li>|<br></li></ul>": "<ul><li>one</li><li>@ </li></ul>",
    "<div>Hello |</div>": "<div>Hello @ </div>",
    "<div>Hello&nbsp;|</div>": "<div>Hello @ </div>",
    "<div>(|)</div>": "<div>(@)</div>",
    "<div>«|»</div>": "<div>«@»</div>",
    '<div>see "|"</div>': '<div>see "@"</div>',
    # a space after it, except before a blank or a mark
    "<div>Hello brave| world</div>": "<div>Hello brave @ world</div>",
    "<div>Hello |world</div>": "<div>Hello @ world</div>",
    "<div>Hello brave |, world</div>": "<div>Hello brave @, world</div>",
    "<div>Hello|.</div>": "<div>Hello @.</div>",
    "<div>Hello|(world)</div>": "<div>Hello @ (world)</div>",
    "<div>|Hello</div>": "<div>@ Hello</div>",
    "<div>Hello|<br>world</div>": "<div>Hello @ <br>world</div>",
    # no spaces between words of Chinese and Japanese
    "<div>こちら|からどうぞ。</div>": "<div>こちら@からどうぞ。</div>",
    # a selection is replaced
    "<div>Hello [brave] world</div>": "<div>Hello @ world</div>",
    "<div>[Hello brave world]</div>": "@ ",
    # a link cannot be in a link
    '<div>See <a href="/one">the p|age</a> now</div>': '<div>See <a href="/one">the page</a> @ now</div>',
    '<div><a href="/one">page|</a></div>': '<div><a href="/one">page</a> @ </div>',
    '<div><a href="/one">|page</a></div>': '<div>@ <a href="/one">page</a></div>',
    '<div><a href="/one"><b>th[e]</b> page</a></div>': '<div><a href="/one"><b>the</b> page</a> @ </div>',
    '<div>See <a href="/one">[page]</a> now</div>': "<div>See @ now</div>",
    '<div>See <a href="/one">pa[ge</a> now] it</div>': '<div>See <a href="/one">page</a> @ it</div>',
}
PLAIN = {
    "Hello|": "Hello @ ",
    "Hello |": "Hello @ ",
    "Hello\n|\nBye": "Hello\n@ \nBye",
    "Hello brave| world": "Hello brave @ world",
    "Hello (|) world": "Hello (@) world",
    "Hello|, world": "Hello @, world",
    "|Hello": "@ Hello",
    "Hello [brave] world": "Hello @ world",
}
LISTS = {
    "<div>|<br></div>": "<div>@ </div>",
    "<div>Hello|</div>": "<div>Hello </div>@ ",
    "<div>Hello |world</div>": "<div>Hello <br>@<br>world</div>",
    "Hello|": "Hello <br>@ ",
    "<div>Hello<br>|<br>Bye</div>": "<div>Hello<br>@ <br>Bye</div>",
}


async def test_a_link_has_the_spaces_around_that_a_person_would_type(extension: Extension) -> None:
    page = await extension.open("options/options.html")
    for message, expected in PLACES.items():
        found = await _insert(page, message, LINK)
        assert found["html"] == expected.replace("@", LINK), message
        assert found["undone"] == found["before"], message


async def test_an_address_in_plain_text_too(extension: Extension) -> None:
    page = await extension.open("options/options.html")
    for message, expected in PLAIN.items():
        found = await _insert(page, message, LINK, is_plain=True)
        assert found["text"] == expected.replace("@", URL), message
        assert found["undone"] == found["before"], message


async def test_a_list_begins_and_ends_lines(extension: Extension) -> None:
    page = await extension.open("options/options.html")
    two = f"{LINK}<br>{LINK}"
    for message, expected in LISTS.items():
        found = await _insert(page, message, two, is_list=True)
        assert found["html"] == expected.replace("@", two), message
        assert found["undone"] == found["before"], message


async def test_text_that_is_typed_next_is_not_in_the_link(extension: Extension) -> None:
    page = await extension.open("options/options.html")
    for message in PLACES:
        found = await _insert(page, message, LINK, typed="Bye")
        assert f"{LINK}" in found["typed"], message
        assert "Bye" in found["typed"].replace(LINK, ""), message


async def test_styles_of_the_page_are_removed_and_those_of_the_content_and_of_the_message_stay(
    extension: Extension,
) -> None:
    card = card_html(
        "Meet Ada",
        "30 min",
        [("Monday", [Button("09:00", URL), Button("10:00", URL)])],
        Button("See all times", URL),
        "Times are in Paris time.",
        accent="#b93a28",
        direction="ltr",
    )
    page = await extension.open("options/options.html")
    for content in (LINK, f"Choose a time: {LINK}.", f"Hi Carla,<br>{LINK}", card):
        for message in STYLED:
            found = await _insert(page, message, content, is_list=content is card)
            assert set(found["styles"]) == set(found["expected_styles"]), (message, content[:20])
            if content is card:
                assert found["content"] in found["html"], message
            assert found["undone"] == found["before"], message


STYLED = [
    "<div>|<br></div>",
    "<div>Hello|</div>",
    "<div>|Hello</div>",
    '<div style="color: red">Hello| brave world</div>',
    '<div>Hello <span style="color: red">bra|ve</span> world</div>',
    '<div>Hello <span style="color: red">brave|</span></div>',
    '<div>Hello <b style="font-size: 20px">brave [world</b></div><div>and] more</div>',
]


async def _insert(
    page: Page, message: str, html: str, *, is_plain: bool = False, is_list: bool = False, typed: str = ""
) -> dict[str, Any]:
    """Insert content at the caret of a message in a dark page; what the message is after each step."""
    content = {"html": html, "text": URL, "isList": is_list}
    found: dict[str, Any] = await page.evaluate(INSERT, [message, content, is_plain])
    if typed:
        await page.keyboard.type(typed)
        found["typed"] = await page.evaluate(HTML)
        return found
    await page.keyboard.press("Control+z")
    found["undone"] = await page.evaluate(HTML)
    return found


HTML = "document.querySelector('[role=textbox]').innerHTML"
INSERT = """async ([message, content, isPlain]) => {
  const { insert } = await import("/extension/gmail/insert.js");
  document.body.innerHTML = '<div class="Ap"><div role="textbox" g_editable="true"></div></div>';
  document.body.style.cssText = "background: #111; color: #eee; font: 13px Roboto, sans-serif";
  const body = document.querySelector("[role=textbox]");
  body.contentEditable = isPlain ? "plaintext-only" : "true";
  body.style.whiteSpace = isPlain ? "pre-wrap" : "";
  if (isPlain) body.textContent = message;
  else body.innerHTML = message;
  const range = document.createRange();
  const nodes = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    for (const [mark, edge] of [["|", "both"], ["[", "start"], ["]", "end"]]) {
      const at = node.data.indexOf(mark);
      if (at < 0) continue;
      node.deleteData(at, 1);
      if (edge !== "end") range.setStart(node, at);
      if (edge !== "start") range.setEnd(node, at);
    }
  }
  for (const text of [...body.querySelectorAll("*"), body].flatMap((one) => [...one.childNodes]))
    if (text instanceof Text && !text.data) {
      const place = [...text.parentNode.childNodes].indexOf(text);
      const parent = text.parentNode;
      text.remove();
      if (!parent.contains(range.startContainer)) range.setStart(parent, place);
    }
  body.focus();
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const styles = (root) => [...root.querySelectorAll("[style]")].map((one) => one.getAttribute("style"));
  const own = new DOMParser().parseFromString(content.html, "text/html");
  const before = body.innerHTML;
  const kept = styles(body);
  const isInserted = insert(body, content);
  const plain = (text) => text.replaceAll("&nbsp;", " ").replaceAll("\\u00a0", " ");
  return {
    isInserted, before, html: plain(body.innerHTML), text: plain(body.textContent), styles: styles(body),
    content: plain(own.body.innerHTML), expected_styles: [...kept, ...styles(own)],
  };
}"""
