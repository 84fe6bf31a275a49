"""Look whether a time is free, without taking it: only a script takes it, and then decides anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.case import Verdict
from admitone.domain.availability.decision import decide
from admitone.domain.errors import SlotNotOffered, SlotTaken
from admitone.usecases.times.occupied_case import occupied_case

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services
    from admitone.usecases.times.availability import Offer


async def refuse_unless_free(services: Services, workspace: str, offer: Offer, start: int) -> None:
    """Raise SlotNotOffered, CalendarUnreachable or SlotTaken if the start (epoch seconds) cannot be had now.

    Calendars are known as the list of times knows them: Google is not asked again.
    """
    if decide(offer.case(services.now()), start).verdict is Verdict.NOT_OFFERED:
        raise SlotNotOffered
    case = await occupied_case(services, workspace, offer, start, start + 1)
    if decide(case, start).verdict is not Verdict.FREE:
        raise SlotTaken
