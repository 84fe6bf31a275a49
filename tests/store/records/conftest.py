"""A store whose every sealed value can be sealed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.store.sealed_workspace import seal_one_of_each

if TYPE_CHECKING:
    from admitone.store.store import Store


@pytest.fixture
async def full(store: Store) -> Store:
    """A store with something of each purpose, sealed with the old key."""
    await seal_one_of_each(store)
    return store
