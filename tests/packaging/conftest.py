"""The image is built once for all tests that run it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.packaging.image import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.packaging.image import Image


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """The files that the Dockerfile's steps make: a gigabyte, which does not stay."""
    folder = tmp_path_factory.mktemp("image")
    yield build(folder)
    shutil.rmtree(folder)
