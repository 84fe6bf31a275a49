"""What servers acknowledged, and whether Redis has it afterwards."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tests.support.raw_database import Workspace


class Acknowledged(msgspec.Struct, frozen=True):
    """One write that a server answered with success."""

    kind: str
    """`link`, `booking` or `event_type`, the record that it made; else `moved` or `cancelled`, a booking."""
    id: str
    """The record's id."""
    server: str
    failover: str
    at: float
    """Seconds of `time.monotonic`."""
    start: str = ""
    """The new start of a booking that was moved, in epoch seconds."""


class Outcome(msgspec.Struct):
    """The counts of one failover; each list names the operations."""

    acknowledged: int
    lost: list[str]
    without_service: float
    """The longest time without an acknowledgement, in seconds."""
    window: float
    """Seconds from the first acknowledgement that was lost to the last one."""

    def counts(self) -> dict[str, object]:
        """The figures, for a log."""
        return {
            "acknowledged": self.acknowledged,
            "lost": len(self.lost),
            "without_service": round(self.without_service, 2),
            "window": round(self.window, 2),
        }


class Ledger:
    """Everything that clients were told, by the failover that it was told before, during or after."""

    def __init__(self) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.replies = 0
        """Answers of any kind."""
        self.refused: list[str] = []
        """Calls that got a final answer other than the one they must get."""
        self.doubled: list[str] = []
        """Operations that were carried out twice, and links that have two bookings."""
        self.outcomes: dict[str, Outcome] = {}
        """By the failover that was under way; `compare` finds them."""
        self._failover = ""

    def begin(self, failover: str) -> None:
        """What is told from now on belongs to this failover."""
        self._failover = failover

    def add(self, kind: str, record_id: str, server: str, start: str = "") -> None:
        """Note an acknowledgement that has just come."""
        told = Acknowledged(kind, record_id, server, self._failover, time.monotonic(), start)
        self.acknowledged.append(told)

    def compare(self, there: Workspace) -> None:
        """Compare it with what is in Redis."""
        gaps: dict[str, float] = defaultdict(float)
        for before, after in pairwise(self.acknowledged):
            gaps[before.failover] = max(gaps[before.failover], after.at - before.at)
        for failover, gap in gaps.items():
            told = [one for one in self.acknowledged if one.failover == failover]
            lost = [one for one in told if not _is_in(there, one)]
            self.outcomes[failover] = Outcome(
                acknowledged=len(told),
                lost=[f"{one.kind} {one.id}" for one in lost],
                without_service=gap,
                window=lost[-1].at - lost[0].at if lost else 0.0,
            )
        self.doubled += _doubled(there)


def _is_in(there: Workspace, one: Acknowledged) -> bool:
    if one.kind == "event_type":
        return f"event_type:{one.id}" in there.hashes["config"]
    if one.kind == "link":
        return f"link:{one.id}" in there.hashes
    booking = there.hashes.get(f"booking:{one.id}", {})
    if one.kind == "moved":
        return booking.get("start") == one.start
    return booking.get("status") == "cancelled" if one.kind == "cancelled" else bool(booking)


def _doubled(there: Workspace) -> list[str]:
    """Each operation marks the record that it makes: by the note, the customer's address or the name."""
    links, bookings = there.records("link"), there.records("booking")
    marks = Counter(link["note"] for link in links.values())
    marks.update(there.data(booking).get("email", "") for booking in bookings)
    marks.update(
        msgspec.json.decode(text.partition(" ")[2])["name"]
        for name, text in there.hashes["config"].items()
        if name.startswith("event_type:")
    )
    booked = Counter(booking["link"] for booking in bookings.values() if "link" in booking)
    return [what for counts in (marks, booked) for what, times in counts.items() if times > 1]
