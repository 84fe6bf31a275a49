"""What GitHub does with changes and tags, and its forms for issues."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github"
WORKFLOW: Any = msgspec.yaml.decode((FOLDER / "workflows/check.yml").read_bytes())
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
FORMS = sorted(path for path in (FOLDER / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")


def test_it_runs_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    runs = [step.get("run", "") for step in STEPS]
    named = {name for run in runs for name in re.findall(r"^make ([a-z-]+)$", run, re.MULTILINE)}
    assert named == {"check", "release"}
    assert named <= targets


def test_only_the_step_that_publishes_may_write() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    writing = {name for name, job in WORKFLOW["jobs"].items() if "permissions" in job}
    assert writing == {"publish"}
    assert not [step for step in WORKFLOW["jobs"]["publish"]["steps"] if "checkout" in step.get("uses", "")]


def test_actions_are_named_with_their_version_and_jobs_end() -> None:
    uses = [step["uses"] for step in STEPS if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in uses)
    assert all(job["timeout-minutes"] <= 60 for job in WORKFLOW["jobs"].values())


def test_nothing_of_a_stranger_gets_into_a_shell() -> None:
    assert not [step["run"] for step in STEPS if "${{" in step.get("run", "")]


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_for_issues_is_one_that_github_takes(form: Path) -> None:
    found: Any = msgspec.yaml.decode(form.read_bytes())
    assert found.keys() == {"name", "description", "labels", "body"}
    assert f"*{found['name']}*" in (ROOT / "SUPPORT.md").read_text()
    inputs = [part for part in found["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in inputs} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert len({part["id"] for part in inputs}) == len(inputs)
    assert all(part["attributes"]["label"] for part in inputs)
