"""Which slot a key is in; the examples are those of the Redis Cluster specification."""

from __future__ import annotations

import pytest

from admitone.store.keys import META, WorkspaceKeys
from admitone.store.redis.cluster.slots import SLOTS, Place, key_in, parse_map, slot_of


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("123456789", "123456789"),
        ("{user1000}.following", "user1000"),
        ("foo{}{bar}", "foo{}{bar}"),
        ("foo{{bar}}zap", "{bar"),
        ("foo{bar}{zap}", "bar"),
        ("foo}bar{", "foo}bar{"),
    ],
)
def test_the_part_between_the_first_braces_decides(key: str, part: str) -> None:
    assert (
        slot_of(key) == slot_of(f"{{{part}}}") if "{" not in part else slot_of(key) == slot_of(key.encode())
    )
    assert slot_of("123456789") == 0x31C3


def test_all_keys_of_a_workspace_are_in_one_slot() -> None:
    keys = WorkspaceKeys("0ABC", 256)
    names = [*keys.shared.values(), keys.delayed, keys.operation("x"), keys.config_list("user")]
    assert {slot_of(name) for name in names} == {slot_of(keys.jobs)}
    assert slot_of(META) == slot_of(f"{META}:processes")


def test_a_key_is_found_for_any_range() -> None:
    for first, last in ((0, SLOTS - 1), (100, 107), (SLOTS - 1, SLOTS - 1)):
        assert first <= slot_of(key_in(first, last)) <= last


def test_a_node_without_a_name_is_where_it_was_asked() -> None:
    facts = {"cluster_current_epoch": "7", "cluster_state": "ok"}
    first, second = [b"", 7000, b"id", []], [b"10.0.0.2", 7001, b"id", []]
    found = parse_map(Place("book", 7000), facts, [[0, 99, first, second], [100, 200, second]])
    assert (found.epoch, found.is_whole) == (7, True)
    assert found.ranges == [(0, 99, Place("book", 7000)), (100, 200, Place("10.0.0.2", 7001))]
    assert found.primaries == [Place("book", 7000), Place("10.0.0.2", 7001)]
    assert found.replicas == [Place("10.0.0.2", 7001)]
