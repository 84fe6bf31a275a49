"""A file that is encrypted in chunks, so that it can be written and read with little memory.

It begins with a line that names the format, and a JSON line that names the key. Chunks follow, of equal
length except the last, each sealed by AES-256-GCM. The nonce of a chunk is its number and whether it is the
last, and the head is associated data: so a chunk that is altered, moved, missing or of another file does not
open. The key of a file is derived by HKDF from the secret key and a salt of its own (decision 137).
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from admitone.store.backup.errors import BackupError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT: Final = b"Admit One backup 1\n"
CHUNK: Final = 1 << 18
"""Bytes of the content in each chunk but the last."""
TAG_LENGTH: Final = 16
SALT_LENGTH: Final = 32
HEAD_LENGTH: Final = 1000
"""The longest line that may follow the first one."""
FILE_KEY: Final = ""
"""The id of a key that does not come from ADMITONE_SECRET_KEY but from a file of its own."""


class Head(msgspec.Struct, frozen=True):
    """What can be read without the key: the key's id, and the salt from which the file's key is derived."""

    key: str
    salt: bytes


class SealedWriter:
    """Writes content to `file`, sealed with the first of `keys`: `{id: 32 bytes}`; `close` ends it."""

    def __init__(self, file: IO[bytes], keys: Mapping[str, bytes]) -> None:
        key_id = next(iter(keys))
        head = Head(key_id, os.urandom(SALT_LENGTH))
        self._file = file
        self._head = FORMAT + msgspec.json.encode(head) + b"\n"
        self._cipher = _cipher(keys[key_id], head)
        self._kept = bytearray()
        self._count = 0
        file.write(self._head)

    def write(self, content: bytes) -> None:
        """Write more of the content."""
        self._kept += content
        while len(self._kept) > CHUNK:  # the last chunk must be known as such, so one is always kept
            self._seal(bytes(self._kept[:CHUNK]), is_last=False)
            del self._kept[:CHUNK]

    def close(self) -> None:
        """Write the last chunk; the file itself stays open."""
        self._seal(bytes(self._kept), is_last=True)

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, is_last=is_last), content, self._head))
        self._count += 1


def read_sealed(file: IO[bytes], keys: Mapping[str, bytes]) -> Iterator[bytes]:
    """The content of a sealed file, a chunk at a time; the file is whole once the last one has come.

    Raises BackupError: it is no backup, another key sealed it, or it was cut or altered.
    """
    head, line = _read_head(file)
    cipher = _cipher(_key_of(head, keys), head)
    count, sealed = 0, file.read(CHUNK + TAG_LENGTH)
    while True:
        following = file.read(CHUNK + TAG_LENGTH)
        try:
            yield cipher.decrypt(_nonce(count, is_last=not following), sealed, FORMAT + line)
        except (InvalidTag, ValueError):
            raise BackupError(
                "The file was cut or altered, or another key with the same name sealed it. Nothing changed."
            ) from None
        if not following:
            return
        count, sealed = count + 1, following


def _read_head(file: IO[bytes]) -> tuple[Head, bytes]:
    if file.readline(len(FORMAT)) != FORMAT:
        raise BackupError("The file is no backup of Admit One, or one of a newer version.")
    line = file.readline(HEAD_LENGTH)
    try:
        return msgspec.json.decode(line, type=Head), line
    except msgspec.MsgspecError:
        raise BackupError("The beginning of the file was altered.") from None


def _key_of(head: Head, keys: Mapping[str, bytes]) -> bytes:
    if head.key in keys:
        return keys[head.key]
    if head.key == FILE_KEY:
        raise BackupError("The file was sealed with a key of its own: name that key's file by --key-file.")
    raise BackupError(
        f"The file was sealed with the secret key {head.key}, which is not in ADMITONE_SECRET_KEY (where "
        "that is not set: not in the file secret.key of ADMITONE_DATA_DIR). Put the key back; it may stand "
        "behind others."
    )


def _cipher(key: bytes, head: Head) -> AESGCM:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=head.salt, info=b"admitone backup")
    return AESGCM(derivation.derive(key))


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])
