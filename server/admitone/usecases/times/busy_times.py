"""When users are busy in the calendars that they connected: from the cache, or from Google.

An answer is one of three. `checked`: Google's answer now, or within ADMITONE_CALENDAR_CACHE_SECONDS.
`cached`: Google does not respond, and its answer within ADMITONE_CALENDAR_GRACE_SECONDS is used. `unchecked`:
the user must reconnect Google, and only their bookings count. Users without a calendar are not asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.availability.schedule_hours import Interval
from admitone.domain.calendar.busy import MOST_CHUNKS, chunk_range, chunks_of, clipped
from admitone.domain.errors import CalendarUnreachable
from admitone.google.errors import GrantRevoked
from admitone.google.free_busy import BusyQuestion
from admitone.google.scopes import reads_busy
from admitone.store.records.busy_cache import (
    Calendars,
    KnownBusy,
    keep_busy,
    note_busy_changed,
    read_calendars,
    selection_of,
)
from admitone.usecases.shared.google_grant import mark_revoked, usable_grant

if TYPE_CHECKING:
    from admitone.google.api import GoogleGrant
    from admitone.google.free_busy import Busy
    from admitone.usecases.shared.services import Services

Way = Literal["checked", "cached", "unchecked"]


class BusyTime(msgspec.Struct, frozen=True):
    """When a user is busy; `way` is None for a user without a calendar."""

    busy: Sequence[Interval] = ()
    way: Way | None = None


async def busy_times(
    services: Services, workspace: str, users: Sequence[str], start: int, end: int
) -> dict[str, Sequence[Interval]]:
    """When each of the users is busy in [start, end).

    Raises CalendarUnreachable if it is unknown for one of them.
    """
    found = await known_busy(services, workspace, users, start, end)
    times: dict[str, Sequence[Interval]] = {}
    for user, known in found.items():
        if known is None:
            raise CalendarUnreachable
        times[user] = known.busy
    return times


async def known_busy(
    services: Services, workspace: str, users: Sequence[str], start: int, end: int, *, is_fresh: bool = False
) -> dict[str, BusyTime | None]:
    """When each of the users is busy in [start, end); None for users whose calendar cannot be read.

    `is_fresh` asks Google even if the cache has an answer; the cache is then used only if Google fails.
    """
    if services.google is None or start >= end:
        return dict.fromkeys(users, BusyTime())
    chunks = chunks_of(start, end)
    wanted = list(dict.fromkeys(users))
    known = await read_calendars(services.store, workspace, wanted, chunks)
    asked = {
        user: _Asked(services, workspace, calendars, chunks)
        for user, calendars in known.items()
        if calendars.connection is not None and reads_busy(calendars.connection.scopes)
    }
    if is_fresh:
        answers = await _ask_now(services, workspace, asked, start, end)
    else:
        answers = await _ask_missing(services, workspace, asked)
    found: dict[str, BusyTime | None] = {}
    for user in wanted:
        if user in asked:
            found[user] = _known(asked[user], answers[user], start, end)
        else:
            found[user] = BusyTime()
    return found


async def cached_busy(services: Services, workspace: str, user: str, start: int, end: int) -> list[Interval]:
    """When the user is busy in [start, end), as far as the cache knows: Google is not asked."""
    if services.google is None:
        return []
    chunks = chunks_of(start, end)
    calendars = (await read_calendars(services.store, workspace, [user], chunks))[user]
    if calendars.connection is None or not reads_busy(calendars.connection.scopes):
        return []
    kept = _Asked(services, workspace, calendars, chunks).kept
    return clipped([interval for known in kept.values() for interval in known.busy], start, end)


async def forget_busy_times(services: Services, workspace: str, user: str) -> None:
    """The user's calendars have changed: what the cache holds of them is outdated."""
    await note_busy_changed(services.store, workspace, user, services.now(), kept_for(services))


def kept_for(services: Services) -> int:
    """Seconds for which an answer of Google is kept."""
    return max(services.calendar_cache, services.calendar_grace)


class _Asked:
    """One user whose busy time is wanted, and what the cache holds of it."""

    def __init__(self, services: Services, workspace: str, calendars: Calendars, chunks: range) -> None:
        assert calendars.connection is not None
        self.now = services.now()
        self.user = calendars.connection.user
        self.calendars = tuple(calendars.connection.blocking)
        self.selection = selection_of(calendars.connection)
        self.grant: GoogleGrant | None = usable_grant(services, workspace, calendars.connection)
        self.chunks = chunks
        kept = {
            number: known
            for number, known in calendars.chunks.items()
            if known.selection == self.selection and known.at > self.now - kept_for(services)
        }
        self.kept = kept
        fresh_from = max(self.now - services.calendar_cache, calendars.changed_at)
        missing = [one for one in chunks if one not in kept or kept[one].at <= fresh_from]
        self.missing = range(missing[0], missing[-1] + 1) if missing and self.calendars else range(0)

    def question(self, start: int, end: int) -> BusyQuestion:
        return BusyQuestion(self.grant, self.calendars, start, end)

    def in_cache(self) -> Busy | None:
        """What the cache holds, even if it is outdated; None if a part is missing."""
        if any(chunk not in self.kept for chunk in self.chunks):
            return None
        return [interval for chunk in self.chunks for interval in self.kept[chunk].busy]


Outcome = Literal["answered", "failed", "revoked"]


async def _ask_now(
    services: Services, workspace: str, asked: dict[str, _Asked], start: int, end: int
) -> dict[str, tuple[Outcome, Busy]]:
    """Google's answer for [start, end)."""
    assert services.google is not None
    questions = {user: one.question(start, end) for user, one in asked.items() if one.grant and one.calendars}
    answers = await services.google.free_busy.ask(list(questions.values()))
    found: dict[str, tuple[Outcome, Busy]] = {}
    for user, one in asked.items():
        answer = answers[questions[user]] if user in questions else []
        if one.grant is None or isinstance(answer, GrantRevoked):
            await _mark(services, workspace, one)
            found[user] = "revoked", []
        elif isinstance(answer, list):
            found[user] = "answered", answer
        else:
            found[user] = "failed", []
    return found


async def _ask_missing(
    services: Services, workspace: str, asked: dict[str, _Asked]
) -> dict[str, tuple[Outcome, Busy]]:
    """The answer of the cache and of Google for the chunks; Google's answer is cached."""
    assert services.google is not None
    questions = {user: _parts(one) for user, one in asked.items() if one.grant}
    answers = await services.google.free_busy.ask_together(
        [one for each in questions.values() for one in each]
    )
    found: dict[str, tuple[Outcome, Busy]] = {}
    fresh: list[tuple[str, int, KnownBusy]] = []
    for user, one in asked.items():
        said = [answers[question] for question in questions.get(user, ())]
        if one.grant is None or any(isinstance(answer, GrantRevoked) for answer in said):
            await _mark(services, workspace, one)
            found[user] = "revoked", []
        elif all(isinstance(answer, list) for answer in said):
            intervals = [interval for answer in said if isinstance(answer, list) for interval in answer]
            for number in one.missing:
                known = KnownBusy(
                    one.now, one.selection, clipped(intervals, *chunk_range(range(number, number + 1)))
                )
                one.kept[number] = known
                fresh.append((user, number, known))
            found[user] = "answered", one.in_cache() or []
        else:
            found[user] = "failed", []
    await keep_busy(services.store, workspace, fresh, kept_for(services))
    return found


def _parts(one: _Asked) -> list[BusyQuestion]:
    """The missing chunks as questions, each short enough for Google."""
    return [
        one.question(*chunk_range(one.missing[first : first + MOST_CHUNKS]))
        for first in range(0, len(one.missing), MOST_CHUNKS)
    ]


def _known(one: _Asked, answer: tuple[Outcome, Busy], start: int, end: int) -> BusyTime | None:
    outcome, busy = answer
    if outcome == "answered":
        return BusyTime(clipped(busy, start, end), "checked")
    kept = one.in_cache()
    if kept is not None:
        return BusyTime(clipped(kept, start, end), "cached")
    # Retrying cannot fix a revoked grant; do not block this host's links.
    return BusyTime((), "unchecked") if outcome == "revoked" else None


async def _mark(services: Services, workspace: str, one: _Asked) -> None:
    if one.grant is not None:
        await mark_revoked(services, workspace, one.user, one.grant)
