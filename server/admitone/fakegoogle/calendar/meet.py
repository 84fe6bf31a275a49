"""Google Meet links, created if an event asks for one.

https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
"""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.calendar.event_body import without_nulls
from admitone.fakegoogle.errors import bad_request

if TYPE_CHECKING:
    from admitone.fakegoogle.records import Calendar, Event


def with_conference(
    event: Event,
    before: Event | None,
    body: dict[str, Any],
    calendar: Calendar,
    *,
    version: int,
    replaces: bool,
) -> Event:
    """`event` with the conference that `body` asks for, if `calendar` allows one.

    Version 0 means that the client does not know conferences: conference data in the body is ignored, and an
    existing conference stays. With `replaces`, a body without a conference removes it.
    """
    old = (before or {}).get("conferenceData")
    if version == 0 or ("conferenceData" not in body and not replaces):
        new = old
    else:
        new = _conference(body.get("conferenceData"), old, calendar.conferences)
    for name in ("conferenceData", "hangoutLink"):
        event.pop(name, None)
    if new is not None:
        event["conferenceData"] = new
        event["hangoutLink"] = new["entryPoints"][0]["uri"]
    return event


def _conference(
    asked: dict[str, Any] | None, old: dict[str, Any] | None, allowed: list[str]
) -> dict[str, Any] | None:
    if asked is None:
        return None
    asked = without_nulls(asked)
    request = asked.get("createRequest")
    if request is None:
        points = asked.get("entryPoints")
        if not asked.get("conferenceId") or not points or not all(point.get("uri") for point in points):
            raise bad_request("Invalid conference data.")
        return asked
    request_id = request.get("requestId")
    if not request_id:
        raise bad_request("Missing conference create request id.", reason="required")
    if old is not None and old.get("createRequest", {}).get("requestId") == request_id:
        return old
    kind = request.get("conferenceSolutionKey", {}).get("type", "hangoutsMeet")
    if kind != "hangoutsMeet" or kind not in allowed:
        raise bad_request("Invalid conference type value.")
    return _meet(request_id)


def _meet(request_id: str) -> dict[str, Any]:
    code = "-".join("".join(secrets.choice(string.ascii_lowercase) for _ in range(n)) for n in (3, 4, 3))
    key = {"type": "hangoutsMeet"}
    return {
        "createRequest": {
            "requestId": request_id,
            "conferenceSolutionKey": key,
            "status": {"statusCode": "success"},
        },
        "entryPoints": [
            {
                "entryPointType": "video",
                "uri": f"https://meet.google.com/{code}",
                "label": f"meet.google.com/{code}",
            }
        ],
        "conferenceSolution": {
            "key": key,
            "name": "Google Meet",
            "iconUri": "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4.png",
        },
        "conferenceId": code,
    }
