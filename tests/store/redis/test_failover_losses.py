"""Sentinel makes the replica the primary while clients work: which acknowledged writes outlive this."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
import structlog

from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces
from tests.support.sizes import FULL, size
from tests.support.store.actions import a_store
from tests.support.store.failover import troubles
from tests.support.store.failover.clients import Clients
from tests.support.store.failover.deployment import deployed_on, worker_goes_on
from tests.support.store.failover.sentinels import FASTER, IN_PRODUCTION, sentinel_rig

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.store.failover.ledger import Ledger

log = structlog.get_logger()


class Case(NamedTuple):
    """A server of `tests.support.redis_server`, ADMITONE_REDIS_REPLICAS, and `min-replicas-to-write`."""

    server: str
    replicas: int
    min_replicas: int

    def name(self) -> str:
        """The name of the test's case."""
        return f"{self.server}-replicas-{self.replicas}-min-{self.min_replicas}"


in_both, in_soak = pytest.mark.soak, pytest.mark.soak(only=True)
NOTHING_IS_LOST = [
    pytest.param(Case("valkey", replicas=1, min_replicas=0), marks=in_both),
    pytest.param(Case("valkey", replicas=1, min_replicas=1), marks=in_soak),
    pytest.param(Case("redis", replicas=1, min_replicas=0), marks=in_soak),
    pytest.param(Case("redis", replicas=1, min_replicas=1), marks=in_soak),
]
SOME_IS_LOST = [
    pytest.param(Case("valkey", replicas=0, min_replicas=0), marks=in_both),
    pytest.param(Case("valkey", replicas=0, min_replicas=1), marks=in_soak),
    pytest.param(Case("redis", replicas=0, min_replicas=0), marks=in_soak),
    pytest.param(Case("redis", replicas=0, min_replicas=1), marks=in_soak),
]
TROUBLES = (troubles.kill, troubles.planned, troubles.partition)
PACE, MAX_LAG = (IN_PRODUCTION, "10") if FULL else (FASTER, "2")
LAG = 0.03
"""Seconds for a message between the primary and its replica."""
WRITES = size(500, 50)
"""Acknowledged writes of each server before the first failover, and after each."""


@pytest.mark.parametrize("case", NOTHING_IS_LOST, ids=Case.name)
async def test_with_replicas_nothing_acknowledged_is_lost(case: Case, tmp_path: Path) -> None:
    ledger = await _fail_over(case, tmp_path)
    assert {name: one.lost for name, one in ledger.outcomes.items()} == {
        "kill": [],
        "planned": [],
        "partition": [],
    }
    assert (ledger.refused, ledger.doubled) == ([], [])


@pytest.mark.parametrize("case", SOME_IS_LOST, ids=Case.name)
async def test_without_replicas_a_partition_loses_and_nothing_is_doubled(case: Case, tmp_path: Path) -> None:
    ledger = await _fail_over(case, tmp_path)
    assert ledger.outcomes["partition"].lost != []
    assert ledger.doubled == []


async def _fail_over(case: Case, folder: Path) -> Ledger:
    """What clients of two servers were told before, during and after each failover, compared with Redis."""
    limits = {"min_replicas_to_write": str(case.min_replicas), "min_replicas_max_lag": MAX_LAG}
    async with sentinel_rig(case.server, PACE, lag=LAG, **limits) as rig:
        async with deployed_on(rig.url, folder, replicas=case.replicas) as servers:
            async with Clients(servers).at_work() as clients:
                for trouble in TROUBLES:
                    clients.ledger.begin(trouble.__name__)
                    await clients.served(WRITES)
                    await trouble(rig, clients)
                await clients.served(WRITES)
            await worker_goes_on(rig)
        async with a_store(rig.primary.server.url) as store:
            assert await check_invariants(store.client) == []
            [there] = await read_workspaces(store.client)
    clients.ledger.compare(there)
    for name, one in clients.ledger.outcomes.items():
        log.info("failover", by=name, **case._asdict(), **one.counts())
    return clients.ledger
