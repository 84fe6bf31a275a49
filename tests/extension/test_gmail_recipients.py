"""Who the recipients are, in each kind of compose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.links.link import Person
from admitone.domain.text import LINE, name_problems
from tests.support.extension.gmail import COMPOSES

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension

pytestmark = pytest.mark.browser

CARLA = Person("Carla Customer", "carla@customer.test")
DORA = Person("Dora Customer", "dora@customer.test")
COPIED = Person("Copied", "copied@customer.test")


async def test_recipients_of_a_message_are_those_in_to(extension: Extension) -> None:
    assert await _recipients(extension, "popup") == [CARLA]
    assert await _recipients(extension, "renamed") == [CARLA]
    assert await _recipients(extension, "reply") == [DORA]
    assert await _recipients(extension, "unclassed") == [CARLA]
    assert await _recipients(extension, "rtl") == [Person("נועה לקוחה", "noa@customer.test")]
    assert await _recipients(extension, "popped_out") == [
        Person("Customer, Emil", "emil@customer.test"),
        Person("fay", "fay@customer.test"),
    ]
    assert await _recipients(extension, "fullscreen") == []


@pytest.mark.parametrize("count", [20, 120])
async def test_each_of_many_recipients_is_found_once(extension: Extension, count: int) -> None:
    found = await _recipients(extension, f"recipients_{count}")
    assert [person.email for person in found] == [
        f"guest{place}@customer.test" for place in range(1, count + 1)
    ]


async def test_chips_in_the_message_itself_are_no_recipients(extension: Extension) -> None:
    assert await _recipients(extension, "pasted") == []


async def test_in_a_folded_row_those_in_cc_are_not_taken_for_those_in_to(extension: Extension) -> None:
    assert await _recipients(extension, "collapsed_one") == [DORA]
    assert await _recipients(extension, "collapsed_fields") == [DORA]
    # Nothing tells them apart: with two, the person has to choose.
    assert await _recipients(extension, "collapsed") == [DORA, COPIED]


async def test_names_are_cut_and_addresses_checked_as_the_api_does(extension: Extension) -> None:
    long, lines = await _recipients(extension, "names")
    assert (len(long.name), long.email) == (LINE, "long@customer.test")
    assert long.name.startswith("🦊" * 150 + "x")
    assert name_problems("name", long.name) == []
    assert lines == Person("Two lines", "lines@customer.test")


async def _recipients(extension: Extension, kind: str) -> list[Person]:
    page = await extension.open("options/options.html")
    found: list[dict[str, Any]] = await page.evaluate(RECIPIENTS, (COMPOSES / f"{kind}.html").read_text())
    await page.close()
    return [Person(**person) for person in found]


RECIPIENTS = """async (markup) => {
  document.body.innerHTML = markup;
  const { findBodies } = await import("/extension/gmail/compose.js");
  const { recipientsOf } = await import("/extension/gmail/recipients.js");
  const [root] = [...findBodies().values()].filter(Boolean);
  return recipientsOf(root);
}"""
