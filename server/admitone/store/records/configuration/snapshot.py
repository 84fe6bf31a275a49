"""The data that one request reads: the configuration it needs, its link, booking, caller and operation.

One pipeline reads the counter and the wanted records. Configuration that this process has read before is not
read again while the counter is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.configuration.configuration_cache import (
    SETTINGS_ID,
    Versioned,
    field_of,
    is_named_by_us,
    parse_record,
)
from admitone.store.records.credentials.grants import read_grant
from admitone.store.records.credentials.sessions import read_session
from admitone.store.records.documents import is_deleted, read_booking, read_link
from admitone.store.records.reports.counting import link_figure, not_counted
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import TypeVar

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.domain.people.user import Settings
    from admitone.store.records.configuration.configuration_cache import Known
    from admitone.store.records.credentials.grants import StoredGrant
    from admitone.store.records.credentials.sessions import Session
    from admitone.store.records.readers import Changes
    from admitone.store.records.reports.additions import Counting
    from admitone.store.store import Store

    T = TypeVar("T")

MOST_FETCHES = 999
SETTINGS = ("settings", SETTINGS_ID)
"""The workspace's settings, among the records to read."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The data to read besides the counter: ids, and configuration `records` as pairs of kind and id.

    `code` is the normalised code of the link, if it was opened by that. With `fetched_at` (epoch seconds) the
    same trip records that the link was fetched then.
    """

    link: str | None = None
    code: str | None = None
    booking: str | None = None
    operation: str | None = None
    session: str | None = None
    grant: str | None = None
    records: tuple[tuple[str, str], ...] = ()
    fetched_at: int | None = None


class Snapshot:
    """The data that was read; `uses` has the versions of the configuration used, for scripts to compare.

    A snapshot that `is_remembered` comes from memory and may be old: only a script may decide by it.
    """

    def __init__(
        self, store: Store, workspace: str, known: Known, counter: int, *, is_remembered: bool = False
    ) -> None:
        self.store = store
        self.workspace = workspace
        self.counter = counter
        self.is_remembered = is_remembered
        self.uses: dict[str, int] = {}
        self.link: Link | None = None
        self.booking: Booking | None = None
        self.is_link_deleted = False
        """Whether the wanted link was erased; then there is none."""
        self.is_booking_deleted = False
        """Whether the wanted booking was erased; then there is none."""
        self.session: Session | None = None
        self.grant: StoredGrant | None = None
        self.operation: bytes | None = None
        """The first answer of the operation, if it was applied; `operations.py` reads it."""
        self.changes: dict[tuple[str, ...], Changes] = {}
        """By users how often their occupied time has changed, as far as this request has read it."""
        self._known = known
        self._absent: dict[str, Versioned] = {}

    def find(self, kind: str, record_id: str) -> Any:
        """The record, or None if it does not exist; it must have been loaded."""
        return self._use(field_of(kind, record_id))

    def remembered(self, kind: str, record_id: str) -> Any:
        """The record, or None if it is not known or does not exist."""
        field = field_of(kind, record_id)
        return self._use(field) if self.knows(field) else None

    def version(self, kind: str, record_id: str) -> int:
        """The version of a loaded record, or 0 if the record does not exist."""
        return self._versioned(field_of(kind, record_id)).version

    async def load(self, *wanted: tuple[str, str]) -> list[Any]:
        """The records with these kinds and ids, None for each missing one; at most one trip."""
        fields = [field_of(kind, record_id) for kind, record_id in wanted]
        records, absent = self._known.records, self._absent
        missing = [field for field in fields if field not in records and field not in absent]
        if missing:
            keys = self.store.keys(self.workspace)
            [texts] = await self.store.send(Command(("HMGET", keys.config, *missing)))
            for field, text in zip(missing, texts, strict=True):
                self.keep(field, text)
        return [self._use(field) for field in fields]

    async def ids(self, kind: str) -> list[str]:
        """The ids of all records of one kind, oldest first; at most one trip."""
        lists = self._known.lists
        if kind not in lists:
            key = self.store.keys(self.workspace).config_list(kind)
            [members] = await self.store.send(Command(("ZRANGE", key, 0, -1)))
            lists[kind] = [member.decode() for member in members]
        return lists[kind]

    async def derived(self, name: str, derive: Callable[[], Awaitable[T]]) -> T:
        """The result of `derive`, which depends on nothing but configuration; derived once at each counter.

        Its records count as used each time, so that a script compares their versions.
        """
        kept = self._known.derived.get(name)
        if kept is None:
            before, self.uses = self.uses, {}
            try:
                kept = (await derive(), self.uses)
            finally:
                self.uses = before | self.uses
            self._known.derived[name] = kept
        self.uses.update(kept[1])
        result: T = kept[0]
        return result

    @property
    def parts(self) -> dict[str, list[str]]:
        """The ids of the pages in whose bookings a user takes part, by user, as far as they are known."""
        return self._known.parts

    def knows(self, field: str) -> bool:
        """Whether a record was loaded, or is known to be missing."""
        return field in self._known.records or field in self._absent

    def is_there(self, kind: str, record_id: str) -> bool:
        """Whether a record is known to exist; reads nothing."""
        found = self._known.records.get(field_of(kind, record_id))
        return found is not None and found.record is not None

    def keep(self, field: str, text: bytes | None) -> None:
        """Keep a record that was read.

        A missing one is kept for this request only, or guesses would fill memory; except one of a kind whose
        ids nobody makes up.
        """
        kept = self._absent if text is None and not is_named_by_us(field) else self._known.records
        kept[field] = parse_record(field, text)

    def _use(self, field: str) -> Any:
        found = self._known.records.get(field) or self._absent[field]
        self.uses[field] = found.version
        return found.record

    def _versioned(self, field: str) -> Versioned:
        return self._known.records.get(field) or self._absent[field]

    async def settings(self) -> Settings:
        """The workspace's settings."""
        if (found := self.remembered(*SETTINGS)) is None:  # nearly every request needs them: no list is made
            [found] = await self.load(SETTINGS)
        settings: Settings = found
        return settings


def remembered_snapshot(store: Store, workspace: str) -> Snapshot:
    """The configuration as this process last read it, for an action whose script compares the versions."""
    known = store.cache.latest(workspace)
    return Snapshot(store, workspace, known, known.counter, is_remembered=True)


async def read_snapshot(store: Store, workspace: str, wanted: Wanted) -> Snapshot:
    """Read all that is `wanted` in one trip; a second one is needed only if the configuration has changed.

    The cache is taken before the trip: if a connection is lost meanwhile, the store begins a new cache, which
    the answers of the server before must not reach.
    """
    cache = store.cache
    fields = [field_of(kind, record_id) for kind, record_id in wanted.records]
    unknown = [field for field in fields if not cache.knows(workspace, field)]
    answers = iter(await store.send(*_commands(store, workspace, wanted, unknown)))
    counter, *texts = next(answers)
    counter = int(counter or 0)
    snapshot = Snapshot(store, workspace, cache.at(workspace, counter), counter)
    for field, text in zip(unknown, texts, strict=True):
        snapshot.keep(field, text)
    if wanted.link:
        pairs = next(answers)
        snapshot.link = read_link(wanted.link, workspace, pairs, store.sealer, wanted.code)
        snapshot.is_link_deleted = snapshot.link is None and is_deleted(pairs)
    if wanted.booking:
        pairs = next(answers)
        snapshot.booking = read_booking(wanted.booking, pairs, next(answers))
        snapshot.is_booking_deleted = snapshot.booking is None and is_deleted(pairs)
    if wanted.operation:
        snapshot.operation = next(answers)
    if wanted.session:
        snapshot.session = read_session(next(answers))
    if wanted.grant:
        snapshot.grant = read_grant(next(answers))
    if wanted.fetched_at is not None and snapshot.link:
        await _note_first_fetch(store, workspace, snapshot.link, wanted.fetched_at)
    await snapshot.load(*wanted.records)
    return snapshot


def _commands(store: Store, workspace: str, wanted: Wanted, fields: Sequence[str]) -> list[Command]:
    """What one trip reads: the counter, these fields of the configuration, and the other records."""
    keys = store.keys(workspace)
    commands = [Command(("HMGET", keys.config, "counter", *fields))]
    if wanted.link:
        commands.append(Command(("HGETALL", keys.link(wanted.link))))
    if wanted.booking:
        commands.append(Command(("HGETALL", keys.booking(wanted.booking))))
        commands.append(Command(("GET", keys.booking_data(wanted.booking))))
    if wanted.operation:
        commands.append(Command(("GET", keys.operation(wanted.operation))))
    if wanted.session:
        commands.append(Command(("GET", keys.session(wanted.session))))
    if wanted.grant:
        commands.append(Command(("GET", keys.grant(wanted.grant))))
    if wanted.link and wanted.fetched_at is not None:
        commands.append(_fetched(store, workspace, wanted.link, wanted.fetched_at, not_counted()))
    return commands


async def _note_first_fetch(store: Store, workspace: str, link: Link, at: int) -> None:
    """Note the first fetch of a link once more, with the counters of reports, which the first call lacked."""
    if link.counted and not link.fetches:
        counting = link_figure(store.keys(workspace), link, "fetched")
        await store.send(_fetched(store, workspace, link.id, at, counting))


def _fetched(store: Store, workspace: str, link: str, at: int, counting: Counting) -> Command:
    """Notes that a link was fetched; the first time only if `counting` says where reports count that."""
    return store.command(
        "link_fetched",
        {"link": store.keys(workspace).link(link), **counting.keys},
        {"now": at, "most": MOST_FETCHES, **counting.arguments},
        is_telemetry=True,
    )
