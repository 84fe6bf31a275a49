"""The hours of a booking page in its form: time fields for weekdays, and for dates with other hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.errors import FieldError
from admitone.texts.message import message
from admitone.web.dashboard.struct_form import FormPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from msgspec.inspect import Field

    from admitone.domain.availability.schedule import Window
    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues

DAYS = Weekly.__struct_fields__
OFFICE_HOURS = (("09:00", "17:00"),)
BOTH_TIMES = message("Enter both times.")


class Override(msgspec.Struct):
    """The windows of one date, as pairs of start and end; without windows the date is a day off."""

    date: str
    windows: list[tuple[str, str]]


class WeeklyPart(FormPart):
    """The windows by weekday: fields `weekly.mon.0.start` and `weekly.mon.0.end`, and so on."""

    def values(self, name: str, value: Weekly) -> dict[str, Any]:
        """The windows of each day by its name."""
        return {name: {day: _shown(windows) for day, windows in zip(DAYS, value.days(), strict=True)}}

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> Any:
        """The windows of each day; both of a window's times are required."""
        shown[name] = {day: _windows(form, f"weekly.{day}") for day in DAYS}
        form.problems += [
            FieldError(f"{name}.{day}.{place}", BOTH_TIMES)
            for day in DAYS
            for place, window in enumerate(shown[name][day])
            if not all(window)
        ]
        return shown[name]


class OverridesPart(FormPart):
    """Dates with other hours: fields `override.0.date`, `override.0.0.start` and so on."""

    def values(self, name: str, value: Mapping[str, Sequence[Window]]) -> dict[str, Any]:
        """A list of `Override`, by date."""
        return {name: [Override(day, _shown(windows)) for day, windows in sorted(value.items())]}

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> Any:
        """The windows by date. Empty rows are dropped, so that errors and rows have the same places."""
        sent = [
            Override(form.text(f"override.{place}.date"), _windows(form, f"override.{place}"))
            for place in form.places("override")
        ]
        shown[name] = overrides = [one for one in sent if one.date or one.windows]
        form.problems += _problems(overrides)
        return {override.date: override.windows for override in overrides}


def office_hours(timezone: str) -> Schedule:
    """The schedule that a new page starts with: Monday to Friday, 09:00 to 17:00."""
    return Schedule(timezone, Weekly(*[OFFICE_HOURS] * 5))


def _problems(overrides: Sequence[Override]) -> list[FieldError]:
    """The errors that the document cannot express: half a window, a missing date, a date given twice."""
    found: list[FieldError] = []
    seen: set[str] = set()
    for place, override in enumerate(overrides):
        if not override.date:
            found.append(FieldError(f"override.{place}", message("Choose a date.")))
        elif override.date in seen:
            found.append(FieldError(f"override.{place}", message("This date is given twice.")))
        elif not all(all(window) for window in override.windows):
            found.append(FieldError(f"override.{place}", BOTH_TIMES))
        seen.add(override.date)
    return found


def _shown(windows: Sequence[Window]) -> list[tuple[str, str]]:
    """Windows as time fields can hold them: an end of 24:00 becomes 00:00, which ends the same day."""
    return [(start[:5], "00:00" if end.startswith("24") else end[:5]) for start, end in windows]


def _windows(form: SentForm, prefix: str) -> list[tuple[str, str]]:
    """The windows of fields `prefix.0.start`, `prefix.0.end` and so on, without the empty ones."""
    windows = [
        (form.text(f"{prefix}.{place}.start"), form.text(f"{prefix}.{place}.end"))
        for place in form.places(prefix)
    ]
    return [window for window in windows if any(window)]
