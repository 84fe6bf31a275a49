"""The counters of reports in Redis equal what the records say that they have contributed.

This reads the texts in `counted` by itself: it shares no code with the server.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.support.raw_database import Workspace

FIGURES = {
    "s": "scheduled",
    "r": "rescheduled",
    "x": "cancelled",
    "y": "cancelled_after_start",
    "n": "no_show",
    "d": "completed",
}
LINK_FIGURES = {"made": "created", "fetched": "fetched", "opened": "opened", "booked": "first_booked"}
"""The field of a link that says that each of its figures happened, and when."""
BOUNDS = [*range(16), *(round(16 * 2 ** (step / 4)) for step in range(64))]
ROW = [
    *("made", "fetched", "opened", "booked", "scheduled", "rescheduled"),
    *("cancelled", "cancelled_after_start", "no_show", "completed"),
]
"""The counters of a day, in their order."""
TIME_NAMES = [f"{span}.{bucket}" for span in ("to_open", "to_book", "lead") for bucket in range(len(BOUNDS))]
"""The counters of times of a day; they begin behind those of all days and the number of changes."""
WIDTH = 31 * len(ROW)
"""The counters of a row of a table."""
Hashes = dict[str, Counter[str]]


def check_reports(workspace: Workspace) -> Iterator[str]:
    """Each difference as a sentence; what was erased has contributed more than is there."""
    if workspace.deleted("link") or workspace.deleted("booking") or not _are_whole(workspace):
        return
    expected = contributed(workspace)
    there = report_hashes(workspace)
    yield from _shared_rows(workspace)
    for name in sorted(expected.keys() | there.keys()):
        if there.get(name, Counter()) != expected.get(name, Counter()):
            yield f"report:{name} is {there.get(name)}, and the records say {expected.get(name)}"


def _are_whole(workspace: Workspace) -> bool:
    """Whether all records have what counts; if not, other checks say so."""
    links, bookings = workspace.records("link"), workspace.records("booking")
    return (
        all({"page", "by", "created", "channel"} <= link.keys() for link in links.values())
        and all({"page", "event_type", "users"} <= booking.keys() for booking in bookings.values())
        and all(f"booking:{one}:data" in workspace.texts for one in bookings)
    )


def report_hashes(workspace: Workspace) -> Hashes:
    """The counters that are not zero, by dimension and month, and in each `<figure>:<day>:<key>`."""
    found: Hashes = defaultdict(Counter)
    for table, numbers in workspace.counters.items():
        _, month, of = table.split(":")
        for name, row in workspace.hashes.get(f"{table}:rows", {}).items():
            dimension, key = ("domain", name) if of == "domains" else name.split(":", 1)
            _add_row(found[f"{dimension}:{month}"], ROW, numbers[int(row) * WIDTH :], key)
        if of == "all":
            _add_row(found[f"total:{month}"], ROW, numbers, "")
            _add_row(found[f"total:{month}"], TIME_NAMES, numbers[WIDTH + 1 :], "")
    return {name: fields for name, fields in found.items() if fields}


def _add_row(found: Counter[str], names: list[str], numbers: Sequence[int], key: str) -> None:
    for place, number in enumerate(numbers[: 31 * len(names)]):
        if number:
            day, column = divmod(place, len(names))
            found[f"{names[column]}:{day + 1:02d}:{key}"] = number


def _shared_rows(workspace: Workspace) -> Iterator[str]:
    """Each table of which two names have the same row, or one that belongs to the total."""
    for table in workspace.counters:
        rows = [int(row) for row in workspace.hashes.get(f"{table}:rows", {}).values()]
        first = 26 if table.endswith(":all") else 0
        if sorted(rows) != list(range(first, first + len(rows))):
            yield f"{table} has the rows {sorted(rows)}"


def contributed(workspace: Workspace) -> Hashes:
    """What all links and bookings have contributed by their own account."""
    found: Hashes = defaultdict(Counter)
    for link in workspace.records("link").values():
        if text := link.get("counted"):
            add_link(found, link, text[:1], text[1:9], text[10:])
    for booking_id, booking in workspace.records("booking").items():
        if text := booking.get("counted"):
            _add_booking(found, booking, workspace.data(booking_id).get("email", ""), text)
    return dict(found)


def add_link(found: Hashes, link: Mapping[str, str], mark: str, day: str, workflow: str) -> None:
    """Add what a link contributes, all of it under the day on which it was made (YYYYMMDD)."""
    keys = {
        "total": "",
        "page": link.get("page"),
        "event_type": link.get("event_type"),
        "host": link["by"],
        "channel": link["channel"],
        "workflow": workflow or None,
        "domain": domain_key(mark, link.get("email", "")),
    }
    month, of_day = f"{day[:4]}-{day[4:6]}", day[6:]
    spans = {"opened": "to_open", "booked": "to_book"}
    for figure, field in LINK_FIGURES.items():
        if field not in link:
            continue
        for dimension, key in keys.items():
            if key is not None:
                found[f"{dimension}:{month}"][f"{figure}:{of_day}:{key}"] += 1
        if figure in spans:
            took = bucket(int(link[field]) - int(link["created"]))
            found[f"total:{month}"][f"{spans[figure]}.{took}:{of_day}:"] += 1


def _add_booking(found: Hashes, booking: Mapping[str, str], email: str, text: str) -> None:
    head, *words = text[1:].split(" ")
    channel, _, workflow = head.partition(":")
    users = booking["users"].split(",")
    for word in reversed(words):
        if word.startswith("@"):
            place, _, user = word[1:].partition(":")
            users[int(place)] = user
            continue
        body, _, times = word.partition("*")
        what, day, detail = body[0], body[1:9], body[10:]
        add_entry(
            found,
            booking,
            FIGURES[what],
            day,
            users=users,
            channel=channel,
            workflow=workflow,
            domain=domain_key(text[:1], email),
            detail=detail,
            number=int(times or 1),
        )


def add_entry(
    found: Hashes,
    booking: Mapping[str, str],
    figure: str,
    day: str,
    *,
    users: list[str],
    channel: str,
    workflow: str,
    domain: str | None,
    detail: str,
    number: int = 1,
) -> None:
    """Add one figure of a booking; `detail` is the bucket of its lead time, or who cancelled."""
    month, of_day = f"{day[:4]}-{day[4:6]}", day[6:]
    keys = [("total", ""), ("page", booking["page"]), ("event_type", booking.get("event_type", ""))]
    keys += [("host", user) for user in users] + [("channel", channel)]
    keys += [("workflow", workflow)] if workflow else []
    keys += [("domain", domain)] if domain is not None else []
    if figure == "scheduled" and "pages" in booking:
        keys += [("member", f"{booking['page']}/{booking['event_type']}/{user}") for user in users]
    for dimension, key in keys:
        found[f"{dimension}:{month}"][f"{figure}:{of_day}:{key}"] += number
    if figure == "scheduled":
        found[f"total:{month}"][f"lead.{detail}:{of_day}:"] += number
    if figure == "cancelled":
        found[f"canceller:{month}"][f"cancelled:{of_day}:{detail}"] += number


def domain_key(mark: str, email: str) -> str | None:
    """The key of an address's domain, by the record's mark."""
    return {"=": email.rpartition("@")[2].casefold(), "*": "*other", "-": None}[mark]


def bucket(seconds: int) -> int:
    """The last bucket that begins no later than a time."""
    return max(place for place, minute in enumerate(BOUNDS) if minute <= max(0, seconds) // 60)
