"""The content of a backup: a manifest and one snapshot of each primary, compressed, in a sealed file.

A part is written in blocks, each after its length in four bytes; a block without content ends the part.
"""

from __future__ import annotations

import os
import zlib
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

import msgspec

from admitone.store.backup.errors import BackupError
from admitone.store.backup.sealed_file import SealedWriter, read_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LEVEL: Final = 3
"""zlib's level: Redis has compressed long texts already, and a higher level takes twice the time for 4 %."""
LENGTH: Final = 4


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the snapshots are: their stamp, and where they came from.

    `made_at` is when the backup began (epoch seconds): what was acknowledged before is in it. `database` is
    the number of the database that Admit One used; a snapshot has all of them.
    """

    id: str
    made_at: int
    version: str
    schema: int
    partitions: int
    database: int
    server: str
    primaries: int


class ArchiveWriter:
    """Writes parts to a file, one after the other."""

    def __init__(self, file: IO[bytes], keys: Mapping[str, bytes]) -> None:
        self._sealed = SealedWriter(file, keys)
        self._compressor = zlib.compressobj(LEVEL)

    def write(self, block: bytes) -> None:
        """Write a block of the present part, which is not empty."""
        self._sealed.write(self._compressor.compress(len(block).to_bytes(LENGTH, "big") + block))

    def end_part(self) -> None:
        """End the present part."""
        self._sealed.write(self._compressor.compress(bytes(LENGTH)))

    def close(self) -> None:
        """Write the end of the archive."""
        self._sealed.write(self._compressor.flush())
        self._sealed.close()


@contextmanager
def written_archive(path: Path, keys: Mapping[str, bytes], manifest: Manifest) -> Iterator[ArchiveWriter]:
    """An archive that is a file at `path`, readable by its owner only, on the disk when the block has ended.

    The file is removed if the block fails. Raises FileExistsError and other OSErrors.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            archive = ArchiveWriter(file, keys)
            archive.write(msgspec.json.encode(manifest))
            archive.end_part()
            yield archive
            archive.close()
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


class ArchiveReader:
    """Reads an archive; the parts must be read in order, each to its end, and then `finish` called.

    Every method raises BackupError if the file is no backup, needs another key, or was cut or altered.
    """

    def __init__(self, file: IO[bytes], keys: Mapping[str, bytes]) -> None:
        self._chunks = read_sealed(file, keys)
        self._decompressor = zlib.decompressobj()
        self._kept = bytearray()
        self.manifest = msgspec.json.decode(b"".join(self.part()), type=Manifest)

    def part(self) -> Iterator[bytes]:
        """The blocks of the next part."""
        while length := int.from_bytes(self._take(LENGTH), "big"):
            yield self._take(length)

    def finish(self) -> None:
        """Check that nothing follows: only the last chunk of a file proves that it is whole."""
        if self._kept or any(map(self._decompressor.decompress, self._chunks)):
            raise BackupError("The backup has more parts than its manifest says.")

    def _take(self, length: int) -> bytes:
        while len(self._kept) < length:
            chunk = next(self._chunks, None)
            if chunk is None:
                raise BackupError("The backup ends before its last part does.")
            self._kept += self._decompressor.decompress(chunk)
        taken = bytes(self._kept[:length])
        del self._kept[:length]
        return taken


@contextmanager
def read_archive(path: Path, keys: Mapping[str, bytes]) -> Iterator[ArchiveReader]:
    """The archive at `path`. Raises BackupError, also if the file cannot be opened."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        yield ArchiveReader(file, keys)
