"""The processes that work on the data: servers, workers, commands. A migration waits for older ones to end.

Each process says every ten seconds that it is alive, under a name that begins with the schema that it knows.
Versions before schema 2 did not; they are recognised by the name of their connections, which CLIENT LIST
shows. From schema 2 on, connections carry the schema number, too.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import structlog
from redis.exceptions import ResponseError

from admitone.cancelling import cancelled
from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.codes import Code
from admitone.store.keys import META, PROCESSES, process
from admitone.store.redis.coalescer import Command
from admitone.store.redis.connect import CLIENT_NAME
from admitone.store.schema import SCHEMA, SchemaError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from admitone.store.store import Store

log = structlog.get_logger()

LIFETIME: Final = 30
"""Seconds after its last sign of life at which a process counts as dead."""
BEAT_EVERY: Final = 10.0
"""Seconds between two signs of life."""
_CONNECTION = re.compile(rf"{CLIENT_NAME}(?:-(?P<schema>\d+))?")


def process_name() -> str:
    """A name for this process: its schema, its host, its process id, and a random text."""
    host = re.sub(r"[^\w.-]", "_", socket.gethostname())
    return f"{SCHEMA}:{host}:{os.getpid()}:{secrets.token_hex(4)}"


def said_plainly(name: str) -> str:
    """A process as people read it."""
    _, host, number, _ = name.split(":")
    return f"process {number} on {host}"


@asynccontextmanager
async def staying_alive(store: Store, stop: asyncio.Event | None = None) -> AsyncIterator[None]:
    """Say that this process is alive, as long as the context lasts.

    `stop` is set if the data get another schema meanwhile: this process must end then. That happens
    only if it was suspended for so long that a migration took it for dead. Raises SchemaError if the data
    have another schema already.
    """
    await _living(store)  # forgets those that died
    name = process_name()
    if not await say_alive(store, name):
        raise SchemaError("The data in Redis were migrated by a newer version while this one started.")
    task = asyncio.create_task(_beat(store, name, stop), name="processes")
    try:
        yield
    finally:
        await cancelled(task)
        await _forget(store, name)


async def older_processes(store: Store) -> list[str]:
    """The processes alive that know an earlier schema, as people read them.

    Raises ResponseError if Redis does not let us see its connections: versions before schema 2 cannot be seen
    then.
    """
    older = [said_plainly(name) for name in await _living(store) if int(name.partition(":")[0]) < SCHEMA]
    return older + await _older_connections(store)


async def _living(store: Store) -> list[str]:
    """The names of the processes that are alive; those that died without a word are forgotten."""
    [members] = await store.send(Command(("SMEMBERS", PROCESSES)))
    names = sorted(member.decode() for member in members)
    if not names:
        return []
    living = await store.send(*(Command(("EXISTS", process(name))) for name in names))
    if dead := [name for name, lives in zip(names, living, strict=True) if not lives]:
        await store.send(Command(("SREM", PROCESSES, *dead), may_be_lost=True))
    return [name for name in names if name not in dead]


async def _older_connections(store: Store) -> list[str]:
    """The hosts that have connections of an earlier schema to our database."""
    found: set[str] = set()
    for primary in store.lines.primaries:
        [text] = await primary.send(Command(("CLIENT", "LIST", "TYPE", "normal")))
        clients = _clients(text.decode(), str(primary.database))
        found.update(f"a connection from {client['addr']}" for client in clients)
    return sorted(found)


def _clients(text: str, database: str) -> Iterator[dict[str, str]]:
    for line in text.splitlines():
        client = dict(word.partition("=")[::2] for word in line.split(" "))
        match = _CONNECTION.fullmatch(client.get("name", ""))
        if match and client.get("db") == database and int(match["schema"] or 1) < SCHEMA:
            yield client


async def say_alive(store: Store, name: str) -> bool:
    """Say that a process is alive. Returns False if the data have another schema than this version."""
    names = {"meta": META, "processes": PROCESSES, "process": process(name)}
    arguments = {"schema": SCHEMA, "name": name, "lifetime": LIFETIME}
    return (await store.call("process_alive", names, arguments)).code is Code.OK


async def _beat(store: Store, name: str, stop: asyncio.Event | None) -> None:
    while True:
        await asyncio.sleep(BEAT_EVERY)
        try:
            is_current = await say_alive(store, name)
        except (Busy, OutcomeUnknown, ResponseError):
            continue  # Redis is away or full; the next beat tells
        if not is_current:
            log.critical("data-have-another-schema", schema=SCHEMA, action="this process ends")
            if stop:
                stop.set()
            return


async def _forget(store: Store, name: str) -> None:
    try:
        await store.send(
            Command(("SREM", PROCESSES, name), may_be_lost=True),
            Command(("DEL", process(name)), may_be_lost=True),
        )
    except (Busy, ResponseError):
        log.info("process-not-forgotten")  # its sign of life expires by itself
