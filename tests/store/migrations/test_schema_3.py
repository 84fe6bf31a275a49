"""API keys of schema 2 get the scopes of schema 3, and keep the rest of what they say."""

from __future__ import annotations

import pytest

from admitone.domain.people.scopes import AREAS
from admitone.store.migrations.migration import Record, UnreadableError
from admitone.store.migrations.schema_3 import TO_SCHEMA_3
from tests.support.factories import SEALER, WORKSPACE

APPLY = {upgrade.kind: upgrade.apply for upgrade in TO_SCHEMA_3.upgrades}
KEY = '"id":"a","user":"u","label":"CRM","created_at":1'


def upgraded(fields: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The configuration after the migration."""
    [after] = APPLY["config"](Record("config", "key", WORKSPACE, "", [fields]), SEALER)
    found: dict[bytes, bytes] = after
    return found


@pytest.mark.parametrize(
    ("scope", "level"),
    [(',"scope":"read"', "read"), (',"scope":"write"', "write"), ("", "write")],
    ids=["read", "write", "neither"],
)
def test_a_key_may_do_what_it_might(scope: str, level: str) -> None:
    scopes = ",".join(f'"{area}:{level}"' for area in AREAS)
    before = {b"counter": b"7", b"user:u": b"3 {}", b"api_key:a": f"5 {{{KEY}{scope}}}".encode()}
    after = before | {b"api_key:a": f'5 {{{KEY},"scopes":[{scopes}]}}'.encode()}
    assert upgraded(before) == after
    assert upgraded(after) is after


def test_a_key_that_is_no_json_is_named() -> None:
    with pytest.raises(UnreadableError):
        upgraded({b"api_key:a": b"1 {"})
