"""The alert rules and the dashboard ask for what `/metrics` has, and each alert is explained."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import promql_parser
import pytest

from tests.support.figures import labels_of_samples
from tests.support.promql import asked_by

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
OPERATING = (ROOT / "docs/operating.md").read_text()
RULES = ROOT / "deploy/prometheus/alerts.yml"
DASHBOARD = ROOT / "deploy/grafana/admitone.json"
OF_PROMETHEUS: dict[str, dict[str, set[str]]] = {"up": {}}
"""What Prometheus itself knows of a server, with labels besides those that it adds."""
ADDED = {"job", "instance"}
"""The labels that Prometheus adds to each sample."""
OPEN = {"route", "status", "method", "limit", "le"}
"""Labels whose values the samples here do not show whole."""


class Rule(msgspec.Struct, forbid_unknown_fields=True, rename={"lasts": "for"}):
    """One alert, as Prometheus reads it."""

    alert: str
    expr: str
    labels: dict[str, str]
    annotations: dict[str, str]
    lasts: str = "0s"


class Group(msgspec.Struct, forbid_unknown_fields=True):
    """A group of alerts."""

    name: str
    rules: list[Rule]


class RuleFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file of rules."""

    groups: list[Group]


ALERTS = [
    rule for group in msgspec.yaml.decode(RULES.read_bytes(), type=RuleFile).groups for rule in group.rules
]


def panels() -> Iterator[Any]:
    """The panels of the dashboard that show something."""
    yield from (panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row")


QUERIES = [rule.expr for rule in ALERTS] + [
    target["expr"].replace("$__rate_interval", "1m").replace("$job", "admitone")
    for panel in panels()
    for target in panel["targets"]
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_asks_for_samples_and_labels_that_exist(query: str) -> None:
    known = {**labels_of_samples(), **OF_PROMETHEUS}
    asked = asked_by(query)
    assert asked.selectors
    for name, matchers in asked.selectors:
        assert name in known, query
        labels = known[name]
        for matcher in matchers:
            assert matcher.name in labels.keys() | ADDED, (name, matcher.name)
            if matcher.op == promql_parser.MatchOp.Equal and matcher.name not in OPEN | ADDED:
                assert matcher.value in labels[matcher.name], (name, matcher.name)
        assert asked.groups <= labels.keys() | ADDED, (name, asked.groups)


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule.alert)
def test_an_alert_says_whom_it_concerns_and_where_it_is_explained(rule: Rule) -> None:
    assert re.fullmatch(r"\d+[smhd]", rule.lasts)
    assert rule.labels.keys() == {"severity"}
    assert rule.labels["severity"] in {"page", "ticket"}
    assert rule.annotations.keys() == {"summary", "runbook"}
    assert rule.annotations["runbook"] == f"docs/operating.md#{rule.alert.lower()}"
    section = OPERATING.partition(f"\n### {rule.alert}\n")[2].partition("\n##")[0]
    assert section, rule.alert
    assert "**Do**" in section


def test_every_section_has_its_alert() -> None:
    names = [rule.alert for rule in ALERTS]
    assert len(set(names)) == len(names)
    assert re.findall(r"^### (AdmitOne\w+)$", OPERATING, re.MULTILINE) == names


def test_every_metric_is_in_the_guide_and_the_other_way_round() -> None:
    table = OPERATING.partition("| metric | labels")[2].partition("\n\n")[0]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("| `")]
    told = {name: set(_named(row[2])) for row in rows for name in _named(row[1])}
    real = {
        re.sub(r"_(bucket|sum|count)$", "", name): labels.keys() - {"le"}
        for name, labels in labels_of_samples().items()
        if not name.endswith("_created")
    }
    assert told == real


def test_every_metric_is_on_the_dashboard() -> None:
    shown = {name for query in QUERIES[len(ALERTS) :] for name, _ in asked_by(query).selectors}
    ours = {name for name in labels_of_samples() if not name.endswith("_created")}
    assert ours - shown == set()


def test_the_panels_do_not_overlap_and_say_what_they_show() -> None:
    taken: set[tuple[int, int]] = set()
    ids = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
        ids.add(panel["id"])
        assert panel["title"]
        assert panel["description"].endswith(".")
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
    assert len(ids) == len(list(panels()))


def test_prometheus_reads_the_rules_and_asks_for_the_job_that_they_name() -> None:
    settings: Any = msgspec.yaml.decode((RULES.parent / "prometheus.yml").read_bytes())
    assert settings["rule_files"] == [RULES.name]
    [job] = settings["scrape_configs"]
    jobs = {
        matcher.value
        for rule in ALERTS
        for _, matchers in asked_by(rule.expr).selectors
        for matcher in matchers
        if matcher.name == "job"
    }
    assert jobs == {job["job_name"]}


def _named(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)
