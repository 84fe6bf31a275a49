"""The names in a template, found without rendering it."""

from __future__ import annotations

import pytest

from admitone.domain.workflows.known import NameUse, Trial
from admitone.mail import liquid_names
from admitone.mail.liquid_names import LiquidTemplates
from tests.mail.test_liquid import BOUNDLESS

TEMPLATES = LiquidTemplates()


def names(source: str) -> list[str]:
    return [use.name for use in TEMPLATES.read(source).names]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Hello", []),
        ("{{ a.b }} {{ c }}", ["a.b", "c"]),
        ("{{ a | append: b | default: c.d }}", ["a", "b", "c.d"]),
        ("{{ a[b.c] }}", ["a[b.c]", "b.c"]),
        ("{% assign x = a %}{{ x }}{{ x.y }}", ["a", "x.y"]),
        ("{% for x in a limit: b %}{{ x }}{{ forloop.index }}{% endfor %}{{ x }}", ["a", "b", "x"]),
        (
            "{% if a == b and c %}{% elsif d %}{{ e }}{% else %}{{ f }}{% endif %}",
            ["a", "b", "c", "d", "e", "f"],
        ),
        ("{% case a %}{% when b %}{{ c }}{% else %}{{ d }}{% endcase %}", ["a", "b", "c", "d"]),
        ("{% unless a %}{{ b }}{% endunless %}{% echo c %}", ["a", "b", "c"]),
        ("{% if a %}{% assign x = 1 %}{{ x }}{% endif %}{{ x }}", ["a", "x"]),
        ("{{ '{{ a }}' }}{% raw %}{{ a }}{% endraw %}", []),
    ],
)
def test_names(source: str, found: list[str]) -> None:
    assert names(source) == found


def test_lines_and_names_that_are_made() -> None:
    use = TEMPLATES.read("one\n{% assign x = 1 %}\n{% for y in a %}{% endfor %}")
    assert use.names == (NameUse("a", 3),)
    assert use.made == {"x", "y", "forloop"}
    assert use.problem is None


@pytest.mark.parametrize("source", BOUNDLESS, ids=lambda source: source[:30])
def test_reading_what_has_no_end_comes_to_an_end(source: str) -> None:
    use = TEMPLATES.read(source)
    problem = (
        use.problem or TEMPLATES.trial(source, {"name": "", "nothing": "", "list": [], "long": ""}).problem
    )
    assert problem is None or problem.endswith(".")


def test_templates_are_not_tried_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LiquidTemplates().trial("{{ a }}", {}) == Trial(problem="There is no a.")
    assert LiquidTemplates().trial("{{ a }}", {"a": 1}) == Trial("1")
    monkeypatch.setattr(liquid_names, "SECONDS_OF_ALL", 0.0)
    assert LiquidTemplates().trial("{{ a }}", {}) == Trial()
