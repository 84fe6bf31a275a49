"""docs/workflows.md and docs/rules/workflows.md name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import msgspec

from admitone.domain.workflows.conditions import BOOKING_VALUES, LINK_VALUES
from admitone.domain.workflows.custom_values import LINK_STEP, VALUES
from admitone.domain.workflows.recipes import RECIPES
from admitone.domain.workflows.steps import DEEPEST, MOST_STEPS, Condition, Step, all_steps, kind_of
from admitone.domain.workflows.trigger import TriggerKind
from admitone.domain.workflows.workflow import LARGEST, WorkflowBody
from admitone.mail.liquid import TIME_FILTERS
from admitone.mail.liquid_names import SECONDS_OF_ALL

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "workflows.md").read_text("utf-8")
RULES = (DOCS / "rules" / "workflows.md").read_text("utf-8")


def section(title: str) -> str:
    """The part of the guide under this heading."""
    return re.split(r"^## ", GUIDE.split(f"## {title}\n")[1], flags=re.MULTILINE)[0]


def first_cells(title: str) -> list[str]:
    """The names in the first column of the section's table."""
    rows = re.findall(r"^\| (`.+?) \|", section(title), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([\w.]+)`", row)]


def test_triggers_and_steps() -> None:
    assert sorted(first_cells("Triggers")) == sorted(get_args(TriggerKind))
    kinds = [str(kind.__struct_config__.tag) for kind in get_args(Step)]
    assert first_cells("Steps") == kinds


def test_recipes() -> None:
    named = re.findall(r"^\| \*(.+?)\* \|", section("Recipes"), re.MULTILINE)
    assert named == [recipe.name for recipe in RECIPES.values()]


def test_custom_values() -> None:
    known = [f"{group}.{name}" for group, names in VALUES.items() for name in names]
    known += [f"{LINK_STEP}.{name}" for name in VALUES["link"]]
    named = [name for name in first_cells("Custom values") if not name.endswith("NAME")]
    assert sorted(named) == sorted(known)
    assert set(re.findall(r"\| (\w+_in):", GUIDE)) == TIME_FILTERS


def test_the_document_is_one() -> None:
    [document] = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    body = msgspec.convert(json.loads(document), WorkflowBody)
    assert [kind_of(step) for step in all_steps(body.steps)][-1] == "send_email"


def test_conditions() -> None:
    said = set(re.findall(r"`(\w+)`", section("A workflow as a document").split("```")[-1]))
    operators = get_args(Condition.__annotations__["is_"]) or get_args(
        next(field.type for field in msgspec.structs.fields(Condition) if field.name == "is_")
    )
    assert said >= {*operators, *LINK_VALUES, *BOOKING_VALUES}


def test_limits() -> None:
    assert f"at most {MOST_STEPS} steps, branches at most {DEEPEST} deep, and {LARGEST // 1024} kB" in RULES
    [decision] = DOCS.glob("decisions/060-*.md")
    assert f"at most {SECONDS_OF_ALL:.0f} seconds of the processor" in " ".join(decision.read_text().split())
