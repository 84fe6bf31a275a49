"""Input that `admitone slots` refuses, and the place that it names."""

from __future__ import annotations

import pytest

from tests.support.commands.slots_case import CASE, HOST, host, invoke, with_event_type


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"now": None}, "now"),
        ({"now": "yesterday"}, "now"),
        ({"from": "2026-03-02T00:00:00"}, "from"),
        ({"to": "2026-02-30T00:00:00Z"}, "to"),
        ({"until": "2026-03-02T00:00:00Z"}, "until"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"event_type": {}}, "event_type.duration_minutes"),
        ({"event_type": {"duration_minutes": 0}}, "event_type.duration_minutes"),
        ({"event_type": {"duration_minutes": 1441}}, "event_type.duration_minutes"),
        ({"event_type": {"duration_minutes": "30"}}, "event_type.duration_minutes"),
        ({"event_type": {"duration_minutes": 30, "increment_minutes": 0}}, "event_type.increment_minutes"),
        ({"event_type": {"duration_minutes": 30, "max_per_day": 0}}, "event_type.max_per_day"),
        ({"event_type": {"duration_minutes": 30, "notice": 5}}, "event_type.notice"),
        (with_event_type(window={"kind": "rolling_days", "days": -1}), "event_type.window.days"),
        (
            with_event_type(window={"kind": "dates", "from": "2026-03-03", "to": "2026-03-02"}),
            "event_type.window.to",
        ),
        ({"assignment": "some"}, "assignment"),
        ({"assignment": "single", "hosts": [HOST, host("bob")]}, "assignment"),
        ({"hosts": []}, "assignment"),
        ({"assignment": "all", "groups": [["ann"]]}, "assignment"),
        ({"groups": [["ann"], ["bob"]]}, "groups.1.0"),
        ({"assignment": "any", "hosts": [HOST, HOST]}, "hosts.1.id"),
        ({"hosts": [{"id": "ann"}]}, "hosts.0.timezone"),
        ({"hosts": [host("ann", timezone="Mars/Olympus")]}, "hosts.0.timezone"),
        ({"hosts": [host("ann", weekly={"mon": [["9:00", "10:00"]]})]}, "hosts.0.weekly.mon.0"),
        ({"hosts": [host("ann", weekly={"mon": ["09:00"]})]}, "hosts.0.weekly.mon.0"),
        ({"hosts": [host("ann", overrides={"2026-02-29": []})]}, "hosts.0.overrides.2026-02-29"),
        ({"hosts": [host("ann", busy=[["2026-03-02T00:00:00Z"]])]}, "hosts.0.busy.0"),
        ({"hosts": [host("ann", busy=[["2026-03-02T00:00:00Z", 5]])]}, "hosts.0.busy.0.1"),
        ({"hosts": [host("ann", bookings=[{"start": "2026-03-02T00:00:00Z"}])]}, "hosts.0.bookings.0.end"),
    ],
)
def test_bad_input_is_refused_with_its_place(change: dict[str, object], place: str) -> None:
    result = invoke(CASE | change)
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [place]
    in_a_list = invoke([CASE, CASE | change])
    assert (in_a_list.exit_code, in_a_list.stdout) == (2, "")
    assert [line.partition(": ")[0] for line in in_a_list.stderr.splitlines()] == [f"1.{place}"]


@pytest.mark.parametrize("text", ["", "{", "nonsense", b"\xff", "[" * 100_000, '{"now": "\\ud800"}'])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    result = invoke(text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("The input is not JSON in UTF-8")


@pytest.mark.parametrize("text", ["5", "null", '"now"', "[5]", "[[]]"])
def test_what_is_no_case_is_refused(text: str) -> None:
    result = invoke(text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "must be" in result.stderr


def test_several_mistakes_are_told_at_once() -> None:
    result = invoke(CASE | {"timezone": "Nowhere", "hosts": [host("ann", timezone="Elsewhere")]})
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
        "timezone",
        "hosts.0.timezone",
    ]
