"""What is in Redis, read key by key without the store's help: `tests/support/invariants.py` judges it."""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from redis.asyncio import Redis

Entry = dict[str, Any]
CHUNK = 1000
DELETED = {"deleted"}
"""The fields that an erased link or booking keeps."""
DATA_NAMES = {"c": "created", "n": "name", "e": "email", "g": "guests", "o": "notes"}
"""What some fields of a booking's document mean; each is a letter."""
_KEY = re.compile(r"ao:\{p(\d+)\}:(?:([0-9A-Z]{4}):)?(.+)")


class Stream(msgspec.Struct):
    """A stream's entries, oldest first, and whether workers have begun to take them."""

    entries: list[dict[str, str]]
    is_consumed: bool

    @property
    def events(self) -> list[Entry]:
        """The events that the entries carry; other entries are jobs."""
        return [json.loads(entry["event"]) for entry in self.entries if "event" in entry]


class Workspace(msgspec.Struct):
    """One workspace's keys, each by what follows the workspace's id in its name."""

    id: str
    partition: int
    jobs: Stream
    """The entries of the partition's outbox that are this workspace's."""
    hashes: dict[str, dict[str, str]] = {}
    sets: dict[str, dict[str, float]] = {}
    unordered: dict[str, set[str]] = {}
    lists: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    counters: dict[str, tuple[int, ...]] = {}
    """The numbers of 32 bits that are counters of reports."""
    streams: dict[str, Stream] = {}
    immortal: list[str] = []
    """Names of keys that do not expire."""

    def records(self, kind: str) -> dict[str, dict[str, str]]:
        """The hashes of `kind`, "link" or "booking", by id; without those that were erased."""
        return {one: fields for one, fields in self._hashes(kind).items() if fields.keys() != DELETED}

    def deleted(self, kind: str) -> set[str]:
        """The ids of the links or bookings that were erased."""
        return {one for one, fields in self._hashes(kind).items() if fields.keys() == DELETED}

    def _hashes(self, kind: str) -> dict[str, dict[str, str]]:
        found = re.compile(rf"{kind}:([^:]+)")
        return {match[1]: fields for name, fields in self.hashes.items() if (match := found.fullmatch(name))}

    def history(self, kind: str, record_id: str) -> list[Entry]:
        """What happened to a record after it was made."""
        return [json.loads(text) for text in self.lists.get(f"{kind}:{record_id}:history", [])]

    def data(self, booking_id: str) -> Entry:
        """The document of a booking, by the names of its fields; empty if there is none."""
        found = json.loads(self.texts.get(f"booking:{booking_id}:data", "{}"))
        return {DATA_NAMES.get(name, name): value for name, value in found.items()}

    def under(self, prefix: str) -> dict[str, dict[str, float]]:
        """The sorted sets whose names start with `prefix`, by the rest of their names."""
        return {
            name.removeprefix(prefix): members
            for name, members in self.sets.items()
            if name.startswith(prefix)
        }


async def read_workspaces(redis: Redis) -> list[Workspace]:
    """Every workspace in Redis; nothing may be writing meanwhile."""
    names = sorted([key async for key in redis.scan_iter(count=CHUNK)])
    kinds = [kind.decode() for kind in await _ask(redis, [("TYPE", name) for name in names])]
    ages = await _ask(redis, [("PTTL", name) for name in names])
    values = await _ask(redis, [_reading(name, kind) for name, kind in zip(names, kinds, strict=True)])
    jobs: dict[int, Stream] = {}
    found: dict[str, Workspace] = {}
    for name, kind, age, value in zip(names, kinds, ages, values, strict=True):
        match = _KEY.fullmatch(_text(name))
        if match is None:
            continue
        partition, workspace_id, rest = int(match[1]), match[2], match[3]
        if workspace_id is None:
            if rest == "jobs":
                jobs[partition] = await _stream(redis, name, value)
            continue
        workspace = found.setdefault(workspace_id, Workspace(workspace_id, partition, Stream([], False)))
        if age < 0:
            workspace.immortal.append(rest)
        await _keep(redis, workspace, rest, kind, name, value)
    for workspace in found.values():
        _share_out(workspace, jobs)
    return list(found.values())


def _share_out(workspace: Workspace, jobs: dict[int, Stream]) -> None:
    there = jobs.get(workspace.partition, workspace.jobs)
    mine = [entry for entry in there.entries if entry.get("workspace") == workspace.id]
    workspace.jobs = Stream(mine, there.is_consumed)


async def _keep(redis: Redis, workspace: Workspace, rest: str, kind: str, name: bytes, value: Any) -> None:
    if kind == "hash":
        workspace.hashes[rest] = _pairs(value)
    elif kind == "zset":
        flat = (
            value if not value or isinstance(value[0], bytes) else [part for pair in value for part in pair]
        )
        workspace.sets[rest] = {_text(flat[i]): float(flat[i + 1]) for i in range(0, len(flat), 2)}
    elif kind == "set":
        workspace.unordered[rest] = {_text(member) for member in value}
    elif kind == "list":
        workspace.lists[rest] = [_text(item) for item in value]
    elif kind == "stream":
        workspace.streams[rest] = await _stream(redis, name, value)
    elif rest.startswith("report:"):
        workspace.counters[rest] = struct.unpack(f">{len(value) // 4}i", value)
    else:
        workspace.texts[rest] = _text(value)


async def _stream(redis: Redis, name: bytes, value: Any) -> Stream:
    [groups] = await _ask(redis, [("XINFO", "GROUPS", name)])
    return Stream([_pairs(fields) for _, fields in value], bool(groups))


async def _ask(redis: Redis, commands: list[tuple[Any, ...]]) -> list[Any]:
    answers: list[Any] = []
    for start in range(0, len(commands), CHUNK):
        pipeline = redis.pipeline(transaction=False)
        for command in commands[start : start + CHUNK]:
            pipeline.execute_command(*command)
        answers += await pipeline.execute()
    return answers


def _reading(name: bytes, kind: str) -> tuple[Any, ...]:
    return {
        "hash": ("HGETALL", name),
        "zset": ("ZRANGE", name, 0, -1, "WITHSCORES"),
        "set": ("SMEMBERS", name),
        "list": ("LRANGE", name, 0, -1),
        "stream": ("XRANGE", name, "-", "+"),
        "string": ("GET", name),
    }[kind]


def _pairs(fields: dict[bytes, bytes]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in fields.items()}


def _text(value: bytes) -> str:
    return value.decode(errors="surrogateescape")
