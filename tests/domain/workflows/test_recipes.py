"""The drafts to start from: only what differs between workspaces is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
import pytest

from admitone.domain.workflows.check import publish_problems
from admitone.domain.workflows.example_values import example_values
from admitone.domain.workflows.recipes import RECIPES, RecipeName
from admitone.domain.workflows.steps import Branch, GenerateLink, SendEmail, Step
from admitone.mail.liquid import render
from tests.support.workflows.known import what_there_is

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import WorkflowBody


def missing(body: WorkflowBody) -> set[str]:
    """The names of the fields that are missing."""
    return {problem.field.split(".")[-1] for problem in publish_problems(body, what_there_is())}


def completed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(
        msgspec.structs.replace(step, page="page1") if isinstance(step, GenerateLink) else step
        for step in steps
    )


def test_all_recipes_are_there() -> None:
    assert tuple(RECIPES) == get_args(RecipeName)


@pytest.mark.parametrize("name", RECIPES)
def test_a_page_and_a_sender_are_all_that_is_missing(name: RecipeName) -> None:
    body = RECIPES[name].draft(str)
    assert body.name == RECIPES[name].name
    assert missing(body) == {"page", "sender"}
    steps = completed(tuple(body.steps))
    assert not missing(msgspec.structs.replace(body, sender="hanna", steps=steps))


def test_a_contact_without_a_name_is_greeted_without_one() -> None:
    [_, mail, *_] = RECIPES["new-lead"].draft(str).steps
    assert isinstance(mail, SendEmail)
    groups = ["contact", "user", "workspace", "generate_one_time_booking_link"]
    whole, sparse = (render(mail.text, example_values(groups, sparse=sparse)) for sparse in (False, True))
    assert whole.startswith("Hello Carla,\n")
    assert sparse.startswith("Hello,\n")


def test_a_recipe_is_written_in_the_language_of_its_author() -> None:
    body = RECIPES["new-lead"].draft(lambda text: f"[{text}]")
    branch = body.steps[-1]
    assert isinstance(branch, Branch)
    said = [body.name, *(getattr(step, "text", "[]") for step in (*body.steps, *branch.else_))]
    assert all(text.startswith("[") for text in said)
