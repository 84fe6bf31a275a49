"""Everything that Redis holds, in memory and in its files, with every sealed text opened."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from admitone.sealing import Carried
from admitone.store.reseal import read_values, spots
from tests.support.store.dumps import stored_texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer

CODE = re.compile(r"ao:\{p\d+\}:(.{4}):email_code:([^:]+):([^:]+)")


async def places_with(store: Store, server: RedisServer, mark: str) -> set[str]:
    """Where `mark` is found, whatever its case: the keys without ids, sealed texts, and files."""
    found = set[str]()
    wanted = mark.casefold()
    with server.client() as client:
        for key in client.scan_iter():
            if wanted in key.decode().casefold():
                found.add(f"the name of {_kind(key.decode())}")
        if any(wanted in text.decode(errors="replace").casefold() for text in stored_texts(client)):
            found.add("plain text")
    async for name, text in _opened(store):
        if wanted in text.decode(errors="replace").casefold():
            found.add(f"sealed in {_kind(name)}")
    for file in server.folder.rglob("*"):
        is_data = file.is_file() and file != server.log
        if is_data and wanted in file.read_bytes().decode(errors="replace").casefold():
            found.add(f"the file {file.relative_to(server.folder)}")
    return found


async def _opened(store: Store) -> AsyncIterator[tuple[str, bytes]]:
    async for key in store.client.scan_iter():
        name = key.decode()
        if match := CODE.fullmatch(name):
            sealed = await store.client.hget(key, "sealed")
            assert isinstance(sealed, bytes)
            yield name, store.sealer.open(Carried.EMAIL_CODE, ":".join(match.groups()), sealed.decode())
        for found in await read_values(store, spots(name)):
            for _, _, content in found.opened(store.sealer):
                assert content is not None, name
                yield name, content
                with suppress(zlib.error):
                    yield name, zlib.decompress(content)


def _kind(key: str) -> str:
    return ":".join(key.split(":")[3:5])
