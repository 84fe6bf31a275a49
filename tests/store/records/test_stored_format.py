"""The format of what is stored changes only with a new schema number, a migration and data for the tests."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from admitone.store.migrations.all_migrations import MIGRATIONS
from admitone.store.schema import SCHEMA
from tests.support.api.deployment import deployed
from tests.support.store.full_workspace import fill_workspace
from tests.support.store.kept_data import read_keys
from tests.support.store.stored_data import (
    FOR_THE_LOG,
    present_structs,
    read_workspace,
    structs_of,
    workspace_files,
    workspace_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis.asyncio import Redis

    from tests.support.api.deployment import Clock
    from tests.support.store.kept_data import KeptKeys

CHANGED = "The stored format has changed: CONTRIBUTING.md, `a change of what is stored`, says what to do."


def test_every_schema_has_a_migration_and_stored_data() -> None:
    assert [migration.to for migration in MIGRATIONS] == list(range(2, SCHEMA + 1))
    stored = {read_workspace(file).schema for file in workspace_files()}
    assert stored == set(range(1, SCHEMA + 1))
    for schema in range(2, SCHEMA + 1):
        assert read_workspace(workspace_of(schema)).schema == schema


def test_the_structs_are_those_of_the_schema() -> None:
    assert present_structs() == json.loads(structs_of(SCHEMA).read_text()), CHANGED


async def test_what_is_written_has_the_names_and_fields_of_the_schema(redis: Redis, clock: Clock) -> None:
    address = f"unix://{redis.connection_pool.connection_kwargs['path']}"
    async with deployed(address, clock) as running:
        await fill_workspace(running)
        assert _shapes(await read_keys(redis)) == _shapes(read_workspace(workspace_of(SCHEMA)).keys), CHANGED


def _shapes(keys: KeptKeys) -> dict[str, set[str]]:
    """By the name of a key without its ids: its type, its fields, and those of the JSON in it."""
    found: dict[str, set[str]] = {}
    for key, kept in keys.items():
        shapes = found.setdefault(_without_ids(key), set())
        shapes.add(f"{kept['type']}{' that expires' if kept.get('expires') else ''}")
        shapes |= {shape for shape in _shapes_of(kept["value"]) if shape.split(".")[-1] != FOR_THE_LOG}
    return found


def _shapes_of(value: Any) -> Iterator[str]:
    """The fields of a value, in its JSON as well; an id is a star."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield _without_ids(name).replace(f',"{FOR_THE_LOG}":"*"', "")
            yield from (f"{_without_ids(name)}.{shape}" for shape in _shapes_of(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _shapes_of(inner)
    elif isinstance(value, str) and (match := re.fullmatch(r"(?:\d+ )?(\{.*\})", value)):
        yield from _shapes_of(json.loads(match[1]))


def _without_ids(text: str) -> str:
    text = re.sub(r"(?<![a-z])[0-9a-z]{16,}", "*", text)
    return re.sub(r"\d+", "#", text)
