"""A plain model of the engine: one run as a function of its steps and of what happened, without Redis.

Times are epoch seconds. It tells the history of a run, and is written to be read, not to be fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

HOUR = 3600
DAY = 24 * HOUR


class Happening(msgspec.Struct, frozen=True):
    """Something that the contact, or somebody by the contact's link, did at a time."""

    at: int
    kind: str
    """`opened` or `booked`: the newest link of the run, if there is one."""


class Told(msgspec.Struct):
    """What the model says of a run: its history as (id of the step, status, reason), and how it ended."""

    history: list[tuple[str, str, str]] = []
    status: str = "running"
    why: str = ""
    tags: set[str] = set()
    links: int = 0
    mails: int = 0


class PlainRun:
    """One run that begins at `begun`; `happenings` are in the order of time, and none is when a wait ends."""

    def __init__(self, stop_on_booking: str | None, begun: int, happenings: Sequence[Happening]) -> None:
        self.told = Told()
        self._stops = stop_on_booking is not None
        self._now = begun
        self._rest = list(happenings)
        self._is_opened = self._is_booked = False
        self._any_booked = False

    def run(self, steps: Sequence[dict[str, Any]], until: int) -> Told:
        """Follow the steps as far as the run comes by `until`."""
        if self._follow(steps, until) and self.told.status == "running":
            self._end("done")
        return self.told

    def _follow(self, steps: Sequence[dict[str, Any]], until: int) -> bool:
        """Do these steps; False if the run ends, or waits, before the last of them is done."""
        for step in steps:
            if self._stops and self._any_booked:
                self._end("stopped", "booked")
                return False
            if not getattr(self, f"_{step['kind'].partition('_')[0]}")(step, until):
                return False
        if self._stops and self._any_booked and self.told.status == "running":
            self._end("stopped", "booked")
            return False
        return True

    def _generate(self, step: dict[str, Any], _: int) -> bool:
        self._is_opened = self._is_booked = False
        self.told.links += 1
        return self._note(step)

    def _send(self, step: dict[str, Any], _: int) -> bool:
        self.told.mails += 1
        return self._note(step)

    def _add(self, step: dict[str, Any], _: int) -> bool:
        self.told.tags |= set(step["tags"])
        return self._note(step)

    def _remove(self, step: dict[str, Any], _: int) -> bool:
        self.told.tags -= set(step["tags"])
        return self._note(step)

    def _stop(self, step: dict[str, Any], _: int) -> bool:
        self._note(step)
        self._end("done")
        return False

    def _if(self, step: dict[str, Any], until: int) -> bool:
        [condition] = step["when"]["conditions"]
        if condition["about"] == "contact.tags":
            holds = condition["value"] in self.told.tags
        else:
            holds = self._is_booked if condition["value"] == "booked" else self._is_opened or self._is_booked
        self._note(step, "then" if holds else "else")
        return self._follow(step["then" if holds else "else"], until)

    def _wait(self, step: dict[str, Any], until: int) -> bool:
        if "for" in step:
            end, wanted = self._now + step["for"]["hours"] * HOUR, None
        else:
            end, wanted = self._now + step["timeout"]["hours"] * HOUR, step["link"]
        while True:
            if self._stops and self._any_booked:
                self._end("stopped", "booked")
                return False
            if wanted and self.told.links and self._is_booked:
                return self._note(step, "booked")
            if wanted == "opened" and self.told.links and self._is_opened:
                return self._note(step, "opened")
            if not self._rest or self._rest[0].at >= min(end, until + 1):
                break
            self._happen(self._rest.pop(0))
        if end > until:
            self.told.status = "waiting"
            return False
        self._now = end
        return self._note(step, "time")

    def _happen(self, happening: Happening) -> None:
        self._now = happening.at
        if not self.told.links:
            return
        self._is_opened = True
        if happening.kind == "booked":
            self._is_booked = self._any_booked = True

    def _note(self, step: dict[str, Any], why: str = "") -> bool:
        self.told.history.append((step["id"], "done", why))
        return True

    def _end(self, status: str, why: str = "") -> None:
        self.told.status, self.told.why = status, why
