"""The keys that sign access tokens. The server that needs one first creates it; Redis shares it with all.

A key signs for a month, then another replaces it. It stays known for as long as the last token that it signed
may be valid. Redis holds the keys sealed. A key that cannot be opened, because its secret key was removed, is
ignored.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from admitone.domain import tokens
from admitone.sealing import Kept, UnsealError
from admitone.store.codes import Code
from admitone.store.keys import SIGNING_KEYS
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.store import Store

SIGNING_SECONDS = 30 * 86_400
"""Seconds for which a key signs."""
KNOWN_SECONDS = SIGNING_SECONDS + 86_400
"""Seconds for which a key is known: a day longer, far more than a token's life or a difference of clocks."""
NEWEST = "newest"
KEY_ID_LENGTH = 16


class AccessTokenKey(msgspec.Struct, frozen=True):
    """One Ed25519 key pair; `created_at` is in epoch seconds."""

    id: str
    created_at: int
    private: Ed25519PrivateKey
    public: Ed25519PublicKey


class SigningKeys:
    """The keys that this process knows; it reads Redis for an unknown one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, AccessTokenKey] = {}
        self._newest: str | None = None
        self._created: dict[str, int] = {}

    async def signing(self, now: int) -> AccessTokenKey:
        """The key to sign with; creates one if none is young enough. Raises Busy."""
        while (key := self._young(now)) is None:
            await self._read()
            if self._young(now) is None:
                await self._add(now)
        return key

    async def find(self, key_id: str) -> Ed25519PublicKey | None:
        """The public key with this id, or None if there is none."""
        if key_id not in self._known:
            await self._read()
        key = self._known.get(key_id)
        return key.public if key else None

    def _young(self, now: int) -> AccessTokenKey | None:
        key = self._known.get(self._newest or "")
        return key if key and now - key.created_at < SIGNING_SECONDS else None

    async def _read(self) -> None:
        [pairs] = await self._store.send(Command(("HGETALL", SIGNING_KEYS)))
        stored = text_map(pairs)
        newest = stored.pop(NEWEST, None)
        self._newest = newest.decode() if newest else None
        texts = {key_id: text.decode() for key_id, text in stored.items()}
        self._created = {key_id: int(text.partition(" ")[0]) for key_id, text in texts.items()}
        found = (
            self._known.get(key_id) or _unsealed(self._store.sealer, key_id, text)
            for key_id, text in texts.items()
        )
        self._known = {key.id: key for key in found if key}

    async def _add(self, now: int) -> None:
        key_id = tokens.encode(secrets.token_bytes(10), KEY_ID_LENGTH).lower()
        private = Ed25519PrivateKey.generate()
        retired = [old for old, created_at in self._created.items() if now - created_at > KNOWN_SECONDS]
        answer = await self._store.call(
            "signing_key_add",
            {"keys": SIGNING_KEYS},
            {
                "expected": self._newest,
                "id": key_id,
                "key": _sealed(self._store.sealer, key_id, now, private),
                "retired": retired,
            },
        )
        if answer.code is Code.OK:
            self._known[key_id] = AccessTokenKey(key_id, now, private, private.public_key())
            self._newest = key_id


def _sealed(sealer: Sealer, key_id: str, now: int, private: Ed25519PrivateKey) -> str:
    """The text for Redis: the creation time, a blank, and the 32 private bytes, sealed."""
    return f"{now} {sealer.seal(Kept.SIGNING_KEY, key_id, private.private_bytes_raw())}"


def _unsealed(sealer: Sealer, key_id: str, text: str) -> AccessTokenKey | None:
    created_at, _, sealed = text.partition(" ")
    try:
        opened = sealer.open(Kept.SIGNING_KEY, key_id, sealed)
    except UnsealError:
        return None
    private = Ed25519PrivateKey.from_private_bytes(opened)
    return AccessTokenKey(key_id, int(created_at), private, private.public_key())
