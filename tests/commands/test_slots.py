"""`admitone slots`: a described case in, its offered times out, and the reasons of the others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from admitone.commands.slots import slots_command
from admitone.domain.availability.case import RollingDays
from admitone.domain.bookings.policy import Policy
from admitone.domain.documents import encode_value
from admitone.domain.instant import Instant
from admitone.domain.pages.event_type import EventTypeBody, Location
from admitone.usecases.pages.event_types import EventTypeView
from tests.support.commands.slots_case import CASE, answer, host, invoke, starts, with_event_type

GUIDE = Path(__file__).parents[2] / "docs" / "availability.md"


def test_it_prints_the_offered_slots() -> None:
    assert answer(CASE)["slots"][0] == {
        "start": "2026-03-02T09:00:00Z",
        "end": "2026-03-02T09:30:00Z",
        "hosts": ["ann"],
    }
    assert starts(CASE) == ["09:00", "09:30", "10:00", "10:30"]


def test_a_list_answers_a_list() -> None:
    assert answer([CASE, CASE]) == [answer(CASE)] * 2
    assert answer([]) == []


def test_a_file_is_read_as_standard_input_is(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE))
    assert CliRunner().invoke(slots_command, [str(file)]).stdout == invoke(CASE).stdout
    assert CliRunner().invoke(slots_command, [str(tmp_path / "none.json")]).exit_code == 2


def test_a_slot_starts_at_or_after_from_and_ends_at_or_before_to() -> None:
    asked = CASE | {"from": "2026-03-02T09:00:01Z", "to": "2026-03-02T10:30:00Z"}
    assert starts(asked) == ["09:30", "10:00"]
    assert starts(asked | {"to": "2026-03-02T10:29:59Z"}) == ["09:30"]
    assert starts(asked | {"to": "2026-03-01T00:00:00Z"}) == []


def test_what_is_left_out_takes_the_apis_defaults() -> None:
    assert starts(CASE | {"now": "2026-03-02T08:30:00Z"}) == ["09:30", "10:00", "10:30"]
    assert starts(CASE | {"now": "2025-12-31T00:00:00Z"}) == []
    assert starts(CASE | {"now": "2026-01-01T00:00:00Z"}) == ["09:00", "09:30", "10:00", "10:30"]
    assert starts(CASE | {"hosts": [{"id": "ann", "timezone": "UTC"}]}) == []


def test_windows_are_unlimited_rolling_or_dates() -> None:
    early = CASE | {"now": "2020-01-01T00:00:00Z"}
    assert len(starts(early | with_event_type(window=None) | {"now": early["now"]})) == 4
    dates = {"kind": "dates", "from": "2026-03-03", "to": "2026-03-04"}
    assert starts(with_event_type(window=dates)) == []
    assert len(starts(with_event_type(window={"kind": "rolling_days", "days": 1}))) == 4


def test_times_may_have_seconds_and_be_unsorted_and_overlap() -> None:
    untidy = host(
        "ann",
        weekly={"mon": [["10:00", "11:00:30"], ["09:00:30", "10:30"]]},
        busy=[
            ["2026-03-02T10:05:00Z", "2026-03-02T10:20:00Z"],
            ["2026-03-02T09:40:00Z", "2026-03-02T09:40:00Z"],
            ["2026-03-02T10:00:30Z", "2026-03-02T10:10:00+00:00"],
        ],
    )
    assert [slot["start"] for slot in answer(CASE | {"hosts": [untidy]})["slots"]] == [
        "2026-03-02T09:00:30Z",
        "2026-03-02T09:30:30Z",
        "2026-03-02T10:30:30Z",
    ]


def test_bookings_have_buffers_and_count_for_limits() -> None:
    booking = {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T09:30:00Z", "buffer_after_minutes": 15}
    booked = {"hosts": [host("ann", bookings=[booking])]}
    assert starts(CASE | booked) == ["10:00", "10:30"]
    assert starts(with_event_type(max_per_day=1) | booked) == []
    assert starts(with_event_type(max_per_week=2) | booked) == ["10:00", "10:30"]


def test_assignments() -> None:
    hosts = [host("ann"), host("bob", weekly={"mon": [["10:00", "11:30"]]})]
    any_of = answer(CASE | {"hosts": hosts, "assignment": "any"})["slots"]
    assert [(slot["start"][11:16], slot["hosts"]) for slot in any_of] == [
        ("09:00", ["ann"]),
        ("09:30", ["ann"]),
        ("10:00", ["ann", "bob"]),
        ("10:30", ["ann", "bob"]),
        ("11:00", ["bob"]),
    ]
    all_of = answer(CASE | {"hosts": hosts, "assignment": "all"})["slots"]
    assert [(slot["start"][11:16], slot["hosts"]) for slot in all_of] == [
        ("10:00", ["ann", "bob"]),
        ("10:30", ["ann", "bob"]),
    ]
    assert (
        answer(CASE | {"hosts": [], "assignment": "any"} | with_event_type(max_shown_per_day=1)) is not None
    )


def test_groups_name_the_hosts_of_each_and_hosts_stand_in_input_order() -> None:
    hosts = [host("ann"), host("bob"), host("eve")]
    groups = {"hosts": hosts, "groups": [["eve", "bob", "eve"], ["ann"]]}
    slot = answer(CASE | groups)["slots"][0]
    assert slot["groups"] == [["eve", "bob"], ["ann"]]
    assert slot["hosts"] == ["ann", "bob", "eve"]


def test_the_display_filter_picks_from_the_customers_whole_days() -> None:
    day = {"hosts": [host("ann", weekly={"mon": [["00:00", "24:00"]]})]}
    shown = with_event_type(duration_minutes=60, max_shown_per_day=3) | day
    assert starts(shown | {"timezone": "UTC"}) == ["00:00", "08:00", "16:00"]
    tokyo = shown | {"timezone": "Asia/Tokyo", "from": "2026-03-02T00:00:00Z", "to": "2026-03-03T00:00:00Z"}
    assert starts(tokyo) == ["00:00", "05:00", "10:00", "15:00", "18:00", "21:00"]
    in_part = shown | {"timezone": "UTC", "from": "2026-03-02T08:00:00Z", "to": "2026-03-02T16:00:00Z"}
    assert starts(in_part) == ["08:00"]


def test_explained_are_all_other_times_of_the_grid() -> None:
    busy = host("ann", busy=[["2026-03-02T09:30:00Z", "2026-03-02T10:00:00Z"]])
    document = with_event_type(duration_minutes=50, increment_minutes=30, max_shown_per_day=1)
    found = answer(document | {"hosts": [busy], "now": "2026-03-02T07:00:00Z"}, "--explain")
    assert [slot["start"][11:16] for slot in found["slots"]] == ["10:00"]
    assert [(time["start"][11:16], time["why"], time["hosts"]) for time in found["not_offered"]] == [
        ("09:00", "busy", {"ann": "busy"}),
        ("09:30", "busy", {"ann": "busy"}),
        ("10:30", "outside_hours", {"ann": "outside_hours"}),
    ]
    hidden = answer(with_event_type(max_shown_per_day=2), "--explain")["not_offered"]
    assert [(time["start"][11:16], time["why"], time["hosts"]) for time in hidden] == [
        ("09:30", "not_shown", {}),
        ("10:30", "not_shown", {}),
    ]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_ends_of_the_calendar_are_no_error(zone: str) -> None:
    first, last = "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"
    booking = {"start": last, "end": last}
    ends = {"timezone": zone, "hosts": [host("ann", timezone=zone, bookings=[booking])]}
    limited = with_event_type(max_per_week=1, max_per_day=1, max_shown_per_day=1, window=None)
    for now in (first, last):
        assert answer(limited | ends | {"now": now, "from": last, "to": last}) == {"slots": []}
        assert answer(limited | ends | {"now": now, "from": first, "to": first}) == {"slots": []}
    rolling = with_event_type(window={"kind": "rolling_days", "days": 10**15})
    assert starts(rolling | {"from": "2026-03-02T00:00:00Z"}) == ["09:00", "09:30", "10:00", "10:30"]


def test_the_guides_case_is_answered_as_it_says() -> None:
    example, explained = re.findall(r"```json\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    found = answer(example, "--explain")
    assert json.loads(explained) in found["not_offered"]
    assert found["slots"]


def test_an_event_type_as_the_api_answers_it_is_taken_as_it_is() -> None:
    whole = with_event_type(
        name="Intro call",
        description="",
        location={"kind": "phone", "detail": ""},
        policy={"cancel": {"allow": "anytime", "minutes": None}},
        id="m9a1kfz9vd0d1tr8",
        url="https://book.example/api/v1/event-types/m9a1kfz9vd0d1tr8",
        created_at="2026-11-21T02:29:21Z",
    )
    assert answer(whole) == answer(CASE)


def test_every_field_of_the_apis_event_type_is_taken_with_all_of_them_set() -> None:
    view = EventTypeView(
        name="Intro call",
        duration_minutes=30,
        description="We talk.",
        location=Location("phone", "+33 1 23 45 67 89"),
        increment_minutes=30,
        buffer_before_minutes=0,
        buffer_after_minutes=0,
        min_notice_minutes=60,
        window=RollingDays(60),
        max_per_day=9,
        max_per_week=9,
        max_shown_per_day=9,
        policy=Policy(text="Please be on time."),
        reminders=[1440, 60],
        id="m9a1kfz9vd0d1tr8",
        url="https://book.example/api/v1/event-types/m9a1kfz9vd0d1tr8",
        created_at=Instant.parse("2026-11-21T02:29:21Z"),
    )
    whole = json.loads(msgspec.json.encode(view, enc_hook=encode_value))
    assert [name for name, value in whole.items() if value is None] == []
    assert answer(CASE | {"event_type": whole}) == answer(CASE)
    written = {name: whole[name] for name in EventTypeBody.__struct_fields__}
    assert answer(CASE | {"event_type": written}) == answer(CASE)
