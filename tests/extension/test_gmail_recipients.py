"""Who the recipients are, in each kind of compose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.links.link import Person
from admitone.domain.text import LINE, name_problems
from tests.support.extension.gmail import COMPOSES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.extension.browser import Extension

    RecipientsOf = Callable[[str], Awaitable[list[Person]]]

pytestmark = pytest.mark.browser

CARLA = Person("Carla Customer", "carla@customer.test")
DORA = Person("Dora Customer", "dora@customer.test")
COPIED = Person("Copied", "copied@customer.test")


async def test_recipients_of_a_message_are_those_in_to(recipients: RecipientsOf) -> None:
    assert await recipients("popup") == [CARLA]
    assert await recipients("renamed") == [CARLA]
    assert await recipients("reply") == [DORA]
    assert await recipients("unclassed") == [CARLA]
    assert await recipients("rtl") == [Person("נועה לקוחה", "noa@customer.test")]
    assert await recipients("popped_out") == [
        Person("Customer, Emil", "emil@customer.test"),
        Person("fay", "fay@customer.test"),
    ]
    assert await recipients("fullscreen") == []


async def test_each_of_many_recipients_is_found_once(recipients: RecipientsOf) -> None:
    for count in (20, 120):
        found = await recipients(f"recipients_{count}")
        assert [person.email for person in found] == [
            f"guest{place}@customer.test" for place in range(1, count + 1)
        ]


async def test_chips_in_the_message_itself_are_no_recipients(recipients: RecipientsOf) -> None:
    assert await recipients("pasted") == []


async def test_in_a_folded_row_those_in_cc_are_not_taken_for_those_in_to(recipients: RecipientsOf) -> None:
    assert await recipients("collapsed_one") == [DORA]
    assert await recipients("collapsed_fields") == [DORA]
    # Nothing tells them apart: with two, the person has to choose.
    assert await recipients("collapsed") == [DORA, COPIED]


async def test_names_are_cut_and_addresses_checked_as_the_api_does(recipients: RecipientsOf) -> None:
    long, lines = await recipients("names")
    assert (len(long.name), long.email) == (LINE, "long@customer.test")
    assert long.name.startswith("🦊" * 150 + "x")
    assert name_problems("name", long.name) == []
    assert lines == Person("Two lines", "lines@customer.test")


@pytest.fixture
async def recipients(extension: Extension) -> RecipientsOf:
    """A function that finds the recipients in a kind of compose."""
    page = extension.own_page

    async def recipients_of(kind: str) -> list[Person]:
        markup = (COMPOSES / f"{kind}.html").read_text()
        found: list[dict[str, Any]] = await page.evaluate(RECIPIENTS, markup)
        return [Person(**person) for person in found]

    return recipients_of


RECIPIENTS = """async (markup) => {
  document.body.innerHTML = markup;
  const { findBodies } = await import("/extension/gmail/compose.js");
  const { recipientsOf } = await import("/extension/gmail/recipients.js");
  const [root] = [...findBodies().values()].filter(Boolean);
  return recipientsOf(root);
}"""
