"""Editing the steps of a draft: functions that make new steps of old ones.

Between steps, and in empty branches, are places: there a step is added, or moved to. Moving *up* or *down*
goes from place to place in reading order, and so into branches and out of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from admitone.domain.errors import invalid
from admitone.domain.workflows.steps import DEEPEST, MOST_STEPS, Branch, Step, all_steps
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Side = Literal["then", "else"]
_SIDES: tuple[Side, ...] = get_args(Side)
_TEXT_PARTS = 3


class Place(msgspec.Struct, frozen=True):
    """Before step `index` of a list, or after its last step.

    The list is a side of the *If/else* with the id `branch`, or the workflow's own if that is empty.
    """

    index: int
    branch: str = ""
    side: Side = "then"

    @property
    def text(self) -> str:
        """The place as addresses and forms name it: `2`, or `ID.then.2`."""
        return f"{self.branch}.{self.side}.{self.index}" if self.branch else str(self.index)


def place_from(text: str) -> Place:
    """The place that `Place.text` names; raises Invalid if the text names none."""
    *within, index = text.split(".")
    if index.isascii() and index.isdigit() and len(index) < len(str(MOST_STEPS)) + 1:
        if not within:
            return Place(int(index))
        if len(within) == _TEXT_PARTS - 1 and within[0] and within[1] in _SIDES:
            return Place(int(index), within[0], "then" if within[1] == "then" else "else")
    raise invalid("place", message("There is no such place in the workflow."))


def places(steps: Sequence[Step], branch: str = "", side: Side = "then") -> Iterator[Place]:
    """Every place in reading order: before a step, inside it if it is an *If/else*, after it."""
    yield Place(0, branch, side)
    for index, step in enumerate(steps):
        for inner, below in sides(step):
            yield from places(below, step.id, inner)
        yield Place(index + 1, branch, side)


def sides(step: Step) -> list[tuple[Side, Sequence[Step]]]:
    """The branches of an *If/else* with their steps; none for any other step."""
    return [("then", step.then), ("else", step.else_)] if isinstance(step, Branch) else []


def step_paths(steps: Sequence[Step], above: str = "steps") -> Iterator[tuple[str, Step]]:
    """Every step with its path in the document, such as `steps.3.then.0`, in reading order."""
    for index, step in enumerate(steps):
        path = f"{above}.{index}"
        yield path, step
        for side, below in sides(step):
            yield from step_paths(below, f"{path}.{side}")


def find_step(steps: Sequence[Step], step_id: str) -> Step | None:
    """The step with this id, or None."""
    return next((step for step in all_steps(steps) if step.id == step_id), None)


def place_of(steps: Sequence[Step], step_id: str, branch: str = "", side: Side = "then") -> Place | None:
    """The place before the step with this id, or None if there is no such step."""
    for index, step in enumerate(steps):
        if step.id == step_id:
            return Place(index, branch, side)
        for inner, below in sides(step):
            if found := place_of(below, step_id, step.id, inner):
                return found
    return None


def inserted(steps: Sequence[Step], place: Place, *more: Step) -> Sequence[Step]:
    """The steps with `more` at `place`, as many steps as a workflow may have.

    Raises Invalid: there is no such place, or the workflow would have too many or too deep steps.
    """

    def insert(found: Sequence[Step]) -> Sequence[Step]:
        return [*found[: place.index], *more, *found[place.index :]]

    if place not in places(steps):
        raise invalid("place", message("There is no such place in the workflow."))
    changed = _changed(steps, place, insert)
    if sum(1 for _ in all_steps(changed)) > MOST_STEPS:
        raise invalid("steps", message("A workflow has at most %(most)s steps.", most=MOST_STEPS))
    if _height(changed) > DEEPEST:
        raise invalid("steps", message("Branches are at most %(most)s deep.", most=DEEPEST))
    return changed


def removed(steps: Sequence[Step], step_id: str) -> Sequence[Step]:
    """The steps without the one with this id, and without what is in its branches."""
    place = place_of(steps, step_id)
    if place is None:
        return steps
    return _changed(steps, place, lambda found: [*found[: place.index], *found[place.index + 1 :]])


def replaced(steps: Sequence[Step], step: Step) -> Sequence[Step]:
    """The steps with `step` where the one with its id was."""
    place = place_of(steps, step.id)
    if place is None:
        return steps
    return _changed(steps, place, lambda found: [*found[: place.index], step, *found[place.index + 1 :]])


def moved(steps: Sequence[Step], step_id: str, by: Literal[-1, 1]) -> Sequence[Step]:
    """The steps with one of them at the next place in reading order where it may stand, or at the one before.

    A step that cannot go further stays.
    """
    here, step = place_of(steps, step_id), find_step(steps, step_id)
    if here is None or step is None:
        return steps
    rest = removed(steps, step_id)
    ways = list(places(rest))
    ahead = ways[ways.index(here) + 1 :] if by == 1 else ways[: ways.index(here)][::-1]
    for place in ahead:
        if _depth(rest, place) + _height([step]) <= DEEPEST:
            return inserted(rest, place, step)
    return steps


def moved_to(steps: Sequence[Step], step_id: str, place: Place) -> Sequence[Step]:
    """The steps with one of them at `place`, which is one of `places(steps)`.

    Raises Invalid as `inserted` does, also for a place inside of the step.
    """
    here, step = place_of(steps, step_id), find_step(steps, step_id)
    if here is None or step is None:
        return steps
    if (here.branch, here.side) == (place.branch, place.side) and place.index > here.index:
        place = msgspec.structs.replace(place, index=place.index - 1)
    return inserted(removed(steps, step_id), place, step)


def duplicated(steps: Sequence[Step], step_id: str, new_id: Callable[[], str]) -> Sequence[Step]:
    """The steps with a copy of one of them after it; `new_id` makes an id for each copied step.

    Raises Invalid as `inserted` does.
    """
    here, step = place_of(steps, step_id), find_step(steps, step_id)
    if here is None or step is None:
        return steps
    after = msgspec.structs.replace(here, index=here.index + 1)
    return inserted(steps, after, with_new_ids(step, new_id))


def with_new_ids(step: Step, new_id: Callable[[], str]) -> Step:
    """A copy of a step, and of those in its branches, with other ids."""
    if not isinstance(step, Branch):
        return msgspec.structs.replace(step, id=new_id())
    then = [with_new_ids(each, new_id) for each in step.then]
    otherwise = [with_new_ids(each, new_id) for each in step.else_]
    return msgspec.structs.replace(step, id=new_id(), then=then, else_=otherwise)


def _changed(
    steps: Sequence[Step], place: Place, change: Callable[[Sequence[Step]], Sequence[Step]]
) -> Sequence[Step]:
    """The steps with `change` done to the list of `place`."""
    if not place.branch:
        return change(steps)
    return [_changed_inside(step, place, change) for step in steps]


def _changed_inside(step: Step, place: Place, change: Callable[[Sequence[Step]], Sequence[Step]]) -> Step:
    if not isinstance(step, Branch):
        return step
    if step.id != place.branch:
        then, otherwise = _changed(step.then, place, change), _changed(step.else_, place, change)
    elif place.side == "then":
        then, otherwise = change(step.then), step.else_
    else:
        then, otherwise = step.then, change(step.else_)
    return msgspec.structs.replace(step, then=then, else_=otherwise)


def _height(steps: Sequence[Step]) -> int:
    """How many branches are within each other at most; 0 without an *If/else*."""
    return max(
        (1 + _height([*step.then, *step.else_]) for step in steps if isinstance(step, Branch)), default=0
    )


def _depth(steps: Sequence[Step], place: Place) -> int:
    """How many branches are around a place."""
    depth = 0
    while place.branch:
        above = place_of(steps, place.branch)
        if above is None:
            break
        place, depth = above, depth + 1
    return depth
