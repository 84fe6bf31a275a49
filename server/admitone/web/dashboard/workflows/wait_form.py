"""The form of a *Wait*: a choice of what is waited for, and the fields of each choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.workflows.steps import AroundBooking, Span, UntilField
from admitone.web.dashboard.spans import split_span

if TYPE_CHECKING:
    from admitone.domain.workflows.steps import Wait
    from admitone.web.dashboard.sent_form import SentForm

HOURS = ("minutes", "hours", "days")
FIRST_TIMEOUT = Span(days=3)
"""What the form proposes as the longest wait for a link."""


def wait_values(step: Wait) -> dict[str, Any]:
    """The values that the form shows; choices that do not hold show what they would begin with."""
    until, around = step.until or UntilField(), step.booking or AroundBooking(before=1440)
    is_before = around.before is not None
    minutes = around.before if around.before is not None else around.after or 0
    count, unit = split_span(minutes)
    return {
        "how": _how(step),
        **_span_values("for", step.for_ or Span(days=1)),
        **_span_values("timeout", step.timeout or FIRST_TIMEOUT),
        "until.field": until.field,
        "until.at": until.at,
        "booking": "before" if is_before else "after",
        "booking.minutes": count,
        "booking.minutes.unit": unit,
    }


def read_wait(sent: SentForm) -> dict[str, Any]:
    """The wait's document, with the fields of the choice only."""
    how = sent.text("how")
    if how == "until":
        return {"until": {"field": sent.text("until.field"), "at": sent.text("until.at") or UntilField().at}}
    if how == "booking":
        side = "after" if sent.text("booking") == "after" else "before"
        return {"booking": {side: sent.number("booking.minutes", required=True)}}
    if how in {"opened", "booked"}:
        return {"link": how, "timeout": _read_span(sent, "timeout")}
    return {"for": _read_span(sent, "for")}


def _how(step: Wait) -> str:
    if step.link is not None:
        return step.link
    return "until" if step.until else "booking" if step.booking else "for"


def _span_values(name: str, span: Span) -> dict[str, Any]:
    unit = next((unit for unit in HOURS if getattr(span, unit)), "days")
    return {f"{name}.count": getattr(span, unit), f"{name}.unit": unit, f"{name}.at": span.at or ""}


def _read_span(sent: SentForm, name: str) -> dict[str, Any]:
    unit = sent.text(f"{name}.unit")
    unit = unit if unit in HOURS else "days"
    at = sent.text(f"{name}.at") if unit == "days" else ""
    # The count's name is no length of time to `SentForm`, because a day is a date here and not 24 hours.
    return {unit: sent.number(f"{name}.count", required=True), "at": at or None}
