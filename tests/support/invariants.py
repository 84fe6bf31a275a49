"""What must hold in Redis whenever nothing is under way, whatever happened before.

The checks read the raw database and recount everything from the records; they share no code with the
store's scripts, and of the store only the way in which a name is split into words.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from admitone.domain import tokens
from tests.support.contact_invariants import check_contacts
from tests.support.link_invariants import bookings_of, expected_lists
from tests.support.raw_database import Entry, Stream, Workspace, read_workspaces
from tests.support.reports.invariants import check_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redis.asyncio import Redis

LIVE = ("scheduled", "rescheduled")
LAST_CHANGES = {
    "scheduled": None,
    "rescheduled": "booking.rescheduled",
    "cancelled": "booking.cancelled",
    "no_show": "booking.no_show",
}
"""The last entry of the history of a booking with each stored status."""
WHOLE = {"status", "start", "end", "before", "after", "event_type", "users", "page"}
"""The fields that every booking has."""
UNTRIMMED = 100_000
"""An activity stream with fewer entries has lost none."""
EXACT = {"links", "links_deleted", "bookings", "bookings_deleted"}
"""Counters of which a recount knows what was erased."""
RECOUNTED = ("booking.", "link.")
"""Kinds of event that follow from records one by one."""


async def check_invariants(redis: Redis, partitions: int = 0) -> list[str]:
    """Each violation in any workspace as a sentence; nothing may write to Redis meanwhile."""
    partitions = partitions or int(await redis.hget("ao:{meta}", "partitions") or 0)
    found: list[str] = []
    for workspace in await read_workspaces(redis):
        if workspace.partition != tokens.workspace_number(workspace.id) % (partitions or 1):
            found.append(f"{workspace.id}: is in partition {workspace.partition}")
        checks = (
            _links,
            _bookings,
            _occupied,
            _indexes,
            _counts,
            _turns,
            _configuration,
            _pictures,
            _events,
            _operations,
            check_contacts,
            check_reports,
        )
        for check in checks:
            found += [f"{workspace.id}: {problem}" for problem in check(workspace)]
    return found


def _links(workspace: Workspace) -> Iterator[str]:
    """At most one live booking per link, and the link's own state agrees with its bookings."""
    bookings, erased = workspace.records("booking"), workspace.deleted("booking")
    for link_id, link in workspace.records("link").items():
        if missing := {"page", "by", "created", "code", "on_cancel", "channel"} - set(link):
            yield f"link {link_id} lacks {missing}"
        ids = [one for one in bookings_of(link) if one not in erased]
        if unknown := [one for one in ids if bookings.get(one, {}).get("link") != link_id]:
            yield f"link {link_id} lists {unknown}, which did not come by it"
        statuses = {one: bookings.get(one, {}).get("status") for one in ids}
        live = [one for one, status in statuses.items() if status in LIVE]
        booked = link.get("booked")
        if len(live) > 1:
            yield f"link {link_id} has the live bookings {live}"
        if not booked and any(status != "cancelled" for status in statuses.values()):
            yield f"link {link_id} is free, and its bookings are {statuses}"
        if booked and "revoked" in link:
            yield f"link {link_id} is both booked and revoked"
        changes = [event["type"] for event in workspace.history("link", link_id)]
        lasting = [change for change in changes if change in {"link.revoked", "link.reactivated"}]
        if (lasting[-1:] == ["link.revoked"]) != ("revoked" in link):
            yield f"link {link_id} is{'' if 'revoked' in link else ' not'} revoked after {changes}"


def _bookings(workspace: Workspace) -> Iterator[str]:
    """Every booking is whole, and agrees with its history and its link."""
    links, erased = workspace.records("link"), workspace.deleted("link")
    for booking_id, booking in workspace.records("booking").items():
        if missing := WHOLE - set(booking):
            yield f"booking {booking_id} lacks {missing}"
            continue
        if f"booking:{booking_id}:data" not in workspace.texts:
            yield f"booking {booking_id} lacks its data"
        users = booking["users"].split(",")
        if len(set(users)) != len(users) or not all(users):
            yield f"booking {booking_id} has the users {users}"
        changes = [event["type"] for event in workspace.history("booking", booking_id)]
        if len(changes) != int(booking.get("sequence", "0")):
            yield f"booking {booking_id} has sequence {booking.get('sequence')} after {changes}"
        undone = changes.count("booking.no_show_undone")
        no_shows = [place for place, change in enumerate(changes) if change == "booking.no_show"][:undone]
        changes = [
            change
            for place, change in enumerate(changes)
            if place not in no_shows and change not in {"booking.reassigned", "booking.no_show_undone"}
        ]
        if LAST_CHANGES.get(booking["status"], "?") != (changes[-1] if changes else None):
            yield f"booking {booking_id} is {booking['status']} after {changes}"
        if int(booking.get("reschedules", 0)) > changes.count("booking.rescheduled"):
            yield f"booking {booking_id} counts {booking['reschedules']} reschedules after {changes}"
        link = booking.get("link")
        if link and link not in erased and booking_id not in bookings_of(links.get(link, {})):
            yield f"booking {booking_id} came by link {link}, which does not list it"
    for name in (*workspace.texts, *workspace.lists):
        kind, _, rest = name.partition(":")
        if kind in {"booking", "link"} and rest.partition(":")[0] not in workspace.records(kind):
            yield f"{name} belongs to nothing"


def _occupied(workspace: Workspace) -> Iterator[str]:
    """A live booking occupies its users' time, nothing else does, and no two are too close."""
    expected: dict[str, dict[str, float]] = defaultdict(dict)
    times: dict[str, list[tuple[int, int, int, int, str]]] = defaultdict(list)
    for booking_id, booking in workspace.records("booking").items():
        if booking.get("status") not in LIVE or WHOLE - set(booking):
            continue
        start, end, before, after = (int(booking[name]) for name in ("start", "end", "before", "after"))
        for user in booking["users"].split(","):
            expected[user][f"{booking_id}|{end}|{before}|{after}|{booking['event_type']}"] = start
            times[user].append((start, end, before, after, booking_id))
    for user, there in workspace.under("occupied:").items():
        yield from _differences(f"time of user {user}", there, expected[user])
    for user in expected.keys() - workspace.under("occupied:").keys():
        yield f"nothing of user {user}'s time is occupied"
    for user, bookings in times.items():
        for one, other in combinations(sorted(bookings), 2):
            if other[0] - one[1] < max(one[3], other[2]):
                yield f"user {user} has the bookings {one[4]} and {other[4]} at once"


def _indexes(workspace: Workspace) -> Iterator[str]:
    """Every index equals a recount from the records."""
    links, bookings = workspace.records("link"), workspace.records("booking")
    order = workspace.sets.get("links", {})
    if order.keys() != links.keys():
        yield f"links are {sorted(links)}, and listed {sorted(order)}"
    for field, prefix in (("page", "links:page:"), ("by", "links:user:")):
        expected: dict[str, dict[str, float]] = defaultdict(dict)
        for link_id, link in links.items():
            expected[link.get(field, "")][link_id] = order.get(link_id, -1)
        yield from _all_differences(prefix, workspace.under(prefix), expected)
    starts = {booking_id: float(booking.get("start", 0)) for booking_id, booking in bookings.items()}
    yield from _differences("bookings", workspace.sets.get("bookings", {}), starts)
    pages: dict[str, dict[str, float]] = defaultdict(dict)
    for booking_id, booking in bookings.items():
        pages[booking.get("page", "")][booking_id] = starts[booking_id]
    yield from _all_differences("bookings:page:", workspace.under("bookings:page:"), pages)
    for name, members in expected_lists(workspace).items():
        yield from _differences(name, workspace.sets.get(name, {}), members)


def _counts(workspace: Workspace) -> Iterator[str]:
    """Every counter equals a recount; what was erased still counts."""
    gone = {kind: len(workspace.deleted(kind)) for kind in ("link", "booking")}
    links, bookings = workspace.records("link").values(), workspace.records("booking")
    moves = [event["type"] for one in bookings for event in workspace.history("booking", one)]
    statuses = Counter(booking.get("status") for booking in bookings.values())
    expected = {
        "links": len(links) + gone["link"],
        "links_deleted": gone["link"],
        "links_booked": sum("booked" in link for link in links),
        "links_revoked": sum("revoked" in link for link in links),
        "bookings": len(bookings) + gone["booking"],
        "bookings_deleted": gone["booking"],
        "cancelled": statuses["cancelled"],
        "no_show": statuses["no_show"],
        "completed": sum("completed" in one and one.get("status") in LIVE for one in bookings.values()),
        "reschedules": moves.count("booking.rescheduled"),
    }
    counts = workspace.hashes.get("counts", {})
    for name, number in expected.items():
        missing = int(counts.get(name, "0")) - number
        if missing and not (name not in EXACT and missing > 0 and any(gone.values())):
            yield f"counter {name} is {counts.get(name)}, and a recount {number}"


def _turns(workspace: Workspace) -> Iterator[str]:
    """For each master page and event type, each user's count of bookings equals a recount."""
    expected: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for booking in workspace.records("booking").values():
        if "pages" not in booking or WHOLE - set(booking):
            continue
        name = f"turns:{booking['page']}:{booking['event_type']}"
        for user in booking["users"].split(","):
            counts = expected[name].setdefault(user, [0, 0, 0])
            counts[0] += 1
            counts[1] += booking["status"] == "cancelled"
            counts[2] += booking["status"] == "no_show"
    kept = {name: fields for name, fields in workspace.hashes.items() if name.startswith("turns:")}
    for name in kept.keys() | expected.keys():
        tallies = {user: text for user, text in kept.get(name, {}).items() if not user.startswith("*")}
        there = {user: [int(number) for number in text.split()[:3]] for user, text in tallies.items()}
        had = {user: counts for user, counts in there.items() if any(counts)}
        if had != expected[name] and not workspace.deleted("booking"):
            yield f"{name} says {had}, and a recount {expected[name]}"


def _configuration(workspace: Workspace) -> Iterator[str]:
    """No record is of a later version than the counter, and the lists name what is there."""
    config = dict(workspace.hashes.get("config", {}))
    counter = int(config.pop("counter", 0))
    ids: dict[str, set[str]] = defaultdict(set)
    for field, text in config.items():
        kind, _, record_id = field.partition(":")
        ids[kind].add(record_id)
        if not 0 < int(text.partition(" ")[0]) <= counter:
            yield f"{field} is of version {text.partition(' ')[0]}, and the counter at {counter}"
    for kind, listed in workspace.under("list:").items():
        if listed.keys() != ids[kind]:
            yield f"of kind {kind} there are {sorted(ids[kind])}, and listed {sorted(listed)}"
    for kind in ids.keys() - workspace.under("list:").keys():
        yield f"of kind {kind} nothing is listed"


def _pictures(workspace: Workspace) -> Iterator[str]:
    """Each picture is named by one record, and each that is named is there."""
    records = [
        json.loads(text.partition(" ")[2])
        for field, text in workspace.hashes.get("config", {}).items()
        if field.startswith(("settings:", "user:"))
    ]
    named = sorted(one["id"] for each in records if (one := each.get("logo") or each.get("photo")))
    there = sorted(name.removeprefix("media:") for name in workspace.texts if name.startswith("media:"))
    if named != there:
        yield f"the pictures {there} are there, and {named} are named"


def _events(workspace: Workspace) -> Iterator[str]:
    """Everything that happened to a link or booking is in the activity and in the outbox exactly once."""
    expected: Counter[tuple[str, str]] = Counter()
    for kind, made in (("link", "link.created"), ("booking", "booking.scheduled")):
        for record_id, record in workspace.records(kind).items():
            happened = [made, *(event["type"] for event in workspace.history(kind, record_id))]
            happened += ["link.opened"] if "opened" in record else []
            happened += ["link.expired"] if "expired" in record else []
            happened += ["booking.completed"] if "completed" in record else []
            expected.update((what, record_id) for what in happened)
    erased = workspace.deleted("link") | workspace.deleted("booking")

    def is_of_erased(event: Entry) -> bool:
        return event.get(event["type"].partition(".")[0]) in erased

    activity = workspace.streams.get("activity", Stream([], False))
    for name, stream in (("activity", activity), ("jobs", workspace.jobs)):
        there = Counter(
            (event["type"], event.get(event["type"].partition(".")[0], ""))
            for event in stream.events
            if event["type"].startswith(RECOUNTED) and not is_of_erased(event)
        )
        lossless = not stream.is_consumed and len(stream.entries) < UNTRIMMED
        lost = expected - there if lossless else Counter[tuple[str, str]]()
        for event, times in (there - expected).items():
            yield f"{event} is in {name} {times} times too often"
        for event, times in lost.items():
            yield f"{event} is in {name} {times} times too rarely"


def _operations(workspace: Workspace) -> Iterator[str]:
    """The kept answer of every operation expires."""
    for name in workspace.immortal:
        if name.startswith("operation:"):
            yield f"{name} never expires"


def _all_differences(
    prefix: str, there: dict[str, dict[str, float]], expected: dict[str, dict[str, float]]
) -> Iterator[str]:
    for name in there.keys() | expected.keys():
        yield from _differences(f"{prefix}{name}", there.get(name, {}), expected.get(name, {}))


def _differences(name: str, there: dict[str, float], expected: dict[str, float]) -> Iterable[str]:
    if there != expected:
        too_many = dict(there.items() - expected.items())
        yield f"{name} has {too_many} and lacks {dict(expected.items() - there.items())}"
