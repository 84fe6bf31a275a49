"""The schema checker itself: without it, a checker that accepts everything would pass all other tests."""

from __future__ import annotations

from typing import Any

import pytest

from admitone.fakegoogle.api import discovery
from admitone.fakegoogle.api.multipart import parse_parts, split_headers
from admitone.fakegoogle.api.schema import decode_bytes, is_date, is_date_time, violations


@pytest.mark.parametrize(
    ("schema", "value", "paths"),
    [
        ("Event", {"summary": "x", "attendees": [{"email": "a@b.test"}]}, []),
        ("Event", {"sumary": "x"}, ["sumary"]),
        ("Event", {"summary": None}, ["summary"]),
        ("Event", {"sequence": True}, ["sequence"]),
        ("Event", {"sequence": 2**31}, ["sequence"]),
        ("Event", {"sequence": 1.5}, ["sequence"]),
        ("Event", {"created": "yesterday"}, ["created"]),
        ("Event", {"start": {"date": "2026-02-30"}}, ["start.date"]),
        ("Event", {"attendees": [{}, {"mail": "x"}]}, ["attendees[1].mail"]),
        ("Event", {"attendees": {}}, ["attendees"]),
        ("Event", {"extendedProperties": {"private": {"a": "1"}}}, []),
        ("Event", {"extendedProperties": {"private": {"a": 1}}}, ["extendedProperties.private.a"]),
        ("Event", [], [""]),
        ("Channel", {"expiration": "1700000000000"}, []),
        ("Channel", {"expiration": "soon"}, ["expiration"]),
        ("FreeBusyResponse", {"calendars": {"a": {"busy": [{"start": "x"}]}}}, ["calendars.a.busy[0].start"]),
    ],
)
def test_calendar_values(schema: str, value: Any, paths: list[str]) -> None:
    found = violations(discovery.calendar(), schema, value, nulls=False)
    assert [path for path, _ in found] == paths


def test_nulls_are_allowed_where_said() -> None:
    assert violations(discovery.calendar(), "Event", {"summary": None}, nulls=True) == []
    assert violations(discovery.gmail(), "Message", {"raw": "VGVzdA"}, nulls=False) == []
    assert violations(discovery.gmail(), "Message", {"raw": "?"}, nulls=False) != []


@pytest.mark.parametrize("text", ["2026-03-02T09:00:00Z", "2026-03-02t09:00:00.123456789+01:00"])
def test_date_times(text: str) -> None:
    assert is_date_time(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-03-02", "2026-03-02T09:00:00", "2026-03-02 09:00:00Z", "2026-02-30T09:00:00Z"),
        *("2026-03-02T25:00:00Z", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"),
        "２026-03-02T09:00:00Z",
    ],
)
def test_no_date_times(text: str) -> None:
    assert not is_date_time(text)


def test_dates() -> None:
    assert is_date("2028-02-29")
    assert not any(map(is_date, ("2026-02-29", "20260301", "2026-3-1", "")))


def test_base64_in_both_alphabets() -> None:
    assert decode_bytes("_-8=") == decode_bytes("/+8") == b"\xff\xef"
    assert decode_bytes("a") is None
    assert decode_bytes("a b=") is None


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
def test_multipart_gives_back_the_bytes(newline: bytes) -> None:
    inner = b"GET / HTTP/1.1" + newline + b"A: b" + newline * 2 + b"body \xff" + newline
    body = newline.join([b"--x", b"Content-Type: application/http", b"", inner, b"--x", b"", b"", b"--x--"])
    assert parse_parts('multipart/mixed; boundary="x"', body) == [
        ({"content-type": "application/http"}, inner),
        ({}, b""),
    ]
    assert split_headers(inner.partition(newline)[2]) == ({"a": "b"}, b"body \xff" + newline)
