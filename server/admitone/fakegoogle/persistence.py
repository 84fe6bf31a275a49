"""Saving the state in a file, so that it survives a restart."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import msgspec

from admitone.fakegoogle.records import Data

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from admitone.fakegoogle.state import State

PAUSE_SECONDS = 0.2  # seconds: changes within this time are written together


def read_data(file: Path) -> Data | None:
    """The saved state; None if there is no file, or an older version wrote it."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Data)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


@asynccontextmanager
async def keeping(state: State, file: Path) -> AsyncIterator[None]:
    """Save the state in `file` soon after each change, and at the end."""
    keeper = asyncio.create_task(_keep(state, file))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        write_data(state.data, file)


def write_data(data: Data, file: Path) -> None:
    """Replace `file` atomically. Only its owner may read it, because it has keys and tokens."""
    encoded = msgspec.json.encode(data)
    _replace(encoded, file)


async def _keep(state: State, file: Path) -> None:
    while True:
        await state.touched.wait()
        state.touched.clear()
        await asyncio.sleep(PAUSE_SECONDS)
        # Encoded here, between two requests: the state is consistent. Written in a thread: no request waits.
        writing = asyncio.ensure_future(asyncio.to_thread(_replace, msgspec.json.encode(state.data), file))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            # A thread cannot be cancelled, and the last write must not overlap with this one.
            await writing
            raise


def _replace(encoded: bytes, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(encoded)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
