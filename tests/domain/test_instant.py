"""Times as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.instant import Instant

NOON = Instant(1795435200)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00.000Z",
        "2026-11-23T12:00:00+00:00",
        "2026-11-23T12:00:00-00:00",
        "2026-11-23T17:45:00+05:45",
        "2026-11-22T12:01:00-23:59",
    ],
)
def test_one_instant_has_many_texts_and_is_written_as_one(text: str) -> None:
    assert Instant.parse(text) == NOON
    assert Instant.parse(text).text() == "2026-11-23T12:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "1795435200",
        "2026-11-23",
        "2026-11-23T12:00Z",
        "2026-11-23T12:00:00",
        "2026-11-23 12:00:00Z",
        "2026-11-23t12:00:00z",
        "2026-11-23T12:00:00.5Z",
        "2026-11-23T12:00:00+0000",
        "2026-11-23T12:00:00+24:00",
        "2026-11-23T12:00:00+00:60",
        "2026-11-23T12:00:00Z\n",
        " 2026-11-23T12:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T12:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "+2026-11-23T12:00:00Z",
        "٢٠٢٦-11-23T12:00:00Z",
    ],
)
def test_what_is_not_rfc_3339_or_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(Give a time such as|There is no such)"):
        Instant.parse(text)


@given(st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31, 23, 59, 59)))  # noqa: DTZ001
def test_every_second_reads_back_as_it_was_written(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    instant = Instant((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1))
    assert Instant.parse(instant.text()) == instant
    assert datetime.fromisoformat(instant.text()) == moment


@given(
    st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31)),  # noqa: DTZ001
    st.integers(-23 * 60 - 59, 23 * 60 + 59),
)
def test_an_offset_is_read_as_python_reads_it(clock: datetime, minutes: int) -> None:
    moment = clock.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert datetime.fromisoformat(Instant.parse(moment.isoformat()).text()) == moment


@given(st.text())
def test_no_text_raises_anything_but_value_error(text: str) -> None:
    try:
        Instant.parse(text)
    except ValueError:
        return


def test_str_stays_the_digits_for_keys_and_scripts() -> None:
    assert f"{NOON}" == str(NOON) == "1795435200"
