"""How long one HTTP request has waited for Redis."""

from __future__ import annotations

import pytest

from admitone.store.redis.usage import REQUEST_WITHIN, Usage


def test_calls_one_after_the_other_add_up() -> None:
    used = Usage()
    assert used.begin(10.0) == REQUEST_WITHIN
    used.end(11.0)
    assert used.begin(20.0) == pytest.approx(REQUEST_WITHIN - 1)
    used.end(20.5)
    assert used.left == pytest.approx(REQUEST_WITHIN - 1.5)


def test_calls_side_by_side_wait_once() -> None:
    used = Usage()
    for place in range(300):
        assert used.begin(10.0 + place / 1000) > REQUEST_WITHIN - 0.5
    for _ in range(300):
        used.end(10.4)
    assert used.left == pytest.approx(REQUEST_WITHIN - 0.4)


def test_a_call_that_joins_others_has_what_they_left() -> None:
    used = Usage()
    used.begin(10.0)
    assert used.begin(13.0) == pytest.approx(REQUEST_WITHIN - 3)
    used.end(13.5)
    used.end(14.0)
    assert used.left == pytest.approx(REQUEST_WITHIN - 4)
