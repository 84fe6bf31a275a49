"""The steps of one run in the plain model (`model.py`): a function that goes through them in order."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.domain.workflows.custom_values import LINK_STEP
from admitone.domain.workflows.steps import (
    AddTags,
    Branch,
    GenerateLink,
    RemoveTags,
    SendEmail,
    SetField,
    Stop,
    Wait,
    all_steps,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from admitone.domain.workflows.steps import Condition, Span, Step
    from admitone.domain.workflows.workflow import WorkflowBody
    from tests.support.workflows.model import Model, ModelRun


EXPIRY = 90
"""Days for which a link is valid by the workspace's setting at first."""


class _Over(Exception):  # noqa: N818 - the run is over
    """The run ends."""

    def __init__(self, status: str, why: str = "") -> None:
        self.status = status
        self.why = why
        super().__init__(status)


def run_steps(model: Model, run: ModelRun, body: WorkflowBody) -> Iterator[int]:
    """Go through the steps; each yielded number is the time until which the run waits at most."""
    try:
        _look(run, body)
        yield from _all(model, run, body, body.steps)
    except _Over as over:
        run.status, run.why = over.status, over.why  # type: ignore[assignment]
    else:
        run.status = "done"
    run.until = run.attends = None


def _all(model: Model, run: ModelRun, body: WorkflowBody, steps: Sequence[Step]) -> Iterator[int]:
    for step in steps:
        if isinstance(step, Branch):
            held = _holds(model, run, step)
            run.told.append((step.id, "done", "then" if held else "else"))
            yield from _all(model, run, body, step.then if held else step.else_)
            continue
        _look(run, body)
        if isinstance(step, Wait):
            yield from _wait(model, run, body, step)
        else:
            _do(model, run, step)


def _look(run: ModelRun, body: WorkflowBody) -> None:
    """Stop on booking: looked at before each step."""
    mode = body.stop_on_booking
    if mode is not None and any(link.bookings for link in run.links.values()):
        raise _Over("stopped", "booked")
    since = run.entered_at + (run.booking is not None)
    if mode == "any" and run.contact.booked_at is not None and run.contact.booked_at >= since:
        raise _Over("stopped", "booked_elsewhere")


def _do(model: Model, run: ModelRun, step: Step) -> None:
    contact, why = run.contact, ""
    if isinstance(step, GenerateLink):
        days = step.expires_in_days
        run.links[step.id] = model.new_link(run, EXPIRY if days is msgspec.UNSET else days)
    elif isinstance(step, SendEmail):
        why = _why_not_mailed(model, run, step)
        if not why:
            run.mails.append(step.id)
    elif isinstance(step, AddTags):
        model.add_tags(contact, tuple(step.tags), run.depth + 1)
    elif isinstance(step, RemoveTags):
        contact.tags = [tag for tag in contact.tags if tag not in step.tags]
    elif isinstance(step, SetField):
        # Of templates the model knows the one that shows a field.
        shown = re.fullmatch(r"{{ contact\.fields\.(\w+) }}", step.value)
        contact.fields[step.name] = contact.fields.get(shown[1], "") if shown else step.value
    run.told.append((step.id, "skipped" if why else "done", why))
    if isinstance(step, Stop):
        raise _Over("done")


def _why_not_mailed(model: Model, run: ModelRun, step: SendEmail) -> str:
    if run.contact.is_unsubscribed:
        return "unsubscribed"
    text = f"{step.subject}{step.text}{step.html}"
    makers = [
        one.id for one in all_steps(model.workflows[run.workflow].steps) if isinstance(one, GenerateLink)
    ]
    named = [link for maker, link in run.links.items() if _name(makers.index(maker)) in text]
    if run.link is not None and re.search(r"(?<!_)link\.one_time_link", text):
        named.append(run.link)
    return "link_gone" if any(link.state(model.now) in {"expired", "revoked"} for link in named) else ""


def _name(index: int) -> str:
    """How templates name the address of the link that the n-th such step makes."""
    return f"{LINK_STEP}{f'_{index + 1}' if index else ''}.one_time_link"


def _wait(model: Model, run: ModelRun, body: WorkflowBody, step: Wait) -> Iterator[int]:
    begun_at, until = model.now, None
    while True:
        if step.booking is not None and run.newest_booking and run.newest_booking.status == "cancelled":
            raise _Over("stopped", "cancelled")
        if until is None or step.booking is not None:
            until = _end(model, run, step, begun_at)
        if until is None:
            run.told.append((step.id, "failed", ""))
            raise _Over("failed")
        reached = _reached(model, run, step)
        if reached or until <= model.now:
            run.told.append((step.id, "done", reached or "time"))
            run.attends = None
            return
        run.attends = run.newest_booking if step.booking is not None else None
        yield until
        _look(run, body)


def _reached(model: Model, run: ModelRun, step: Wait) -> str:
    link = run.newest_link
    if step.link is None or link is None:
        return ""
    if link.state(model.now) == "booked":
        return "booked"
    return "opened" if step.link == "opened" and link.is_opened else ""


def _end(model: Model, run: ModelRun, step: Wait, begun_at: int) -> int | None:
    """When the wait ends at the latest; None if nothing says so."""
    zone = ZoneInfo(run.contact.timezone)
    if step.until is not None:
        try:
            day = datetime.strptime(run.contact.fields.get(step.until.field, ""), "%Y-%m-%d")  # noqa: DTZ007
        except ValueError:
            return None
        return max(begun_at, _clock(day.replace(tzinfo=zone), step.until.at))
    if step.booking is not None:
        booking = run.newest_booking
        if booking is None:
            return None
        around = step.booking
        if around.before is not None:
            return max(begun_at, booking.start - around.before * 60)
        return max(begun_at, booking.end + (around.after or 0) * 60)
    span = step.timeout if step.link is not None else step.for_
    assert span is not None
    return _span_end(span, begun_at, zone)


def _span_end(span: Span, begun_at: int, zone: ZoneInfo) -> int:
    if span.days is None:
        return begun_at + (span.hours or 0) * 3600 + (span.minutes or 0) * 60
    day = datetime.fromtimestamp(begun_at, zone).replace(fold=0) + timedelta(days=span.days)
    return max(begun_at, _clock(day, span.at) if span.at else int(day.timestamp()))


def _clock(day: datetime, clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return int(day.replace(hour=hour, minute=minute, second=0).timestamp())


def _holds(model: Model, run: ModelRun, step: Branch) -> bool:
    found = [_condition(model, run, condition) for condition in step.when.conditions]
    return all(found) if step.when.match == "all" else any(found)


def _condition(model: Model, run: ModelRun, condition: Condition) -> bool:
    values = _values(model, run, condition.about)
    match condition.is_:
        case "set":
            return any(values)
        case "not_set":
            return not any(values)
        case "is":
            return condition.value in values
        case "is_not":
            return condition.value not in values
        case "contains":
            return _contains(condition, values)
        case _:
            return not _contains(condition, values)


def _contains(condition: Condition, values: list[str]) -> bool:
    """Whether a tag is the value, or the value is a part of a text."""
    if condition.about == "contact.tags":
        return condition.value in values
    return any(condition.value in value for value in values)


def _values(model: Model, run: ModelRun, about: str) -> list[str]:
    if about == "contact.tags":
        return run.contact.tags
    if about == "link":
        link = run.newest_link
        if link is None:
            return []
        state = link.state(model.now)
        return [state, "opened"] if link.is_opened or state == "booked" else [state]
    if about == "booking":
        if run.newest_booking is None:
            return []
        status = run.newest_booking.status_at(model.now)
        return [status, "scheduled"] if status == "rescheduled" else [status]
    return [run.contact.fields.get(about.removeprefix("contact.fields."), "")]
