"""Directory keys: how what has no token is found, each name in a slot of its own.

An entry claims a name for a record. The claim is written first and the record, by a script that refuses a
claim over a minute old, after it; readers trust the record. A claim whose record never came falls after ten
minutes.
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
    """Who has a name since when (epoch seconds); the nonce tells two claims by the same record apart."""

    workspace: str
    record: str
    at: int
    nonce: str


def new_claim(workspace: str, record: str, now: int) -> Claim:
    """A claim on a name for a record."""
    return Claim(workspace, record, now, secrets.token_hex(8))


async def look_up(store: Store, kind: str, name: str) -> Claim | None:
    """Whose `name` is; whether the record bears it is for the caller to check."""
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
    """Claim `name`; answers None if that was done, else whose it is.

    `is_borne` says whether the record of another claim really bears the name. A claim with the same ids is
    renewed, and an orphan with others falls once it is ten minutes old: until then its record may still be
    written, even where the caller has proved that the name is theirs. They go on with its ids instead.
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
    """Give `name` up, if it is still this very claim's."""
    await _swap(store, keys.directory(kind, name), msgspec.json.encode(claim), None)


async def _swap(store: Store, entry: str, expected: bytes | None, wanted: bytes | None) -> bytes | None:
    """Compare and set; answers what else is there, or None once it is done or nothing is there to release."""
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
        arguments["expected"] = None  # what was expected is gone meanwhile: the name is free
