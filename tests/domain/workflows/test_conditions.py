"""What an If/else decides on."""

from __future__ import annotations

import msgspec
import pytest

from admitone.domain.links.link import LinkState
from admitone.domain.workflows.conditions import condition_holds, holds
from admitone.domain.workflows.facts import BookingFacts, LinkFacts
from admitone.domain.workflows.steps import Condition, When
from tests.support.workflows.facts import BOOKED, OPENED, SCHEDULED, UNSEEN, a_contact, some_facts

CARLA = a_contact(tags=("vip", "trial user"), fields={"company": "Straße & Co", "note": " "}, phone="")
POSITIVE_AND_NEGATED = [("is", "is_not"), ("contains", "contains_not"), ("set", "not_set")]


@pytest.mark.parametrize(
    ("about", "operator", "value", "expected"),
    [
        ("contact.first_name", "is", " CARLA ", True),
        ("contact.first_name", "contains", "arl", True),
        ("contact.first_name", "is", "Carl", False),
        ("contact.email", "contains", "@EXAMPLE.", True),
        ("contact.phone", "set", "", False),
        ("contact.locale", "set", "", False),
        ("contact.timezone", "is", "europe/paris", True),
        ("contact.fields.company", "is", "STRASSE & CO", True),
        ("contact.fields.note", "set", "", False),
        ("contact.fields.nothing", "set", "", False),
        ("contact.fields.nothing", "is", "", True),
        ("contact.tags", "is", "VIP", True),
        ("contact.tags", "contains", "Trial  User", True),
        ("contact.tags", "contains", "trial", False),
        ("contact.tags", "set", "", True),
        ("contact.__class__", "set", "", False),
    ],
)
def test_what_is_known_of_the_contact(about: str, operator: str, value: str, *, expected: bool) -> None:
    positive = Condition(about, operator, value)  # type: ignore[arg-type]
    negated = Condition(about, dict(POSITIVE_AND_NEGATED)[operator], value)  # type: ignore[arg-type]
    facts = some_facts(contact=CARLA)
    assert condition_holds(positive, facts) is expected
    assert condition_holds(negated, facts) is not expected


@pytest.mark.parametrize(
    ("link", "values"),
    [
        (None, set()),
        (UNSEEN, {"active"}),
        (OPENED, {"active", "opened"}),
        (BOOKED, {"booked", "opened"}),
        (LinkFacts(LinkState.EXPIRED), {"expired"}),
        (LinkFacts(LinkState.REVOKED, is_opened=True), {"revoked", "opened"}),
        (LinkFacts(LinkState.UNAVAILABLE), set()),
    ],
)
def test_the_state_of_the_link(link: LinkFacts | None, values: set[str]) -> None:
    facts = some_facts(link=link)
    tried = ("opened", "booked", "active", "expired", "revoked")
    assert {value for value in tried if condition_holds(Condition("link", "is", value), facts)} == values
    assert condition_holds(Condition("link", "set"), facts) is (link is not None)


def test_the_state_of_the_booking() -> None:
    moved = some_facts(booking=msgspec.structs.replace(SCHEDULED, status="rescheduled"))
    assert condition_holds(Condition("booking", "is", "rescheduled"), moved)
    assert condition_holds(Condition("booking", "is", "scheduled"), moved)
    assert condition_holds(Condition("booking", "is_not", "completed"), moved)
    first = some_facts(booking=SCHEDULED)
    assert condition_holds(Condition("booking", "is_not", "rescheduled"), first)
    assert condition_holds(Condition("booking", "set"), some_facts(booking=BookingFacts("cancelled", 1, 2)))
    assert condition_holds(Condition("booking", "not_set"), some_facts())
    assert not condition_holds(Condition("booking", "is", "cancelled"), some_facts())


def test_all_and_any() -> None:
    right, wrong = Condition("contact.tags", "is", "vip"), Condition("contact.tags", "is", "no")
    facts = some_facts(contact=CARLA)
    assert holds(When("all", (right, right)), facts)
    assert not holds(When("all", (right, wrong)), facts)
    assert holds(When("any", (wrong, right)), facts)
    assert not holds(When("any", (wrong, wrong)), facts)
