"""The way of a run through steps and branches."""

from __future__ import annotations

import pytest

from admitone.domain.workflows.moves import Route
from admitone.domain.workflows.steps import AddTags, Branch, Condition, Step, Stop, Wait, When
from tests.support.workflows.facts import a_contact, some_facts


def tags(name: str) -> AddTags:
    return AddTags(id=name, tags=(name,))


def has_tag(tag: str) -> When:
    return When("all", (Condition("contact.tags", "is", tag),))


STEPS: tuple[Step, ...] = (
    Branch(
        id="vip",
        when=has_tag("vip"),
        then=(tags("a"), Branch(id="old", when=has_tag("old"), then=(tags("b"),)), tags("c")),
        else_=(tags("d"), Stop(id="end")),
    ),
    Branch(id="nothing", when=has_tag("vip")),
    Wait(id="wait"),
)
ROUTE = Route(STEPS)


def way(*contact_tags: str) -> list[str]:
    """The steps that a contact with these tags passes."""
    facts = some_facts(contact=a_contact(tags=contact_tags))
    move, passed = ROUTE.begin(facts), []
    while move.step is not None:
        passed.append(move.step.id)
        move = ROUTE.after(move.step, facts)
    return passed


@pytest.mark.parametrize(
    ("contact_tags", "passed"),
    [
        (("vip",), ["a", "c", "wait"]),
        (("vip", "old"), ["a", "b", "c", "wait"]),
        ((), ["d", "end", "wait"]),
    ],
)
def test_branches_lead_on_to_the_step_after(contact_tags: tuple[str, ...], passed: list[str]) -> None:
    assert way(*contact_tags) == passed


def test_a_move_says_what_was_decided() -> None:
    move = ROUTE.begin(some_facts())
    assert [(decision.branch.id, decision.holds) for decision in move.decisions] == [("vip", False)]
    end = ROUTE.after(STEPS[-1], some_facts())
    assert (end.step, end.decisions) == (None, [])


def test_a_branch_is_decided_when_it_is_reached() -> None:
    first = ROUTE.begin(some_facts(contact=a_contact(tags=("vip",)))).step
    assert first is not None
    later = ROUTE.after(first, some_facts(contact=a_contact(tags=("old",)))).step
    assert later is not None
    assert later.id == "b"


def test_positions_are_in_reading_order() -> None:
    assert [step.id for step in ROUTE.steps] == "vip a old b c d end nothing wait".split()  # noqa: SIM905
    assert [ROUTE.position(step) for step in ROUTE.steps] == [*range(9)]


def test_no_steps() -> None:
    assert Route(()).begin(some_facts()).step is None
