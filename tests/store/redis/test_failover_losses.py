"""Sentinel makes the replica the primary while clients work: which acknowledged writes outlive this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog

from tests.support.invariants import check_invariants
from tests.support.raw_database import read_workspaces
from tests.support.sizes import FULL, size
from tests.support.store.actions import a_store
from tests.support.store.failover import troubles
from tests.support.store.failover.clients import Clients
from tests.support.store.failover.deployment import deployed_on
from tests.support.store.failover.sentinels import FASTER, IN_PRODUCTION, sentinel_rig
from tests.support.worker.workers import only_timers_left, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.store.failover.ledger import Outcome

log = structlog.get_logger()

LAG = 0.03
"""Seconds for a message between the primary and its replica."""
WRITES = size(500, 50)
"""Acknowledged writes of each server before the first failover, and after each."""
PACE, MAX_LAG = (IN_PRODUCTION, "10") if FULL else (FASTER, "2")
TROUBLES = (troubles.kill, troubles.planned, troubles.partition)
NOTHING: list[str] = []


@pytest.mark.soak
@pytest.mark.parametrize("min_replicas", ["0", "1"])
async def test_with_replicas_nothing_acknowledged_is_lost(
    min_replicas: str, redis_line: str, tmp_path: Path
) -> None:
    outcomes, refused, doubled = await _fail_over(
        redis_line, tmp_path, replicas="1", min_replicas=min_replicas
    )
    assert {name: outcome.lost for name, outcome in outcomes.items()} == {
        "kill": NOTHING,
        "planned": NOTHING,
        "partition": NOTHING,
    }
    assert (refused, doubled) == (NOTHING, NOTHING)


@pytest.mark.soak
@pytest.mark.parametrize("min_replicas", ["0", "1"])
async def test_without_replicas_a_partition_loses_and_nothing_is_doubled(
    min_replicas: str, redis_line: str, tmp_path: Path
) -> None:
    outcomes, _, doubled = await _fail_over(redis_line, tmp_path, replicas="0", min_replicas=min_replicas)
    assert outcomes["partition"].lost != NOTHING
    assert doubled == NOTHING


async def _fail_over(
    line: str, folder: Path, *, replicas: str, min_replicas: str
) -> tuple[dict[str, Outcome], list[str], list[str]]:
    """The outcome of each failover, what was refused, and what was doubled."""
    async with sentinel_rig(line, PACE, lag=LAG) as rig:
        rig.configure(min_replicas_to_write=min_replicas, min_replicas_max_lag=MAX_LAG)
        async with deployed_on(rig, folder, replicas=replicas) as servers:
            async with Clients(servers).at_work() as clients:
                for trouble in TROUBLES:
                    clients.ledger.begin(trouble.__name__)
                    await clients.served(WRITES)
                    await trouble(rig, clients)
                    await clients.served(WRITES)
            async with a_store(rig.primary.server.url) as store:
                await until(lambda: only_timers_left(store))
                assert await check_invariants(store.client) == NOTHING
                [there] = await read_workspaces(store.client)
        outcomes = clients.ledger.outcomes(there)
        for name, one in outcomes.items():
            log.info(
                name,
                redis=line,
                replicas=replicas,
                min_replicas=min_replicas,
                lost=len(one.lost),
                acknowledged=one.acknowledged,
                without_service=one.without_service,
                window=one.window,
            )
        return outcomes, clients.ledger.refused, clients.ledger.doubled(there)
