"""Editing a draft: no step is lost or doubled, ids stay unique, and branches at most three deep."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.domain.errors import Invalid
from admitone.domain.workflows.edit import (
    Place,
    duplicated,
    find_step,
    inserted,
    moved,
    moved_to,
    place_from,
    place_of,
    places,
    removed,
    replaced,
    step_paths,
)
from admitone.domain.workflows.steps import DEEPEST, MOST_STEPS, Branch, SendEmail, Step, Stop, all_steps
from tests.support.sizes import size

if TYPE_CHECKING:
    from collections.abc import Sequence


@st.composite
def drafts(draw: st.DrawFn) -> Sequence[Step]:
    """Up to a dozen steps in branches up to three deep."""
    names = (f"s{number}" for number in itertools.count())

    def some(depth: int) -> list[Step]:
        found: list[Step] = []
        for is_branch in draw(st.lists(st.booleans(), max_size=3)):
            if is_branch and depth < DEEPEST:
                found.append(Branch(id=next(names), then=some(depth + 1), else_=some(depth + 1)))
            else:
                found.append(Stop(id=next(names)))
        return found

    return some(0)


def ids(steps: Sequence[Step]) -> list[str]:
    return [step.id for step in all_steps(steps)]


def height(steps: Sequence[Step]) -> int:
    return max((1 + height([*s.then, *s.else_]) for s in steps if isinstance(s, Branch)), default=0)


@settings(max_examples=size(1000, 60), deadline=None)
@given(drafts(), st.data())
def test_no_step_is_lost_wherever_one_is_moved(steps: Sequence[Step], data: st.DataObject) -> None:
    if not steps:
        return
    chosen = data.draw(st.sampled_from(ids(steps)))
    for by in (-1, 1):
        there = moved(steps, chosen, 1 if by == 1 else -1)
        assert sorted(ids(there)) == sorted(ids(steps))
        assert find_step(there, chosen) == find_step(steps, chosen)
        assert height(there) <= DEEPEST
        if there != steps:
            assert moved(there, chosen, -1 if by == 1 else 1) == steps, "the way back is the same"
    place = data.draw(st.sampled_from(list(places(steps))))
    try:
        there = moved_to(steps, chosen, place)
    except Invalid:
        return
    assert sorted(ids(there)) == sorted(ids(steps))
    assert height(there) <= DEEPEST


@settings(max_examples=size(1000, 60), deadline=None)
@given(drafts(), st.data())
def test_what_is_added_stands_at_its_place_and_is_removed_again(
    steps: Sequence[Step], data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(list(places(steps))))
    assert place_from(place.text) == place
    more = inserted(steps, place, Stop(id="new"))
    assert place_of(more, "new") == place
    assert removed(more, "new") == list(steps) or not steps
    assert len(ids(more)) == len(ids(steps)) + 1


@settings(max_examples=size(1000, 60), deadline=None)
@given(drafts(), st.data())
def test_a_copy_has_ids_of_its_own(steps: Sequence[Step], data: st.DataObject) -> None:
    if not steps:
        return
    chosen = data.draw(st.sampled_from(ids(steps)))
    names = (f"copy{number}" for number in itertools.count())
    more = duplicated(steps, chosen, lambda: next(names))
    step = find_step(steps, chosen)
    assert step is not None
    assert len(ids(more)) == len(set(ids(more))) == len(ids(steps)) + len(ids([step]))
    assert set(ids(steps)) < set(ids(more))
    here = place_of(more, chosen)
    assert here is not None
    assert place_of(more, "copy0") or isinstance(step, Branch)


def test_moving_down_goes_into_both_branches_and_out_again() -> None:
    steps: Sequence[Step] = [Stop(id="a"), Branch(id="b", then=[Stop(id="c")])]
    seen = []
    while (further := moved(steps, "a", 1)) != steps:
        steps = further
        at = place_of(steps, "a")
        assert at
        seen.append(at.text)
    assert seen == ["b.then.0", "b.then.1", "b.else.0", "1"]


def test_an_if_passes_by_places_that_are_too_deep() -> None:
    deepest = Branch(id="c")
    steps: list[Step] = [Branch(id="low"), Branch(id="a", then=[Branch(id="b", then=[deepest])])]
    there = moved(moved(steps, "low", 1), "low", 1)
    assert place_of(there, "low") == Place(0, "b", "then")
    further = moved(there, "low", 1)
    assert place_of(further, "low") == Place(1, "b", "then"), "inside of c it would be the fourth"


def test_a_step_does_not_move_into_itself() -> None:
    steps = [Branch(id="a", then=[Stop(id="b")])]
    with pytest.raises(Invalid):
        moved_to(steps, "a", Place(0, "a", "then"))


@pytest.mark.parametrize("text", ["", "x", "-1", "1.2", "a.then", "a.otherwise.1", ".then.1", "99999", "²"])
def test_a_place_that_none_is(text: str) -> None:
    with pytest.raises(Invalid):
        place_from(text)


def test_too_many_steps_and_unknown_places_are_refused() -> None:
    steps = [Stop(id=f"s{number}") for number in range(MOST_STEPS)]
    with pytest.raises(Invalid, match="100 steps"):
        inserted(steps, Place(0), Stop(id="more"))
    with pytest.raises(Invalid, match="no such place"):
        inserted(steps, Place(0, "gone"), Stop(id="more"))
    with pytest.raises(Invalid, match="3 deep"):
        inserted(
            [Branch(id="a", then=[Branch(id="b", then=[Branch(id="c")])])],
            Place(0, "c", "else"),
            Branch(id="d"),
        )


def test_a_step_that_is_not_there_changes_nothing() -> None:
    steps: list[Step] = [Stop(id="a")]
    assert moved(steps, "x", 1) == moved_to(steps, "x", Place(0)) == removed(steps, "x") == steps
    assert replaced(steps, Stop(id="x")) == duplicated(steps, "x", str) == steps


def test_a_step_is_replaced_inside_of_a_branch_and_has_a_path() -> None:
    steps: list[Step] = [Stop(id="a"), Branch(id="b", else_=[SendEmail(id="c")])]
    changed = replaced(steps, SendEmail(id="c", subject="Hello"))
    assert dict(step_paths(changed))["steps.1.else.0"] == SendEmail(id="c", subject="Hello")
