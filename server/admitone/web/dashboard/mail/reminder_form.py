"""Reminders as fields of a form: three lengths of time before the start, some of them empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.web.dashboard.pages.setting_sentences import split_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.web.dashboard.sent_form import SentForm

PLACES = range(3)


def reminder_fields(reminders: Sequence[int]) -> dict[str, Any]:
    """The fields, each a number and its unit."""
    fields: dict[str, Any] = {}
    for place in PLACES:
        count, unit = split_span(reminders[place]) if place < len(reminders) else (None, "hours")
        fields |= {f"reminders.{place}": count, f"reminders.{place}.unit": unit}
    return fields


def sent_reminders(form: SentForm) -> list[int]:
    """The minutes of those that were filled in."""
    found = (form.minutes(f"reminders.{place}") for place in PLACES)
    return [minutes for minutes in found if minutes is not None]
