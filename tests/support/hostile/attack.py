"""Strangers who send as much as they can, from addresses of their own, and an honest customer beside them."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from admitone.domain import tokens
from tests.support.api.servers import coming_days
from tests.support.hostile.requests import hostile_requests, request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from redis import Redis

    from admitone.web.http.route import Route
    from tests.support.api.calling import Api
    from tests.support.hostile.requests import Target

CLIENTS = 32
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
PAUSE = 0.1
"""Seconds between two looks of who watches."""
_HELD_SECONDS = (0.1, 3.0)
"""For how long a client keeps a body or an answer waiting."""


class Attack:
    """Clients that call `targets` at random; `statuses` counts the answers, 0 where there was none.

    `words` are right codes, tokens and slugs: clients put other ones in their place.
    """

    def __init__(self, url: str, targets: Mapping[Route, Target], words: Sequence[str], seed: int) -> None:
        self.port = int(url.rpartition(":")[2])
        self.targets = [*targets.values()]
        self.odd = [each for route, target in targets.items() for each in hostile_requests(route, target)]
        self.words = re.compile("|".join(map(re.escape, words)))
        self.statuses: Counter[int] = Counter()
        self._random = random.Random(seed)

    async def run(self, seconds: float, clients: int = CLIENTS) -> None:
        """Attack for so long."""
        until = time.monotonic() + seconds
        async with asyncio.TaskGroup() as tasks:
            for _ in range(clients):
                tasks.create_task(self._client(until))

    async def _client(self, until: float) -> None:
        ways = [self._send_odd, self._send_new, self._flood, self._hold]
        weights = [40, 40, 1, 1]
        while time.monotonic() < until:
            [way] = self._random.choices(ways, weights)
            with suppress(OSError, asyncio.IncompleteReadError):
                async with asyncio.timeout(max(0.1, until + 1 - time.monotonic())):
                    await way()

    async def _send_odd(self) -> None:
        await self._exchange(self._random.choice(self.odd))

    async def _send_new(self) -> None:
        await self._exchange(self._new())

    async def _flood(self) -> None:
        """Many requests on one connection, without waiting for answers."""
        await self._exchange(b"".join(self._new(last=False) for _ in range(50)) + self._new())

    async def _hold(self) -> None:
        """A body or an answer that is not finished."""
        async with self._connected() as (_, writer):
            sent = self._new()
            writer.write(sent if self._is_true(0.5) else sent[:-3])
            await asyncio.sleep(self._random.uniform(*_HELD_SECONDS))
        self.statuses[0] += 1

    def _new(self, *, last: bool = True) -> bytes:
        """A request of the right shape: each time other codes, people, starts, questions and headers."""
        target = self._random.choice(self.targets)
        path = target.path
        if self._is_true(0.5):
            path = self.words.sub(lambda found: self._other(found[0]), path)
        if not target.body and self._is_true(0.8):
            path = f"{path.partition('?')[0]}?{self._question(target)}"
        body = {name: self._value(name, value) for name, value in target.body.items()}
        head = (
            f"User-Agent: {self._text(30)}\r\nAccept-Language: {self._text(2)}-{self._text(2)}\r\n"
            f"Cookie: admitone={self._text(44)}; {self._text(4)}={self._text(200)}\r\n"
            f"Idempotency-Key: {self._text(20)}\r\nX-Goog-Channel-Token: {self._text(40)}"
        )
        return request(
            target, path, head=head.encode(), body=target.encoded(body) if body else None, last=last
        )

    def _question(self, target: Target) -> str:
        days = f"from=2026-12-{self._random.randint(1, 28):02}&to=2027-01-{self._random.randint(1, 28):02}"
        others = [f"{name}={self._text(20)}" for name in target.parameters if self._is_true(0.2)]
        return "&".join([*([days] if "to" in target.parameters else []), *others])

    def _value(self, name: str, value: object) -> object:
        if name == "email":
            return f"{self._text(12)}@{self._text(8)}.test"
        if name == "start":
            at = self._random.randint(0, 60 * 48) * 1800 + int(time.time()) // 1800 * 1800 + 86_400
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
        is_long = name in {"notes", "reason", "name"} and self._is_true(0.3)
        return self._text(1500) if is_long else value

    def _other(self, word: str) -> str:
        prefix = "." if word.startswith(".") else ""
        return prefix + tokens.encode(self._random.randbytes(len(word)), len(word) - len(prefix))

    def _text(self, length: int) -> str:
        return "".join(self._random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))

    def _is_true(self, probability: float) -> bool:
        return self._random.random() < probability

    async def _exchange(self, sent: bytes) -> None:
        async with self._connected() as (reader, writer):
            writer.write(sent)
            answers = STATUS.findall(await reader.read())
        self.statuses.update(map(int, answers or [0]))

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection from one of millions of addresses."""
        source = "127.{}.{}.{}".format(*(self._random.randint(1, 254) for _ in range(3)))
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))
        try:
            yield reader, writer
        finally:
            writer.close()


class Honest:
    """A customer who looks at a page of theirs and at its times, again and again."""

    def __init__(self, customer: Api, slug: str) -> None:
        self._customer = customer
        self._slug = slug
        self.seconds: list[float] = []
        """How long each answer took."""

    async def look(self) -> None:
        """Look until cancelled; every look must succeed."""
        first, last = coming_days(7)
        while True:
            began = time.monotonic()
            assert await self._customer.starts(self._slug, first, last)
            self.seconds.append(time.monotonic() - began)
            await asyncio.sleep(PAUSE)


class Memory:
    """The memory that a server and Redis used at the beginning, and the most while `watch` ran, in bytes."""

    def __init__(self, pid: int, client: Redis) -> None:
        self._pid = pid
        self._client = client
        self.before = self._now()
        self.most = self.before

    @property
    def growth(self) -> tuple[int, int]:
        """That of the server, and that of Redis."""
        return self.most[0] - self.before[0], self.most[1] - self.before[1]

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            now = self._now()
            self.most = max(self.most[0], now[0]), max(self.most[1], now[1])
            await asyncio.sleep(PAUSE)

    def _now(self) -> tuple[int, int]:
        info = self._client.info("memory")
        assert isinstance(info, dict)
        return resident(self._pid), int(info["used_memory"])


def resident(pid: int) -> int:
    """The bytes of memory that a process holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
