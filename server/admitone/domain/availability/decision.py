"""Which starts are offered, and by whom: one function decides the list, the booking and the reschedule.

All times are epoch seconds, all ranges half-open. Pure functions of a `Case` (see case.py):

- `offered_slots(case, start, end) -> list[OfferedSlot]`: the offered starts in [start, end), sorted, each
  with the ids of the hosts that can take it, group by group. The display filter is not applied: slots that
  it hides can be booked.
- `decide(case, start) -> Decision`: one start. `NOT_OFFERED` (grid, hours, notice, window; busy time
  ignored: 422 `slot-not-offered`), `TAKEN` (busy time, buffers, limits: 409 `slot-taken`) or `FREE`.
- `busy_range(slots, start, end)` and `booked_range(slots, zone, start, end)`: which events and bookings to
  read beforehand: some outside [start, end) count as well. The caller leaves out the booking that is moved.
- days.py: `local_days(starts, zone, max_shown) -> list[Day]` groups starts by the customer's days and
  applies the display filter; `local_range(zone, first, last)` is the range of starts of inclusive dates.
- explain.py: `explain(case, start, end)` and `explain_start(case, start)`: why a start is not offered.
- zones.py: `day_bounds(zone, at)` and `week_bounds(zone, at)`: the day and week in which limits count.

To build a case:

    hours = Hours(schedule)                      # once per version of a schedule
    slots = TimeSlots.from_minutes(duration_minutes=30, …)
    host = Host("page-1", hours, busy=[(start, end)], booked=[Booked(start, end, before, after)], user="me")
    case = Case(slots, groups=[[host]], now=now)
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, repeat
from operator import xor
from typing import TYPE_CHECKING

from admitone.domain.availability.blocks import free_starts
from admitone.domain.availability.case import Decision, OfferedSlot, Verdict
from admitone.domain.availability.groups import Roster
from admitone.domain.availability.zones import DAY, week_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from admitone.domain.availability.case import Case, Host, TimeSlots
    from admitone.domain.availability.schedule_hours import Interval

# The longest duration and the longest buffer of any event type: another booking may have them.
LONGEST = DAY


def offered_slots(case: Case, start: int, end: int) -> list[OfferedSlot]:
    """The offered slots that start in [start, end), sorted by start."""
    return _slots(case, start, end, occupied=True)


def decide(case: Case, start: int) -> Decision:
    """The verdict on one start; a start that is not offered is never called taken."""
    free = _slots(case, start, start + 1, occupied=True)
    if free:
        return Decision(Verdict.FREE, free[0].groups)
    offered = _slots(case, start, start + 1, occupied=False)
    return Decision(Verdict.TAKEN if offered else Verdict.NOT_OFFERED)


def busy_range(slots: TimeSlots, start: int, end: int) -> tuple[int, int]:
    """The range of the events that can block a start in [start, end): those that overlap the range."""
    return start - slots.before, end + slots.duration + slots.after


def booked_range(slots: TimeSlots, zone: ZoneInfo, start: int, end: int) -> tuple[int, int]:
    """The range in which bookings *start* that can block a start in [start, end), or fill its day or week."""
    first, last = start - 2 * LONGEST, end + slots.duration + LONGEST
    if slots.max_per_day is not None or slots.max_per_week is not None:
        first = min(first, week_bounds(zone, start)[0])
        last = max(last, week_bounds(zone, end)[1])
    return first, last


def grid_starts(case: Case, start: int, end: int) -> list[int]:
    """The starts in [start, end) on the grid: the union of the grids of the first group's hosts."""
    first_group: Sequence[Host] = case.groups[0] if case.groups else ()
    grids = [host.hours.grid(case.slots.increment, start, end) for host in first_group]
    return grids[0] if len(grids) == 1 else sorted(set().union(*grids))


def _slots(case: Case, start: int, end: int, *, occupied: bool) -> list[OfferedSlot]:
    if len(case.groups) == 1 == len(case.groups[0]):
        [[host]] = case.groups
        return _of_one(case, host, free_starts(case, host, start, end, occupied=occupied))
    roster = Roster(case.groups)
    free = [free_starts(case, host, start, end, occupied=occupied) for host in roster.hosts]
    first = min((intervals[0][0] for intervals in free if intervals), default=start)
    last = max((intervals[-1][1] for intervals in free if intervals), default=start)
    grid = grid_starts(case, first, last)
    # A host's bit is toggled at the indexes of the grid where the host begins and ceases to be free.
    toggles = [0] * (len(grid) + 1)
    for index, intervals in enumerate(free):
        bit = 1 << index
        for at, to in _runs(grid, intervals):
            toggles[at] ^= bit
            toggles[to] ^= bit
    masks = list(accumulate(toggles, xor))
    places = {mask: roster.places(mask) for mask in set(masks)}
    return [OfferedSlot(at, named) for at, mask in zip(grid, masks, strict=False) if (named := places[mask])]


def _of_one(case: Case, host: Host, free: list[Interval]) -> list[OfferedSlot]:
    """The slots of a single host, given the intervals in which the host is free."""
    starts: list[int] = []
    if free:
        grid = host.hours.grid(case.slots.increment, free[0][0], free[-1][1])
        for at, to in _runs(grid, free):
            starts += grid[at:to]
    return list(map(OfferedSlot, starts, repeat(((host.id,),))))


def _runs(grid: list[int], intervals: list[Interval]) -> Iterator[Interval]:
    """The half-open ranges of the grid's indexes whose starts lie in the intervals (sorted, disjoint)."""
    to = 0
    for first, last in intervals:
        at = bisect_left(grid, first, to)
        to = bisect_left(grid, last, at)
        if at < to:
            yield at, to
