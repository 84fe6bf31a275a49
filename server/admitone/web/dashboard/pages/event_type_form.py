"""The form of an event type: from a record to its fields, and from the fields to the API's document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.availability.case import Dates, RollingDays
from admitone.domain.pages.event_type import EventTypeBody, Location
from admitone.web.dashboard.mail.reminder_form import reminder_fields, sent_reminders
from admitone.web.dashboard.pages.setting_sentences import split_span

if TYPE_CHECKING:
    from admitone.domain.bookings.policy import Permission
    from admitone.web.dashboard.sent_form import SentForm

BLANK = EventTypeBody(name="", duration_minutes=30, location=Location("google_meet"))
"""What a new event type starts from."""


def event_type_fields(record: EventTypeBody) -> dict[str, Any]:
    """The fields of the form, by the paths that the API's errors name; empty where nothing is set."""
    window, policy = record.window, record.policy
    notice, unit = split_span(record.min_notice_minutes)
    fields: dict[str, Any] = {
        "name": record.name,
        "description": record.description,
        "duration_minutes": record.duration_minutes,
        "location.kind": record.location.kind,
        "location.detail": record.location.detail,
        "increment_minutes": record.increment_minutes,
        "buffer_before_minutes": record.buffer_before_minutes or None,
        "buffer_after_minutes": record.buffer_after_minutes or None,
        "min_notice_minutes": notice,
        "min_notice_minutes.unit": unit,
        "window.kind": "none",
        "max_per_day": record.max_per_day,
        "max_per_week": record.max_per_week,
        "max_shown_per_day": record.max_shown_per_day,
        "policy.reason": policy.reason,
        "policy.max_reschedules": policy.max_reschedules,
        "policy.text": policy.text,
        "reminders.kind": "workspace" if record.reminders is None else "own",
        **reminder_fields(record.reminders or []),
    }
    if isinstance(window, RollingDays):
        fields |= {"window.kind": "rolling_days", "window.days": window.days}
    if isinstance(window, Dates):
        dates = {"window.from": window.first.isoformat(), "window.to": window.last.isoformat()}
        fields |= {"window.kind": "dates", **dates}
    return (
        fields
        | _permission_fields("cancel", policy.cancel)
        | _permission_fields("reschedule", policy.reschedule)
    )


def event_type_document(form: SentForm) -> dict[str, Any]:
    """The document that the form stands for; what cannot be read is in the form's problems."""
    return {
        "name": form.text("name"),
        "description": form.text("description"),
        "duration_minutes": form.needed_number("duration_minutes"),
        "location": {"kind": form.text("location.kind"), "detail": form.text("location.detail")},
        "increment_minutes": form.number("increment_minutes"),
        "buffer_before_minutes": form.number("buffer_before_minutes") or 0,
        "buffer_after_minutes": form.number("buffer_after_minutes") or 0,
        "min_notice_minutes": form.minutes("min_notice_minutes") or 0,
        "window": _window(form),
        "max_per_day": form.number("max_per_day"),
        "max_per_week": form.number("max_per_week"),
        "max_shown_per_day": form.number("max_shown_per_day"),
        "policy": {
            "cancel": _permission(form, "cancel"),
            "reschedule": _permission(form, "reschedule"),
            "reason": form.text("policy.reason"),
            "max_reschedules": form.number("policy.max_reschedules"),
            "text": form.text("policy.text"),
        },
        "reminders": sent_reminders(form) if form.text("reminders.kind") == "own" else None,
    }


def _permission_fields(action: str, permission: Permission) -> dict[str, Any]:
    count, unit = split_span(permission.minutes or 1440)
    name = f"policy.{action}.minutes"
    return {f"policy.{action}.allow": permission.allow, name: count, f"{name}.unit": unit}


def _window(form: SentForm) -> dict[str, Any] | None:
    """Only what goes with the chosen kind: the fields of the others keep what was typed into them."""
    kind = form.text("window.kind")
    if kind == "rolling_days":
        return {"kind": kind, "days": form.needed_number("window.days")}
    if kind == "dates":
        return {"kind": kind, "from": form.date("window.from"), "to": form.date("window.to")}
    return None


def _permission(form: SentForm, action: str) -> dict[str, Any]:
    allow = form.text(f"policy.{action}.allow")
    minutes = form.minutes(f"policy.{action}.minutes") if allow == "until" else None
    return {"allow": allow, "minutes": minutes}
