"""The slots of a cluster: which slot a key is in, and which primary serves it.

The rules are those of the Redis Cluster specification: CRC16 of the key, or of what stands between its first
braces, modulo 16,384.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

SLOTS = 16_384


class Place(NamedTuple):
    """Where a node is reached."""

    host: str
    port: int


class SlotMap(msgspec.Struct, frozen=True):
    """The primaries of a cluster as one node knows them.

    `epoch` is the cluster's at that node: it rises with each failover, so of two maps the one with the higher
    epoch is newer. `ranges` are first and last slot, and their primary. `replicas` are further nodes, which
    may be asked for the map as well.
    """

    epoch: int
    is_whole: bool
    ranges: Sequence[tuple[int, int, Place]]
    replicas: Sequence[Place]

    @property
    def primaries(self) -> list[Place]:
        """The primaries that have slots, each once."""
        return list(dict.fromkeys(place for _, _, place in self.ranges))


def slot_of(key: str | bytes) -> int:
    """The slot of a key."""
    text = key.encode() if isinstance(key, str) else key
    opening = text.find(b"{")
    if opening >= 0:
        closing = text.find(b"}", opening + 1)
        if closing > opening + 1:
            return _slot(text[opening + 1 : closing])
    return _slot(text)


@lru_cache(maxsize=4096)
def _slot(text: bytes) -> int:
    return binascii.crc_hqx(text, 0) % SLOTS


@lru_cache(maxsize=256)
def key_in(first: int, last: int) -> str:
    """A key whose slot lies between two, both included: what is written to a node that no record is in."""
    number = 0
    while not first <= slot_of(key := f"ao:{{node:{number}}}:written") <= last:
        number += 1
    return key


def parse_map(asked: Place, facts: Mapping[str, str], slots: Sequence[Any]) -> SlotMap:
    """The map in the answers of `asked` to CLUSTER INFO, as redis-py reads it, and CLUSTER SLOTS.

    A node that does not know its own address, or has been told to prefer the name by which it is asked,
    leaves the host out.
    """

    def place(node: Sequence[Any]) -> Place:
        return Place(node[0].decode() if node[0] else asked.host, int(node[1]))

    return SlotMap(
        epoch=int(facts["cluster_current_epoch"]),
        is_whole=facts["cluster_state"] == "ok",
        ranges=[(int(first), int(last), place(primary)) for first, last, primary, *_ in slots],
        replicas=[place(node) for _, _, _, *replicas in slots for node in replicas],
    )
