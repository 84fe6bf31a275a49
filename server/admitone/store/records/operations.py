"""Operations: an operation that is sent twice is applied once, and both calls get the same answer."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.documents import encode_value
from admitone.domain.errors import IdempotencyKeyReused
from admitone.domain.instant import decode_instant
from admitone.sealing import Kept

if TYPE_CHECKING:
    from typing import TypeVar

    from admitone.sealing import Sealer

    T = TypeVar("T")

RESEND_LIFETIME = 600
"""Seconds that an operation without an Idempotency-Key is remembered: far longer than it is sent again."""
KEY_LIFETIME = 86_400
"""Seconds that an Idempotency-Key is remembered (docs/api.md)."""


class Operation(msgspec.Struct, frozen=True):
    """The identity of one write; with an Idempotency-Key, `fingerprint` is a hash of the body, else empty."""

    id: str
    fingerprint: str = ""

    @property
    def lifetime(self) -> int:
        """Seconds for which the operation is remembered."""
        return KEY_LIFETIME if self.fingerprint else RESEND_LIFETIME


def new_operation() -> Operation:
    """A new operation, for a call without an Idempotency-Key."""
    return Operation(tokens.encode(secrets.token_bytes(17), tokens.ID_LENGTH).lower())


def keyed_operation(scope: str, key: str, body: bytes) -> Operation:
    """The operation that an Idempotency-Key names; `scope` is the caller and the route."""
    digest = hashlib.sha256(f"{scope}\n{key}".encode()).digest()
    return Operation(tokens.encode(digest, tokens.ID_LENGTH).lower(), hashlib.sha256(body).hexdigest())


def keep_answer(operation: Operation, answer: object, sealer: Sealer) -> str:
    """The text that a script stores under the operation: the fingerprint, and `answer` packed and sealed.

    Answers hold codes and keys, which a dump of Redis must not show.
    """
    packed = zlib.compress(msgspec.json.encode(answer, enc_hook=encode_value))
    sealed = sealer.seal(Kept.ANSWER, operation.id, packed)
    return f"{operation.fingerprint} {sealed}"


def kept_answer(operation: Operation, kept: bytes, sealer: Sealer, shape: type[T]) -> T:
    """The `answer`, of type `shape`, from the text that `keep_answer` made.

    Answers outlive an update of the server by up to a day: a field that is added to `shape` needs a default.

    Raises IdempotencyKeyReused if this call's body is not the body of the call that was answered.
    """
    fingerprint, _, sealed = kept.decode().partition(" ")
    if fingerprint != operation.fingerprint:
        raise IdempotencyKeyReused
    packed = zlib.decompress(sealer.open(Kept.ANSWER, operation.id, sealed))
    return msgspec.json.decode(packed, type=shape, dec_hook=decode_instant)
