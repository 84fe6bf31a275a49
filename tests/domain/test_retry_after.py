"""`Retry-After` in both of its forms, and in none."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.retry_after import LONGEST, retry_after
from tests.support.factories import NOW


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("17", 17),
        (" 0 ", 0),
        ("9" * 5000, LONGEST),
        (formatdate(NOW + 90, usegmt=True), 90),
        (formatdate(NOW - 90, usegmt=True), 0),
        (formatdate(NOW + 10 * LONGEST, usegmt=True), LONGEST),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("１７", None),
    ],
)
def test_it_is_read(text: str | None, seconds: int | None) -> None:
    assert retry_after(text, NOW) == seconds


@given(st.text())
def test_whatever_is_sent_makes_no_trouble(text: str) -> None:
    found = retry_after(text, NOW)
    assert found is None or 0 <= found <= LONGEST
