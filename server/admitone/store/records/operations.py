"""Operations: what makes a write that is sent twice happen once, and answer the same."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import IdempotencyKeyReused
from admitone.domain.instant import encode_instant
from admitone.sealing import Kept

if TYPE_CHECKING:
    from admitone.sealing import Sealer

RESEND_LIFETIME = 600
"""Seconds that an operation of our own making is remembered: far longer than it is re-sent."""
KEY_LIFETIME = 86_400
"""Seconds that an Idempotency-Key is remembered (docs/api.md)."""


class Operation(msgspec.Struct, frozen=True):
    """One write's identity. `fingerprint` is a hash of the body where a caller's Idempotency-Key named it."""

    id: str
    fingerprint: str = ""

    @property
    def lifetime(self) -> int:
        """For how many seconds it is remembered."""
        return KEY_LIFETIME if self.fingerprint else RESEND_LIFETIME


def new_operation() -> Operation:
    """An operation that no caller named."""
    return Operation(tokens.encode(secrets.token_bytes(17), tokens.ID_LENGTH).lower())


def keyed_operation(scope: str, key: str, body: bytes) -> Operation:
    """The operation that an Idempotency-Key names; `scope` is the caller and the route."""
    digest = hashlib.sha256(f"{scope}\n{key}".encode()).digest()
    return Operation(tokens.encode(digest, tokens.ID_LENGTH).lower(), hashlib.sha256(body).hexdigest())


def keep_answer(operation: Operation, answer: object, sealer: Sealer) -> str:
    """What a script keeps under the operation: the fingerprint, and `answer` packed and sealed.

    Answers hold codes and keys, which a dump of Redis must not show.
    """
    packed = zlib.compress(msgspec.json.encode(answer, enc_hook=encode_instant))
    sealed = sealer.seal(Kept.ANSWER, operation.id, packed)
    return f"{operation.fingerprint} {sealed}"


def kept_answer(operation: Operation, kept: bytes, sealer: Sealer) -> Any:
    """What `keep_answer` was given; raises IdempotencyKeyReused where the body was another one."""
    fingerprint, _, sealed = kept.decode().partition(" ")
    if fingerprint != operation.fingerprint:
        raise IdempotencyKeyReused
    return msgspec.json.decode(zlib.decompress(sealer.open(Kept.ANSWER, operation.id, sealed)))
