"""A real cluster on this machine: some primaries with replicas, which a test may kill or reshard."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from admitone.store.redis.cluster.slots import SLOTS
from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.redis_server import RedisServer, redis_of, short_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import redis

TIMEOUT = 2_000
"""Milliseconds after which a node that does not answer counts as failed."""


class RedisCluster:
    """The nodes: first the primaries, in the order of their slots, then the replicas of each in turn."""

    def __init__(self, nodes: list[RedisServer], primaries: int) -> None:
        self.nodes = nodes
        self.count = primaries

    @property
    def url(self) -> str:
        """The address for `ADMITONE_REDIS_URL`."""
        return "redis+cluster://" + ",".join(f"127.0.0.1:{port_of(node)}" for node in self.nodes)

    def ask(self, node: RedisServer, *words: str | int) -> Any:
        """The answer of one node."""
        client: redis.Redis = node.client()
        with client:
            return client.execute_command(*words)  # type: ignore[no-untyped-call]

    def form(self) -> None:
        """Make the nodes one cluster, with equal parts of the slots, and wait until it answers."""
        first = self.nodes[0]
        for number, node in enumerate(self.nodes):
            self.ask(node, "CLUSTER SET-CONFIG-EPOCH", number + 1)
            if number < self.count:
                begin, end = (SLOTS * part // self.count for part in (number, number + 1))
                self.ask(node, "CLUSTER", "ADDSLOTSRANGE", begin, end - 1)
            if node is not first:
                bus = first.settings["cluster-port"]
                self.ask(node, "CLUSTER", "MEET", "127.0.0.1", port_of(first), bus)
        self.until(lambda: all(self._known(node) == len(self.nodes) for node in self.nodes))
        for number, node in enumerate(self.nodes[self.count :]):
            primary = self.ask(self.nodes[number % self.count], "CLUSTER", "MYID")
            self.ask(node, "CLUSTER", "REPLICATE", primary.decode())
        self.until_whole()

    @contextmanager
    def moving(self, slot: int) -> Iterator[Move]:
        """A slot on its way to the next primary; afterwards it is where it was, without keys."""
        owner = next(node for node in self.nodes if self.has(node, slot))
        target = self.nodes[(self.nodes.index(owner) + 1) % self.count]
        move = Move(self, slot, owner, target)
        try:
            yield move
        finally:
            for node in (owner, target):
                self.ask(node, "FLUSHALL")
                self.ask(node, "CLUSTER", "SETSLOT", slot, "STABLE")
            move.give_to(owner)
            self.until(lambda: all(self.owner_at(node, slot) == port_of(owner) for node in self.nodes))

    def handing_over(self, slot: int) -> Move:
        """A slot to hand over to the next primary."""
        owner, *others = sorted(
            (node for node in self.nodes if self.ask(node, "INFO", "replication")["role"] == "master"),
            key=lambda node: not self.has(node, slot),
        )
        return Move(self, slot, owner, others[0])

    @contextmanager
    def unserved(self, slot: int) -> Iterator[None]:
        """Nobody serves a slot during the block."""
        owner = next(node for node in self.nodes if self.has(node, slot))
        for node in self.nodes:
            self.ask(node, "CONFIG", "SET", "cluster-require-full-coverage", "no")
            self.ask(node, "CLUSTER", "DELSLOTS", slot)
        try:
            yield
        finally:
            self.ask(owner, "CLUSTER", "ADDSLOTS", slot)
            self.ask(owner, "CLUSTER", "BUMPEPOCH")
            self.until(lambda: all(self.owner_at(node, slot) == port_of(owner) for node in self.nodes))

    def has(self, node: RedisServer, slot: int) -> bool:
        """Whether a node itself serves a slot."""
        return self.owner_at(node, slot) == port_of(node)

    def owner_at(self, node: RedisServer, slot: int) -> int | None:
        """The port of the primary that serves a slot, as a node knows it."""
        for first, last, primary, *_ in self.ask(node, "CLUSTER SLOTS"):
            if first <= slot <= last:
                return int(primary[1])
        return None

    def until_whole(self) -> None:
        """Wait until every node that runs says that all slots are served, and replicas have caught up."""
        self.until(lambda: all(self._is_whole(node) for node in self.nodes if node.process))

    def until(self, condition: Any) -> None:
        """Wait until something holds."""
        ends = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < ends, "the cluster did not come to rest"
            time.sleep(0.02)

    def _known(self, node: RedisServer) -> int:
        return int(self.ask(node, "CLUSTER INFO")["cluster_known_nodes"])

    def _is_whole(self, node: RedisServer) -> bool:
        facts = self.ask(node, "INFO", "replication")
        is_synced = facts["role"] == "master" or facts["master_link_status"] == "up"
        return bool(is_synced and self.ask(node, "CLUSTER INFO")["cluster_state"] == "ok")


class Move:
    """A slot that moves from one primary to another, step by step, as `redis-cli --cluster reshard` does."""

    def __init__(self, cluster: RedisCluster, slot: int, owner: RedisServer, target: RedisServer) -> None:
        self._cluster = cluster
        self._slot = slot
        self.owner = owner
        self.target = target

    def begin(self) -> None:
        """From here on, keys that the owner lacks are asked for at the target."""
        ask, slot = self._cluster.ask, self._slot
        ask(self.target, "CLUSTER", "SETSLOT", slot, "IMPORTING", self._id(self.owner))
        ask(self.owner, "CLUSTER", "SETSLOT", slot, "MIGRATING", self._id(self.target))

    def carry(self, *keys: str) -> int:
        """Carry these keys over, by default up to a thousand of the slot's; answers how many."""
        found = keys or self._cluster.ask(self.owner, "CLUSTER GETKEYSINSLOT", self._slot, 1000)
        if found:
            place = ("127.0.0.1", port_of(self.target), "", 0, PATIENCE * 1000)
            self._cluster.ask(self.owner, "MIGRATE", *place, "KEYS", *found)
        return len(found)

    def end(self) -> None:
        """The target serves the slot."""
        self.give_to(self.target)

    def back(self) -> Move:
        """The way back."""
        return Move(self._cluster, self._slot, self.target, self.owner)

    def give_to(self, node: RedisServer) -> None:
        """Tell both that a node serves the slot, the node itself first."""
        other = self.owner if node is self.target else self.target
        for each in (node, other):
            self._cluster.ask(each, "CLUSTER", "SETSLOT", self._slot, "NODE", self._id(node))

    def _id(self, node: RedisServer) -> str:
        found: bytes = self._cluster.ask(node, "CLUSTER", "MYID")
        return found.decode()


def port_of(node: RedisServer) -> int:
    """The port of a node."""
    return int(node.settings["port"])


@contextmanager
def running_cluster(line: str, primaries: int = 3, replicas: int = 0) -> Iterator[RedisCluster]:
    """A cluster of servers of a line ("valkey" or "redis"), empty; gone afterwards."""
    count = primaries * (1 + replicas)
    folder = Path(tempfile.mkdtemp(prefix="ao-cluster-", dir=short_folder()))
    ports = [free_port() for _ in range(2 * count)]
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        nodes = []
        for number in range(count):
            home = folder / str(number)
            home.mkdir()
            node = RedisServer(
                redis_of(line),
                home,
                port=str(ports[2 * number]),
                bind="127.0.0.1",
                cluster_enabled="yes",
                cluster_port=str(ports[2 * number + 1]),
                cluster_node_timeout=str(TIMEOUT),
                cluster_replica_validity_factor="0",
            )
            stack.callback(node.kill)
            node.start()
            nodes.append(node)
        cluster = RedisCluster(nodes, primaries)
        cluster.form()
        yield cluster
