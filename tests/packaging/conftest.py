"""The image is built once for all tests that run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.packaging.image import build

if TYPE_CHECKING:
    from tests.support.packaging.image import Image


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The files that the Dockerfile's steps make."""
    return build(tmp_path_factory.mktemp("image"))
