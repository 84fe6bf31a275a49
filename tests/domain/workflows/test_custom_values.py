"""What templates can name at each step, for the picker."""

from __future__ import annotations

import pytest

from admitone.domain.workflows.custom_values import (
    VALUES,
    available_at_steps,
    group_title,
    is_value,
    link_names,
    named_links,
    value_groups,
)
from admitone.domain.workflows.example_values import example_values
from admitone.domain.workflows.steps import AddTags, Branch, Condition, Step, Stop, When
from admitone.domain.workflows.trigger import Trigger
from admitone.mail.liquid import render
from tests.support.workflows.known import MAIL, MAKE_LINK, a_workflow

LINK = "generate_one_time_booking_link"
VIP = When("all", (Condition("contact.tags", "is", "vip"),))


def offered(*steps: Step, at: str, trigger: str = "manual", sender: str | None = "hanna") -> list[str]:
    """The names of the groups that the picker offers at a step."""
    body = a_workflow(*steps, trigger=Trigger(kind=trigger), sender=sender)  # type: ignore[arg-type]
    return [group.name for group in value_groups(body, at)]


def a_link(name: str) -> Step:
    return type(MAKE_LINK)(id=name, page="page1")


def test_groups_are_those_that_every_run_has_there() -> None:
    assert offered(at="make") == ["contact", "user", "workspace"]
    assert offered(at="mail") == ["contact", "user", "workspace", LINK]
    assert offered(
        MAKE_LINK, AddTags(id="tag", tags=("a",)), at="tag", trigger="booking.no_show", sender=None
    ) == [
        "contact",
        "workspace",
        "booking",
        LINK,
    ]
    assert offered(at="make", trigger="link.expired") == ["contact", "user", "workspace", "link"]
    in_one_branch = Branch(id="if", when=VIP, then=(MAKE_LINK,), else_=(a_link("b"), a_link("c")))
    assert offered(in_one_branch, MAIL, at="mail") == ["contact", "user", "workspace"]
    assert offered(in_one_branch, MAIL, at="c") == ["contact", "user", "workspace", f"{LINK}_2"]
    assert offered(at="a new step") == ["contact", "workspace"]


def test_links_are_numbered_in_reading_order() -> None:
    steps = (Branch(id="if", when=VIP, then=(a_link("a"),), else_=(a_link("b"),)), a_link("c"))
    assert link_names(steps) == {"a": LINK, "b": f"{LINK}_2", "c": f"{LINK}_3"}
    assert group_title(LINK) == "Generate one-time booking link"
    assert group_title(f"{LINK}_3") == "Generate one-time booking link 3"


def test_which_links_a_mail_names_the_addresses_of() -> None:
    text = f"Your link. {{{{ {LINK}_2.one_time_link }}}} {{{{ {LINK}.expires_at }}}}"
    assert named_links("", text) == {f"{LINK}_2"}
    assert named_links("{{ link['one_time_link'] }}", f"{{{{ {LINK}.one_time_link }}}}") == {"link", LINK}


def test_no_run_reaches_what_follows_a_stop() -> None:
    body = a_workflow(Stop(id="stop"), AddTags(id="tag", tags=("a",)))
    assert [*available_at_steps(body)] == ["stop"]


def test_values_are_offered_as_templates_that_work() -> None:
    body = a_workflow(trigger=Trigger(kind="booking.completed"))
    groups = value_groups(body, "mail", fields=["company"])
    names = [value.name for group in groups for value in group.values]
    assert "contact.fields.company" in names
    assert all(is_value(name) for name in names)
    assert [group.step for group in groups] == [None, None, None, None, "make"]
    values = example_values([group.name for group in groups])
    shown = {value.name: render(value.template, values) for group in groups for value in group.values}
    assert shown["contact.tags"] == "vip, trial"
    assert shown["booking.start"] == "Thursday, December 3, 2026"
    assert shown[f"{LINK}.one_time_link"] == "https://book.example.com/.EXAMPLE"
    assert all(shown[name] for name in names if name != "contact.fields.company")


@pytest.mark.parametrize("sparse", [False, True])
def test_examples_have_every_name_that_there_is(*, sparse: bool) -> None:
    values = example_values([*VALUES, LINK, f"{LINK}_2"], sparse=sparse)
    for group, labels in VALUES.items():
        assert set(labels) == set(values[group]) - {"fields"}
    assert set(values[f"{LINK}_2"]) == set(VALUES["link"])


@pytest.mark.parametrize(
    "name",
    ["contact", "contact.", "contact.fields", "contact.fields.", "contact.x", "x.name", "", f"{LINK}.id"],
)
def test_what_is_no_value(name: str) -> None:
    assert not is_value(name)
