"""The events in the demo's calendars, so that some times are busy: the same events after every start."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.call import act_as
from admitone.fakegoogle.errors import ApiError

if TYPE_CHECKING:
    from datetime import date

    from admitone.fakegoogle.state import State

ACCOUNT = "admin@acme.test"
DAYS = 14
# The letter in the id, the weekday (Monday is 0), start, end, title, and whether it is shown as busy.
WEEKLY = (
    ("a", 0, "10:00", "11:00", "Team meeting", True),
    ("b", 1, "09:30", "10:00", "Dentist", True),
    ("c", 2, "13:00", "16:00", "Workshop", True),
    ("d", 3, "11:00", "12:00", "Lunch with Max", True),
    ("e", 3, "14:00", "17:00", "Reading, may be interrupted", False),
)


def seed_events(state: State, today: date, origin: str) -> None:
    """Insert the missing events of the next two weeks; events that were deleted stay deleted."""
    zone = state.data.accounts[ACCOUNT].time_zone
    for day in (today + timedelta(days=ahead) for ahead in range(DAYS)):
        for letter, weekday, start, end, name, is_busy in WEEKLY:
            if day.weekday() == weekday:
                times = {"start": _moment(day, start, zone), "end": _moment(day, end, zone)}
                more = {} if is_busy else {"transparency": "transparent"}
                _insert(state, {"id": f"demo{day:%Y%m%d}{letter}", "summary": name, **times, **more}, origin)


def _insert(state: State, body: dict[str, Any], origin: str) -> None:
    try:
        act_as(state, ACCOUNT, "calendar.events.insert", {"calendarId": "primary"}, body, origin)
    except ApiError as error:
        if error.status != 409:  # noqa: PLR2004 - the event exists, or was deleted
            raise


def _moment(day: date, time: str, zone: str) -> dict[str, str]:
    return {"dateTime": f"{day.isoformat()}T{time}:00", "timeZone": zone}
