"""Sealing: AES-256-GCM with keys derived per purpose, bound to the place of the sealed text.

A sealed text is `<key id>.` and, in URL-safe base64, a 12-byte nonce and the ciphertext with its 16-byte
tag. It is text, since Redis does not know MessagePack's binary type and cookies hold text only. The record's
key and field are associated data (RFC 5116), so a text that is copied to another record does not open.
"""

from __future__ import annotations

import hmac
import os
from binascii import a2b_base64, b2a_base64
from enum import StrEnum
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Mapping

NONCE_LENGTH = 12
KEY_LENGTH = 32
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_STANDARD = str.maketrans("-_", "+/")


class Kept(StrEnum):
    """The purposes of sealed texts in Redis, which can be sealed again: `store/sealed_places.py` says where.

    Keys are derived from the values, so the values must never change.
    """

    CODE = "code"
    MANAGE_LINK = "manage"
    ANSWER = "operation"
    SUCCESSOR = "refresh token"
    GOOGLE_GRANT = "google refresh token"
    INVITATION = "invitation"
    WEBHOOK = "webhook"
    SIGNING_KEY = "signing key"
    MAIL = "kept mail"
    ERASURE = "address to erase"
    IMPORT = "file of contacts"
    PROOF = "proof"
    HOOK = "hook"
    HOOK_SAMPLE = "hook sample"
    UNSUBSCRIBE_KEY = "unsubscribe key"
    FEED = "calendar feed"


class Carried(StrEnum):
    """The purposes of sealed texts that cannot be sealed again: others carry them, or they last minutes."""

    SIGN_IN = "sign-in"
    BOOKED = "booked"
    FORM = "form"
    CONSENT = "consent"
    EMAIL_CODE = "email code"
    GOOGLE_CHANNEL = "google channel"
    DOCTOR = "doctor"


Purpose = Kept | Carried


class UnsealError(Exception):
    """The text was sealed for another place, with a key that is missing, or was altered."""


class Sealer:
    """Seals with the first of `keys` and opens with any: `{id: 32 bytes}`, in the order of the setting."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys or any(len(key) != KEY_LENGTH for key in keys.values()):
            raise ValueError("a sealer needs at least one key of 32 bytes")
        self._keys = dict(keys)
        self.first = next(iter(self._keys))
        """The id of the key that seals."""
        self._cipher = lru_cache(maxsize=64)(self._derive)
        self._digest_key = lru_cache(maxsize=64)(partial(_derived, self._keys[self.first]))

    def seal(self, purpose: Purpose, place: str, text: bytes) -> str:
        """`text` sealed for `purpose`, to be opened at `place` only."""
        nonce = os.urandom(NONCE_LENGTH)
        sealed = self._cipher(self.first, purpose).encrypt(nonce, text, place.encode())
        return f"{self.first}.{_encoded(nonce + sealed)}"

    def open(self, purpose: Purpose, place: str, sealed: str) -> bytes:
        """The text that `seal` was given; raises UnsealError."""
        key_id, _, encoded = sealed.partition(".")
        if key_id not in self._keys:
            raise UnsealError
        try:
            rest = a2b_base64((encoded + "=" * (-len(encoded) % 4)).translate(_STANDARD))
            if _encoded(rest) != encoded:  # the decoder ignores invalid characters
                raise UnsealError
            cipher = self._cipher(key_id, purpose)
            return cipher.decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise UnsealError from error

    def digest(self, purpose: str, text: str) -> str:
        """A keyed hash of `text` in hexadecimal digits; it only shows whether two texts are equal."""
        return hmac.digest(self._digest_key(purpose), text.encode(), "sha256").hex()

    def _derive(self, key_id: str, purpose: str) -> AESGCM:
        return AESGCM(_derived(self._keys[key_id], purpose))


def key_of(sealed: str) -> str:
    """The id of the key that a text was sealed with."""
    return sealed.partition(".")[0]


def _encoded(sealed: bytes) -> str:
    return b2a_base64(sealed, newline=False).translate(_URL_SAFE).rstrip(b"=").decode()


def _derived(key: bytes, purpose: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=f"admitone {purpose}".encode())
    return derivation.derive(key)
