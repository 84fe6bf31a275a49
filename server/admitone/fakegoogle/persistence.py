"""The state in a file, so that a stand-in that is started again still knows its accounts' calendars."""

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

PAUSE_SECONDS = 0.2  # changes that come together are written together


def read_data(file: Path) -> Data | None:
    """What was kept; None when there is nothing, or nothing of this version's shape."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Data)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


@asynccontextmanager
async def keeping(state: State, file: Path) -> AsyncIterator[None]:
    """Write the state to `file` soon after each change, and at the end."""
    keeper = asyncio.create_task(_keep(state, file))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        write_data(state.data, file)


def write_data(data: Data, file: Path) -> None:
    """Replace `file` whole; its owner alone may read it, since it holds keys and tokens."""
    encoded = msgspec.json.encode(data)
    _replace(encoded, file)


async def _keep(state: State, file: Path) -> None:
    while True:
        await state.touched.wait()
        state.touched.clear()
        await asyncio.sleep(PAUSE_SECONDS)
        # Encoded here, between two requests, so that it is whole; written elsewhere, so that nobody waits.
        writing = asyncio.ensure_future(asyncio.to_thread(_replace, msgspec.json.encode(state.data), file))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            # A thread cannot be called off, and the last write must not meet this one.
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
