"""The program of the server under test, and a data directory for it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.support.redis_server import redis_of
from tests.support.store.embedded_data import is_alive, process_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def binary(redis_line: str) -> Path:
    """The program of the server under test."""
    return redis_of(redis_line)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data directory; a Redis that a failed test left on it is killed."""
    data = tmp_path / "data"
    yield data
    if data.exists() and is_alive(data):
        os.kill(process_id(data), signal.SIGKILL)
