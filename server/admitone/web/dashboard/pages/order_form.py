"""A list that is put in order by buttons: each sends the form, and the row that moved has the focus after."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")
LONGEST_PLACE = 4


def rearranged(rows: list[T], act: str) -> tuple[list[T], str]:
    """The rows after `act`, and the button to be focused: `up.N`, `down.N` or `remove.N`.

    Anything else leaves them as they are: `add` is done by who reads the form.
    """
    name, _, text = act.partition(".")
    place = int(text) if text.isdecimal() and len(text) <= LONGEST_PLACE else len(rows)
    if place >= len(rows):
        return rows, act
    rest = [*rows[:place], *rows[place + 1 :]]
    if name == "remove":
        return rest, f"remove.{min(place, len(rest) - 1)}"
    there = place + {"up": -1, "down": 1}.get(name, 0)
    if not 0 <= there < len(rows):
        return rows, act
    rest.insert(there, rows[place])
    at_end = {("up", 0): "down", ("down", len(rows) - 1): "up"}
    return rest, f"{at_end.get((name, there), name)}.{there}"
