"""Seals all sealed texts in Redis again, while servers run: key by key, with compare-and-set.

A text that is already sealed with the first key is skipped, so that a new run completes an interrupted one.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.sealing import Kept, UnsealError, key_of
from admitone.store.codes import Code
from admitone.store.redis.scan import scan_keys
from admitone.store.sealed_places import PLACES, SealedPlace, Value

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from admitone.sealing import Sealer
    from admitone.store.store import ScriptAnswer, Store

ATTEMPTS = 5
"""Attempts at a value that others write meanwhile; a count afterwards shows the values that are left."""


class Census(msgspec.Struct):
    """The counts so far, by purpose and by the secret key with which a text was sealed.

    SCAN may return a key of Redis twice if many keys are added or deleted meanwhile; it then counts twice.
    """

    keys: int = 0
    """Keys of Redis examined."""
    resealed: Counter[Kept] = msgspec.field(default_factory=Counter)
    opened: Counter[tuple[Kept, str]] = msgspec.field(default_factory=Counter)
    lost: Counter[tuple[Kept, str]] = msgspec.field(default_factory=Counter)
    """Texts that no key of the sealer opens."""


class Spot(msgspec.Struct, frozen=True):
    """A key of Redis that may hold sealed texts of one purpose."""

    purpose: Kept
    key: str
    match: re.Match[str]

    @property
    def place(self) -> SealedPlace:
        """The declaration of its purpose."""
        return PLACES[self.purpose]


class Found(msgspec.Struct, frozen=True):
    """A value as it was read, with the spot where it was read."""

    spot: Spot
    value: Value

    def opened(self, sealer: Sealer) -> list[tuple[str, str, bytes | None]]:
        """For each text: the sealer's `place`, the sealed text, and its content, None if no key opens it."""
        return [
            (place, sealed, _opened(sealer, self.spot.purpose, place, sealed))
            for place, sealed in self.value.sealed
        ]


async def reseal_all(store: Store) -> AsyncIterator[Census]:
    """Seal everything with the sealer's first key; yields the counts so far after each step.

    Raises Busy, OutcomeUnknown.
    """
    census = Census()
    async for keys in scan_keys(store):
        for there in _trips(keys):
            await _reseal(store, there, census)
        census.keys += len(keys)
        yield census


async def count_sealed(store: Store) -> AsyncIterator[Census]:
    """Open everything that is sealed; yields the counts by secret key after each step. Raises Busy."""
    census = Census()
    async for keys in scan_keys(store):
        for there in _trips(keys):
            for found in await read_values(store, there):
                for _, sealed, opened in found.opened(store.sealer):
                    counts = census.lost if opened is None else census.opened
                    counts[found.spot.purpose, key_of(sealed)] += 1
        census.keys += len(keys)
        yield census


def spots(key: str) -> list[Spot]:
    """The spots of a key of Redis, one for each purpose that it may hold."""
    matches = ((purpose, place.key.fullmatch(key)) for purpose, place in PLACES.items())
    return [Spot(purpose, key, match) for purpose, match in matches if match]


async def read_values(store: Store, there: Sequence[Spot]) -> list[Found]:
    """Read the values with sealed texts at these spots, in one trip."""
    commands = [spot.place.read(spot.key) for spot in there]
    answers = iter(await store.send(*(one for those in commands for one in those)))
    return [
        Found(spot, value)
        for spot, those in zip(there, commands, strict=True)
        for value in spot.place.find(spot.match, [next(answers) for _ in those])
    ]


def sealed_anew(sealer: Sealer, found: Found) -> tuple[str, int]:
    """The value with its texts sealed by the first key, and how many changed; unreadable texts stay."""
    text, count = found.value.text, 0
    for place, sealed, opened in found.opened(sealer):
        if opened is not None and key_of(sealed) != sealer.first:
            text = text.replace(sealed, sealer.seal(found.spot.purpose, place, opened))
            count += 1
    return text, count


async def write_sealed(store: Store, found: Found, text: str) -> ScriptAnswer:
    """Replace the value `found` by `text`; answers OK, or MOVED if the value has changed since."""
    value, script = found.value, found.spot.place.script
    arguments: dict[str, Any] = {"expected": value.text, "sealed": text}
    if script == "config_reseal":
        version, _, document = text.partition(" ")
        arguments = {"milliseconds": store.milliseconds(), "version": int(version), "text": document}
    if value.field:
        arguments["field"] = value.field
    return await store.call(script, {"holder": found.spot.key}, arguments)


def _trips(keys: Sequence[str]) -> list[list[Spot]]:
    """The spots to read together; a list of mails, which may have megabytes, is read alone."""
    trips: list[list[Spot]] = [[]]
    for spot in (spot for key in keys for spot in spots(key)):
        if spot.place.script == "item_reseal":
            trips.append([spot])
        else:
            trips[0].append(spot)
    return trips


async def _reseal(store: Store, there: Sequence[Spot], census: Census) -> None:
    left = there
    for _ in range(ATTEMPTS):
        left = await _try_to_reseal(store, left, census)
        if not left:
            return


async def _try_to_reseal(store: Store, there: Sequence[Spot], census: Census) -> Sequence[Spot]:
    """Reseal the values at these spots; returns the spots whose values changed in between."""
    anew = [(found, *sealed_anew(store.sealer, found)) for found in await read_values(store, there)]
    changed = [(found, text, count) for found, text, count in anew if count]
    answers = await asyncio.gather(*(write_sealed(store, found, text) for found, text, _ in changed))
    moved: list[Spot] = []
    for (found, _, count), answer in zip(changed, answers, strict=True):
        if answer.code is Code.OK:
            census.resealed[found.spot.purpose] += count
        elif found.spot not in moved:
            moved.append(found.spot)
    return moved


def _opened(sealer: Sealer, purpose: Kept, place: str, sealed: str) -> bytes | None:
    try:
        return sealer.open(purpose, place, sealed)
    except UnsealError:
        return None
