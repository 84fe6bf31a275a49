"""The bytes of a list of times are those that the encoder of its structs would write."""

from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.days import Day, local_days
from admitone.domain.availability.zones import DAY, EPOCH_DATE, LAST_DATE, zone
from admitone.domain.documents import encode_value
from admitone.domain.instant import Instant
from admitone.usecases.times.availability import OfferedTimes
from admitone.web.http.slots_answer import DayView, SlotList, SlotView, slots_json

ZONES = ["UTC", "Europe/Paris", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "America/New_York"]
LAST = (LAST_DATE - EPOCH_DATE) * DAY - 2 * DAY


@given(
    starts=st.sets(st.integers(0, LAST) | st.integers(1_795_000_000, 1_795_400_000), max_size=60),
    duration=st.integers(1, 1440),
    name=st.sampled_from(ZONES),
)
def test_the_bytes_are_those_of_the_encoder(starts: set[int], duration: int, name: str) -> None:
    found = OfferedTimes(name, duration * 60, local_days(sorted(starts), zone(name)))
    assert slots_json(found) == _encoded(found)


def test_a_day_of_the_zone_can_lie_on_three_dates_in_utc() -> None:
    starts = [1_795_219_200 - 3600, 1_795_219_200, 1_795_219_200 + 23 * 3600]
    found = OfferedTimes("Asia/Tokyo", 7200, [Day(date(2026, 11, 21), starts)])
    assert slots_json(found) == _encoded(found)
    assert {text[:10] for text in slots_json(found).decode().split('"') if "T" in text[10:11]} == {
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
    }


def test_no_times() -> None:
    assert slots_json(OfferedTimes("Europe/Paris", 1800, [])) == b'{"timezone":"Europe/Paris","days":[]}'


def _encoded(found: OfferedTimes) -> bytes:
    days = [
        DayView(day.date, [SlotView(Instant(at), Instant(at + found.duration)) for at in day.starts])
        for day in found.days
    ]
    return msgspec.json.encode(SlotList(found.timezone, days), enc_hook=encode_value)
