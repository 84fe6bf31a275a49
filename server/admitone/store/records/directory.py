"""The directory: finds records that have no token by a name; each name is in a slot of its own.

An entry claims a name for a record. The claim is written first, then the record, by a script that refuses a
claim older than a minute. Readers trust the record, not the claim. A claim whose record was never written may
be taken over after ten minutes.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from admitone.store import keys
from admitone.store.codes import Code
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.store.store import Store

ORPHAN_AGE = 600
"""Seconds after which a claim without its record may be taken over."""


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """The record that has a name, since `at` (epoch seconds); `nonce` differs for each claim."""

    workspace: str
    record: str
    at: int
    nonce: str


def new_claim(workspace: str, record: str, now: int) -> Claim:
    """A claim on a name for a record."""
    return Claim(workspace, record, now, secrets.token_hex(8))


async def look_up(store: Store, kind: str, name: str) -> Claim | None:
    """The claim on `name`, or None; the caller must check that the record really bears the name."""
    [entry] = await store.send(Command(("GET", keys.directory(kind, name))))
    return None if entry is None else msgspec.json.decode(entry, type=Claim)


async def claim_name(
    store: Store,
    kind: str,
    name: str,
    claim: Claim,
    *,
    is_borne: Callable[[Claim], Awaitable[bool]],
) -> Claim | None:
    """Claim `name`; returns None on success, else the existing claim of another record.

    `is_borne` says whether the record of another claim really bears the name. A claim of the same record is
    renewed. An orphan of another record is taken over when it is ten minutes old: until then its record may
    still be written, even if the caller has proved to own the name. The caller then continues with the ids of
    the existing claim.
    """
    entry = keys.directory(kind, name)
    wanted = msgspec.json.encode(claim)
    expected: bytes | None = None
    while True:
        answer = await _swap(store, entry, expected, wanted)
        if answer is None:
            return None
        there = msgspec.json.decode(answer, type=Claim)
        own = (there.workspace, there.record) == (claim.workspace, claim.record)
        is_fresh = claim.at - there.at < ORPHAN_AGE
        if not own and (is_fresh or await is_borne(there)):
            return there
        expected = answer


async def release_name(store: Store, kind: str, name: str, claim: Claim) -> None:
    """Release `name`, if `claim` still holds it."""
    await _swap(store, keys.directory(kind, name), msgspec.json.encode(claim), None)


async def _swap(store: Store, entry: str, expected: bytes | None, wanted: bytes | None) -> bytes | None:
    """Compare and set; returns None on success, or if nothing is left to release, else the entry found."""
    arguments = {
        "expected": None if expected is None else expected.decode(),
        "entry": None if wanted is None else wanted.decode(),
    }
    while True:
        answer = await store.call("directory_swap", {"entry": entry}, arguments)
        if answer.code is Code.OK:
            return None
        there: bytes | None = answer.rest[0] if answer.rest else None
        if there is not None or wanted is None:
            return there
        arguments["expected"] = None  # the expected entry has gone meanwhile: the name is free
