"""Reports counted plainly from the raw records, with everything on the days of one zone.

This shares no code with the server: neither how it counts at once nor how it counts again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from tests.support.reports.invariants import add_entry, add_link, bucket

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from tests.support.raw_database import Entry, Workspace
    from tests.support.reports.invariants import Hashes


def plain_recount(workspace: Workspace, zone: ZoneInfo) -> Hashes:
    """The counters as they should be, while there are no more than 500 domains a month."""
    found: Hashes = defaultdict(Counter)
    links = workspace.records("link")
    for link in links.values():
        mark = "=" if "email" in link else "-"
        add_link(found, link, mark, _day(zone, int(link["created"])), "")
    for booking_id, booking in workspace.records("booking").items():
        data = workspace.data(booking_id)
        channel = links[booking["link"]]["channel"] if "link" in booking else "general"
        for figure, at, detail, users in _happened(booking, workspace.history("booking", booking_id), data):
            add_entry(
                found,
                booking,
                figure,
                _day(zone, at),
                users=users,
                channel=channel,
                workflow="",
                domain=data["email"].partition("@")[2],
                detail=detail,
            )
    return dict(found)


def _happened(
    booking: Mapping[str, str], history: list[Entry], data: Entry
) -> list[tuple[str, int, str, list[str]]]:
    """Each figure of a booking: its name, when, its detail, and whose booking it was then."""
    users = booking["users"].split(",")
    for event in reversed(history):
        if event["type"] == "booking.reassigned":
            users = [event["gave"] if user == event["took"] else user for user in users]
    moves = [event for event in history if event["type"] == "booking.rescheduled"]
    start = moves[0]["was"] if moves else int(booking["start"])
    found = [("scheduled", data["created"], str(bucket(start - data["created"])), users)]
    for event in history:
        kind, at = event["type"].removeprefix("booking."), event["at"]
        if kind == "reassigned":
            users = [event["took"] if user == event["gave"] else user for user in users]
        elif kind == "rescheduled":
            start = event["start"]
            found.append(("rescheduled", at, "", users))
        elif kind == "cancelled":
            by = {"customer": "customer"}.get(event["by"], "google" if "channel" in event else "host")
            found.append(
                ("cancelled", at, by, users) if at < start else ("cancelled_after_start", at, "", users)
            )
        elif kind == "no_show":
            found.append(("no_show", at, "", users))
        elif kind == "no_show_undone":
            found = [one for one in found if one[0] != "no_show"]
    if "completed" in booking and booking["status"] in {"scheduled", "rescheduled"}:
        found.append(("completed", int(booking["end"]), "", users))
    return found


def _day(zone: ZoneInfo, at: int) -> str:
    return datetime.fromtimestamp(at, zone).strftime("%Y%m%d")
