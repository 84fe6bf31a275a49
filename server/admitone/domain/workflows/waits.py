"""When a wait ends (docs/rules/workflows.md, *Waits*). Times are epoch seconds."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.availability.zones import FIRST_DATE, LAST_DATE, wall_instant
from admitone.domain.links.link import LinkState
from admitone.texts.message import message

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from admitone.domain.workflows.facts import Facts
    from admitone.domain.workflows.steps import AroundBooking, Span, UntilField, Wait

MINUTE = 60
HOUR = 3600
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class WaitImpossible(Exception):  # noqa: N818 - the name says what happened
    """Nothing says when this wait ends; `sentence` says why. What follows it must not happen now."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Waiting(msgspec.Struct, frozen=True):
    """A wait as the facts judge it: `going` on until `until`, `over` (and by what), or `stop` the run.

    `until` is the time at which the wait ends in any case, never before it began. The caller stores it when
    the wait begins, and again when a booking that is waited for has moved.
    """

    verdict: Literal["going", "over", "stop"]
    until: int
    by: Literal["time", "opened", "booked", "cancelled"] = "time"


def judge_wait(wait: Wait, begun_at: int, until: int | None, facts: Facts) -> Waiting:
    """How a wait that began at `begun_at` stands; `until` is its stored end, or None when it begins.

    Raises:
        WaitImpossible: the contact has no date in the field, or there is no booking.
    """
    if wait.booking is not None and facts.booking is not None and facts.booking.status == "cancelled":
        return Waiting("stop", facts.now, "cancelled")
    if until is None or wait.booking is not None:
        until = wait_end(wait, begun_at, facts)
    if wait.link is not None and (by := _reached(wait.link, facts)):
        return Waiting("over", until, by)
    return Waiting("over" if until <= facts.now else "going", until)


def wait_end(wait: Wait, begun_at: int, facts: Facts) -> int:
    """When a wait that begins at `begun_at` ends in any case; a time that is past is `begun_at`.

    Raises:
        WaitImpossible: as `judge_wait`.
    """
    if wait.booking is not None:
        end = _around_booking(wait.booking, facts)
    elif wait.until is not None:
        end = _field_date(wait.until, facts)
    else:
        span = wait.timeout if wait.link is not None else wait.for_
        end = begun_at if span is None else span_end(span, begun_at, facts.zone)
    return max(begun_at, end)


def span_end(span: Span, begun_at: int, zone: ZoneInfo) -> int:
    """The end of a span: minutes and hours are elapsed time; days are dates, at the same time or `at`."""
    if span.days is None:
        return begun_at + (span.hours or 0) * HOUR + (span.minutes or 0) * MINUTE
    local = datetime.fromtimestamp(begun_at, zone)
    second = clock_second(span.at) if span.at else local.hour * HOUR + local.minute * MINUTE + local.second
    return wall_instant(zone, local.toordinal() + span.days, second)


def clock_second(clock: str) -> int:
    """The seconds after midnight of a time of day such as `09:00`."""
    hours, minutes = clock.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


def field_date(text: str) -> date | None:
    """The date that the text of a custom field is, such as `2026-12-24`, else None."""
    text = text.strip()
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
    return day if day is not None and FIRST_DATE <= day.toordinal() <= LAST_DATE else None


def _field_date(until: UntilField, facts: Facts) -> int:
    day = field_date(facts.contact.fields.get(until.field, ""))
    if day is None:
        raise WaitImpossible(
            message("The contact has no date such as 2026-12-24 in the field %(field)s.", field=until.field)
        )
    return wall_instant(facts.zone, day.toordinal(), clock_second(until.at))


def _around_booking(around: AroundBooking, facts: Facts) -> int:
    if facts.booking is None:
        raise WaitImpossible(message("There is no booking to wait for."))
    if around.before is not None:
        return facts.booking.start - around.before * MINUTE
    return facts.booking.end + (around.after or 0) * MINUTE


def _reached(wanted: Literal["opened", "booked"], facts: Facts) -> Literal["opened", "booked"] | None:
    if facts.link is None:
        return None
    if facts.link.state is LinkState.BOOKED:
        return "booked"
    return "opened" if wanted == "opened" and facts.link.is_opened else None
