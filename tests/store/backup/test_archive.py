"""An archive has its manifest and its parts, all of them and no more."""

from __future__ import annotations

import secrets
import stat
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.store.backup.archive import Manifest, read_archive, written_archive
from admitone.store.backup.errors import BackupError
from admitone.store.backup.sealed_file import CHUNK
from tests.support.store.backups import KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MANIFEST = Manifest(
    id="id", made_at=1, version="1", schema=8, partitions=16, database=0, server="Valkey 9.1.2", primaries=2
)


def write(path: Path, parts: Sequence[Sequence[bytes]], manifest: Manifest = MANIFEST) -> None:
    with written_archive(path, KEYS, manifest) as archive:
        for part in parts:
            for block in part:
                archive.write(block)
            archive.end_part()


def test_parts_are_read_in_their_order(tmp_path: Path) -> None:
    parts = [[secrets.token_bytes(size) for size in (1, CHUNK, 3 * CHUNK + 7)], [b"second"]]
    write(tmp_path / "archive", parts)
    with read_archive(tmp_path / "archive", KEYS) as archive:
        assert archive.manifest == MANIFEST
        assert [list(archive.part()) for _ in range(2)] == parts
        archive.finish()
    assert stat.S_IMODE((tmp_path / "archive").stat().st_mode) == 0o600


def test_a_part_that_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "archive", [[b"first"], [b"second"]], msgspec.structs.replace(MANIFEST, primaries=1))
    with read_archive(tmp_path / "archive", KEYS) as archive:
        list(archive.part())
        with pytest.raises(BackupError, match="more parts than its manifest says"):
            archive.finish()


def test_a_part_that_is_missing_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "archive", [[b"first"]])
    with read_archive(tmp_path / "archive", KEYS) as archive:
        list(archive.part())
        with pytest.raises(BackupError, match="ends before its last part"):
            list(archive.part())


def test_an_archive_that_was_not_finished_is_removed(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), written_archive(tmp_path / "archive", KEYS, MANIFEST):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(BackupError, match="cannot be read: No such file or directory"),
        read_archive(tmp_path / "archive", KEYS),
    ):
        pass
