"""A primary, a replica and three Sentinels as real processes on loopback, for tests of failovers.

The primary is on the side of Admit One, the replica and the Sentinels are on the other side of a `Network`.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import redis

from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.redis_server import RedisServer, redis_of, running_redis
from tests.support.store.failover.network import HERE, THERE, Network

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

SERVICE = "bookings"
QUORUM = 2
AGAIN_AFTER = 0.02
"""Seconds between two looks at the same state."""


class Pace(msgspec.Struct, frozen=True):
    """How fast Sentinels see and act, in milliseconds."""

    down_after: int
    """Silence after which a server counts as down."""
    timeout: int
    """`failover-timeout`: a failover may begin twice as long after the one before."""
    periods: dict[str, int] = {}
    """Of `SENTINEL DEBUG`; a period that is not named is as in production."""


IN_PRODUCTION = Pace(5000, 10_000)
FASTER = Pace(1000, 3000, {"ping-period": 400, "info-period": 600, "ask-period": 100, "publish-period": 200})
"""For `make test`: the same steps in less time. A primary that returns is demoted after 4 publish periods."""


class Sentinel:
    """One Sentinel, which asks and is asked through the network."""

    def __init__(self, binary: Path, folder: Path, number: int) -> None:
        self.binary = binary
        self.folder = folder
        self.id = f"{number:040x}"
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def client(self) -> redis.Redis:
        """A blocking connection, past the network."""
        return redis.Redis(port=self.port, decode_responses=True, socket_timeout=PATIENCE)

    def start(self, nodes: list[Node], others: list[Sentinel], pace: Pace) -> None:
        """Start it with what Sentinels would find out about each other in some seconds."""
        primary, *replicas = nodes
        known = [
            f"monitor {SERVICE} {HERE} {primary.door} {QUORUM}",
            f"down-after-milliseconds {SERVICE} {pace.down_after}",
            f"failover-timeout {SERVICE} {pace.timeout}",
            *(f"known-replica {SERVICE} {HERE} {replica.door}" for replica in replicas),
            *(f"known-sentinel {SERVICE} {HERE} {other.port} {other.id}" for other in others),
        ]
        path = self.folder / "sentinel.conf"
        path.write_text(
            f"port {self.port}\nbind {HERE}\nbind-source-addr {THERE}\ndir {self.folder}\n"
            f"logfile {self.folder}/sentinel.log\nsentinel myid {self.id}\n"
            f"sentinel announce-ip {HERE}\n" + "".join(f"sentinel {line}\n" for line in known)
        )
        self._process = subprocess.Popen(
            [self.binary, path, "--sentinel"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def set_periods(self, pace: Pace) -> None:
        """Set the periods that its configuration does not have."""
        with self.client() as client:
            for name, milliseconds in pace.periods.items():
                client.execute_command("SENTINEL", "DEBUG", name, milliseconds)

    def kill(self) -> None:
        """End it."""
        if self._process:
            self._process.kill()
            self._process.wait()


class Node(msgspec.Struct):
    """A Redis server, and its port on the network, which is the only one that others know."""

    server: RedisServer
    door: int

    def info(self, section: str) -> dict[str, object]:
        """A section of INFO."""
        with self.server.client() as client:
            found: dict[str, object] = client.info(section)
            return found

    def offset(self) -> int:
        """How much of the primary's writes it has, in bytes of the replication stream."""
        return int(str(self.info("replication")["master_repl_offset"]))


class SentinelRig:
    """`url` is for ADMITONE_REDIS_URL; `primary` and `replica` change their places with each failover."""

    def __init__(self, network: Network, nodes: list[Node], sentinels: list[Sentinel], url: str) -> None:
        self.network = network
        self.primary, self.replica = nodes
        self.sentinels = sentinels
        self.url = url

    def ask_for_failover(self) -> None:
        """Let a Sentinel fail over although nothing is wrong."""
        with self.sentinels[0].client() as client:
            client.execute_command("SENTINEL", "FAILOVER", SERVICE)

    async def promoted(self) -> None:
        """Return once the replica takes writes, and every Sentinel names it as the primary."""
        await eventually(lambda: self.replica.info("replication")["role"] == "master")
        await eventually(lambda: all(self._named_by(one) == self.replica.door for one in self.sentinels))
        self.primary, self.replica = self.replica, self.primary

    async def ready(self) -> None:
        """Return once the replica has the primary's data, and the Sentinels agree that it could take over."""
        await eventually(self._follows)
        written = await asyncio.to_thread(self.primary.offset)
        await eventually(lambda: self.replica.offset() >= written)
        for sentinel in self.sentinels:
            await eventually(partial(self._would_fail_over, sentinel))

    def _named_by(self, sentinel: Sentinel) -> int:
        """The port of the primary that a Sentinel names."""
        with sentinel.client() as client:
            _, port = client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)
            return int(port)

    def _would_fail_over(self, sentinel: Sentinel) -> bool:
        with sentinel.client() as client:
            [replica] = client.sentinel_slaves(SERVICE)
            quorum = client.execute_command("SENTINEL", "CKQUORUM", SERVICE)
            return replica["master-link-status"] == "ok" and str(quorum).startswith("OK 3")

    def _follows(self) -> bool:
        facts = self.replica.info("replication")
        follows = (facts["role"], facts.get("master_port"), facts.get("master_link_status"))
        return follows == ("slave", self.primary.door, "up")


async def eventually(condition: Callable[[], bool]) -> None:
    """Ask in a thread until `condition` is true; servers that do not answer yet are asked again."""

    def holds() -> bool:
        try:
            return condition()
        except redis.RedisError:
            return False

    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110 - servers tell nobody
            await asyncio.sleep(AGAIN_AFTER)


@asynccontextmanager
async def sentinel_rig(line: str, pace: Pace, *, lag: float, **settings: str) -> AsyncIterator[SentinelRig]:
    """The rig, empty and ready for a failover; each message between the sides needs `lag` seconds.

    `settings` are further lines of redis.conf for both servers, an underscore for each hyphen.
    """
    async with AsyncExitStack() as stack:
        network = Network(lag)
        nodes = [await _node(stack, network, line, side, settings) for side in (HERE, THERE)]
        with nodes[1].server.client() as client:
            client.replicaof(HERE, str(nodes[0].door))
        folder = Path(tempfile.mkdtemp(prefix="ao-"))
        stack.callback(shutil.rmtree, folder)
        sentinels = [_sentinel(line, folder, number) for number in range(1, 4)]
        doors = []
        for sentinel in sentinels:
            stack.callback(sentinel.kill)
            sentinel.start(nodes, [other for other in sentinels if other is not sentinel], pace)
            doors.append(await stack.enter_async_context(network.door(sentinel.port, THERE)))
        url = f"redis+sentinel://{','.join(f'{HERE}:{door}' for door in doors)}/{SERVICE}"
        rig = SentinelRig(network, nodes, sentinels, url)
        await rig.ready()
        for sentinel in sentinels:
            sentinel.set_periods(pace)
        yield rig


async def _node(
    stack: AsyncExitStack, network: Network, line: str, side: str, settings: dict[str, str]
) -> Node:
    port = free_port()
    door = await stack.enter_async_context(network.door(port, side))
    server = stack.enter_context(
        running_redis(
            line,
            port=str(port),
            bind=HERE,
            bind_source_addr=side,
            replica_announce_ip=HERE,
            replica_announce_port=str(door),
            repl_diskless_sync_delay="0",
            **settings,
        )
    )
    return Node(server, door)


def _sentinel(line: str, folder: Path, number: int) -> Sentinel:
    own = folder / str(number)
    own.mkdir()
    return Sentinel(redis_of(line), own, number)
