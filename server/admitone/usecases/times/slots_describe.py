"""List the times that a described case offers, without a workspace or store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.days import local_days
from admitone.domain.availability.decision import grid_starts, offered_slots
from admitone.domain.availability.explain import explain
from admitone.domain.availability.zones import day_bounds, zone
from admitone.domain.errors import Invalid
from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from admitone.domain.availability.case import Case, OfferedSlot
    from admitone.usecases.times.slots_document import SlotsDocument

NOT_SHOWN = "not_shown"


def describe_slots(document: SlotsDocument, *, explained: bool = False) -> dict[str, object]:
    """`{"slots": [{"start", "end", "hosts": [id]}]}`; with groups each slot has `"groups": [[id]]` too.

    `explained` adds the grid's other times, `"not_offered": [{"start", "end", "why", "hosts": {id: why}}]`,
    where `why` is a `Why`, or `not_shown` for what only the display filter hides. Raises Invalid.
    """
    if problems := document.problems():
        raise Invalid(*problems)
    case = document.case()
    shown = _shown(document, case)
    answer: dict[str, object] = {"slots": [_slot(document, case, slot) for slot in shown]}
    if explained:
        answer["not_offered"] = _not_offered(document, case, {slot.start for slot in shown})
    return answer


def _shown(document: SlotsDocument, case: Case) -> list[OfferedSlot]:
    """The offered slots that the display filter shows; it works on whole days in the customer's zone."""
    start, end = _range(document, case)
    most = case.slots.max_shown_per_day
    if most is None or start >= end or not document.hosts:
        return offered_slots(case, start, end)
    customer = zone(document.timezone or document.hosts[0].timezone)
    first, last = day_bounds(customer, start)[0], day_bounds(customer, end - 1)[1]
    offered = offered_slots(case, first, last)
    days = local_days([slot.start for slot in offered], customer, most)
    shown = {at for day in days for at in day.starts if start <= at < end}
    return [slot for slot in offered if slot.start in shown]


def _slot(document: SlotsDocument, case: Case, slot: OfferedSlot) -> dict[str, object]:
    named = set().union(*slot.groups)
    answer = _times(case, slot.start) | {"hosts": [host.id for host in document.hosts if host.id in named]}
    return answer if document.groups is None else answer | {"groups": slot.groups}


def _not_offered(document: SlotsDocument, case: Case, shown: set[int]) -> list[dict[str, object]]:
    start, end = _range(document, case)
    reasons = {
        missed.start: {
            "why": missed.why.value,
            "hosts": {name: why.value for name, why in missed.hosts.items()},
        }
        for missed in explain(case, start, end)
    }
    hidden = {"why": NOT_SHOWN, "hosts": dict[str, str]()}
    return [
        _times(case, at) | reasons.get(at, hidden) for at in grid_starts(case, start, end) if at not in shown
    ]


def _range(document: SlotsDocument, case: Case) -> tuple[int, int]:
    """The range of starts: a slot ends at or before `to`."""
    return document.first, document.last - case.slots.duration + 1


def _times(case: Case, start: int) -> dict[str, object]:
    return {"start": Instant(start), "end": Instant(start + case.slots.duration)}
