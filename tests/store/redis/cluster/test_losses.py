"""Primaries of a cluster die, hang and hand slots over while clients work: nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import pytest
import structlog

from admitone.store.keys import WorkspaceKeys
from admitone.store.redis.cluster.slots import slot_of
from admitone.store.redis.connect import open_redis
from tests.support.api.deployment import PARTITIONS
from tests.support.cluster import port_of, running_cluster
from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces
from tests.support.sizes import size
from tests.support.store.failover.clients import Clients
from tests.support.store.failover.deployment import deployed_on

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cluster import RedisCluster
    from tests.support.redis_server import RedisServer
    from tests.support.store.failover.ledger import Ledger

log = structlog.get_logger()
WRITES = size(500, 40)
"""Acknowledged writes of each server before the first trouble, and after each."""


class Rig:
    """A cluster, and the workspace whose slot has the trouble."""

    def __init__(self, cluster: RedisCluster, workspace: str) -> None:
        self.cluster = cluster
        self.slot = slot_of(WorkspaceKeys(workspace, PARTITIONS).jobs)

    @property
    def primary(self) -> RedisServer:
        """The primary of the slot, as the nodes that run say."""
        [witness, *_] = [node for node in self.cluster.nodes if node.process]
        port = self.cluster.owner_at(witness, self.slot)
        return next(node for node in self.cluster.nodes if port_of(node) == port)

    def rest(self) -> None:
        """Return once all nodes agree on the primary, and replicas have what it has."""
        cluster = self.cluster
        cluster.until(lambda: len({cluster.owner_at(node, self.slot) for node in cluster.nodes}) == 1)
        cluster.until_whole()

    def has_another(self, before: RedisServer) -> bool:
        """Whether all other nodes say that the slot has another primary."""
        others = [node for node in self.cluster.nodes if node is not before]
        ports = {self.cluster.owner_at(node, self.slot) for node in others}
        return len(ports) == 1 and port_of(before) not in ports


async def kill(rig: Rig) -> None:
    """The primary's process dies, and starts again once a replica has taken its place."""
    primary = rig.primary
    await asyncio.to_thread(primary.kill)
    await asyncio.to_thread(rig.cluster.until, lambda: rig.has_another(primary))
    await asyncio.to_thread(primary.start)
    await asyncio.to_thread(rig.rest)


async def hang(rig: Rig) -> None:
    """The primary hangs until a replica has taken its place, and then wakes up."""
    primary = rig.primary
    assert primary.process
    primary.process.send_signal(signal.SIGSTOP)
    try:
        await asyncio.to_thread(rig.cluster.until, lambda: rig.has_another(primary))
    finally:
        primary.process.send_signal(signal.SIGCONT)
    await asyncio.to_thread(rig.rest)


async def reshard(rig: Rig) -> None:
    """The slot moves to another primary and back."""
    await asyncio.to_thread(_move, rig)
    await asyncio.to_thread(rig.rest)


def _move(rig: Rig) -> None:
    there = rig.cluster.handing_over(rig.slot)
    for move in (there, there.back()):
        move.begin()
        while move.carry():
            pass
        move.end()


TROUBLES = (kill, reshard, hang)


@pytest.mark.soak
async def test_with_a_replica_nothing_acknowledged_is_lost_or_doubled(
    redis_line: str, tmp_path: Path
) -> None:
    with running_cluster(redis_line, replicas=1) as cluster:
        async with deployed_on(cluster.url, tmp_path, replicas=1) as servers:
            rig = Rig(cluster, servers.workspace)
            async with Clients(servers).at_work() as clients:
                for trouble in TROUBLES:
                    clients.ledger.begin(trouble.__name__)
                    await clients.served(WRITES)
                    await trouble(rig)
                await clients.served(WRITES)
        ledger = await _compared(clients.ledger, rig)
    for name, one in ledger.outcomes.items():
        log.info("cluster", by=name, **one.counts())
    assert {name: one.lost for name, one in ledger.outcomes.items()} == {
        trouble.__name__: [] for trouble in TROUBLES
    }
    assert (ledger.refused, ledger.doubled) == ([], [])


async def _compared(ledger: Ledger, rig: Rig) -> Ledger:
    """The ledger, compared with what the primary has."""
    async with open_redis(f"redis://127.0.0.1:{port_of(rig.primary)}") as client:
        assert await check_invariants(client, PARTITIONS) == []
        [there] = await read_workspaces(client)
    ledger.compare(there)
    return ledger
