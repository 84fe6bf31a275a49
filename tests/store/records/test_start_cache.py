"""The cache of offered starts: what is kept is bounded, and answers only with an equal proof."""

from __future__ import annotations

from array import array

from admitone.store.records.start_cache import MOST, KeptStarts, StartCache

WEIGHT = 100


def _kept(*starts: int, proof: object = 1, since: int = 0) -> KeptStarts:
    return KeptStarts(proof, since, array("q", starts), entries=0, weight=WEIGHT)


def test_the_first_starts_fall_away_as_time_passes() -> None:
    kept = _kept(10, 20, 30, since=5)
    assert [list(kept.starting(since, 1) or ()) for since in (5, 10, 11, 31)] == [
        [10, 20, 30],
        [10, 20, 30],
        [20, 30],
        [],
    ]


def test_another_proof_or_an_earlier_time_gets_no_answer() -> None:
    kept = _kept(10, since=5)
    assert kept.starting(5, 2) is None
    assert kept.starting(4, 1) is None


def test_the_least_recently_used_are_removed_first() -> None:
    cache = StartCache()
    length = MOST // 3 - WEIGHT
    for question in "abc":
        cache.keep(question, _kept(*range(length)))
    assert cache.find("a")
    cache.keep("d", _kept(*range(length)))
    assert [question for question in "abcd" if cache.find(question)] == ["a", "c", "d"]


def test_an_answer_takes_the_place_of_the_one_before() -> None:
    cache = StartCache()
    for _ in range(MOST // WEIGHT + 1):
        cache.keep("a", _kept(1))
        cache.keep("b", _kept(2))
    assert cache.find("a")
    assert cache.find("b")


def test_an_answer_that_is_too_long_is_not_kept() -> None:
    cache = StartCache()
    cache.keep("a", _kept(*range(MOST)))
    assert cache.find("a") is None
