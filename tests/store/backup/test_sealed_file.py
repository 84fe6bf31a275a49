"""A sealed file opens with its key as it was written, and not at all if anything about it has changed."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.store.backup import sealed_file
from admitone.store.backup.errors import BackupError
from admitone.store.backup.sealed_file import CHUNK, FORMAT, TAG_LENGTH, SealedWriter, read_sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = {"new": bytes(range(32)), "old": bytes(range(1, 33))}
SEALED = CHUNK + TAG_LENGTH


def sealed(*parts: bytes, keys: Mapping[str, bytes] = KEYS) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, keys)
    for part in parts:
        writer.write(part)
    writer.close()
    return file.getvalue()


def opened(content: bytes, keys: Mapping[str, bytes] = KEYS) -> bytes:
    return b"".join(read_sealed(io.BytesIO(content), keys))


@given(st.lists(st.sampled_from([0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]), max_size=4))
def test_what_is_written_is_read(sizes: list[int]) -> None:
    parts = [secrets.token_bytes(size) for size in sizes]
    assert opened(sealed(*parts)) == b"".join(parts)


def test_the_content_is_not_in_the_file() -> None:
    assert b"carla@customer.test" not in sealed(b"carla@customer.test" * 1000)


def test_two_files_of_one_content_share_nothing() -> None:
    one, other = sealed(b"the same"), sealed(b"the same")
    assert one[-20:] != other[-20:]


class Chunks:
    """A file of four chunks, taken apart."""

    def __init__(self) -> None:
        whole = sealed(secrets.token_bytes(3 * CHUNK + 5))
        start = whole.index(b"\n", len(FORMAT)) + 1
        self.head, rest = whole[:start], whole[start:]
        self.chunks = [rest[at : at + SEALED] for at in range(0, len(rest), SEALED)]


@pytest.fixture(scope="module")
def whole() -> Chunks:
    return Chunks()


def altered(chunk: bytes) -> bytes:
    return chunk[:-1] + bytes([chunk[-1] ^ 1])


@pytest.mark.parametrize(
    "order",
    [
        (),
        (0,),
        (0, 1, 2),
        (0, 1, 3),
        (1, 2, 3),
        (0, 2, 1, 3),
        (0, 1, 2, 3, 3),
        (0, 1, 2, 3, 0),
        (3, 0, 1, 2),
        (0, 0, 1, 2, 3),
    ],
)
def test_chunks_that_are_missing_moved_or_repeated_are_refused(whole: Chunks, order: tuple[int, ...]) -> None:
    with pytest.raises(BackupError, match="cut or altered"):
        opened(whole.head + b"".join(whole.chunks[number] for number in order))


@pytest.mark.parametrize("cut", [1, TAG_LENGTH, 20, SEALED, SEALED + 1])
def test_a_file_that_was_cut_anywhere_is_refused(whole: Chunks, cut: int) -> None:
    content = whole.head + b"".join(whole.chunks)
    with pytest.raises(BackupError, match="cut or altered"):
        opened(content[:-cut])


@pytest.mark.parametrize("number", range(4))
def test_an_altered_byte_is_refused(whole: Chunks, number: int) -> None:
    chunks = [altered(chunk) if at == number else chunk for at, chunk in enumerate(whole.chunks)]
    with pytest.raises(BackupError, match="cut or altered"):
        opened(whole.head + b"".join(chunks))


def test_what_is_appended_is_refused(whole: Chunks) -> None:
    with pytest.raises(BackupError, match="cut or altered"):
        opened(whole.head + b"".join(whole.chunks) + b"\n")


def test_a_chunk_of_another_file_is_refused(whole: Chunks) -> None:
    other = Chunks()
    with pytest.raises(BackupError, match="cut or altered"):
        opened(whole.head + b"".join([*whole.chunks[:3], other.chunks[3]]))
    with pytest.raises(BackupError, match="cut or altered"):
        opened(other.head + b"".join(whole.chunks))


@pytest.mark.parametrize("head", [b"", b"{}", b'{"key":"new","salt":"!"}', b"x" * 2000])
def test_a_head_that_says_nothing_is_refused(whole: Chunks, head: bytes) -> None:
    with pytest.raises(BackupError, match="The beginning of the file was altered"):
        opened(FORMAT + head + b"\n" + whole.chunks[0])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Admit One backup 2\n{}\n"])
def test_another_file_is_no_backup(content: bytes) -> None:
    with pytest.raises(BackupError, match="is no backup"):
        opened(content)


def test_a_key_that_was_put_behind_others_still_opens() -> None:
    content = sealed(b"content", keys={"old": KEYS["old"]})
    assert opened(content, KEYS) == b"content"
    with pytest.raises(BackupError, match="with the secret key old, which is not in ADMITONE_SECRET_KEY"):
        opened(content, {"new": KEYS["new"]})
    with pytest.raises(BackupError, match="another key with the same name"):
        opened(content, {"old": KEYS["new"]})


def test_a_key_of_its_own_is_asked_for() -> None:
    with pytest.raises(BackupError, match="--key-file"):
        opened(sealed(b"content", keys={sealed_file.FILE_KEY: bytes(32)}), KEYS)
