"""The same content script in Firefox: a link is inserted, and undo takes it back."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.accounts.browser import ADA
from tests.support.extension.front import fronted
from tests.support.extension.gmail import serving_gmail
from tests.support.extension.loaded import GMAIL, ROOT, SERVER
from tests.support.extension.people import a_person
from tools.pack_extension import for_firefox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from tests.support.accounts.site import Site
    from tests.support.extension.people import Person

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
NODE = shutil.which("node")
SCRIPT = ROOT / "tests/extension/firefox_insert.mjs"
SECONDS = 120

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (FIREFOX and NODE), reason="Firefox or Node is not installed"),
]


async def test_a_link_is_inserted_and_undone_in_firefox(
    site: Site, certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    ada = await a_person(site, ADA, "Ada Keller", "administrator")
    await ada.new_page(title="Meet Ada", slug="meet-ada")
    await _unpack(tmp_path, ada)
    with _listener() as gmail, _listener() as server:
        ports = {GMAIL: gmail.getsockname()[1], SERVER: server.getsockname()[1]}
        async with (
            serving_gmail(gmail, certificate),
            fronted(server, certificate, site.address),
            _proxy(ports) as proxy,
        ):
            seen = await _drive(extension=str(tmp_path), proxy=proxy)
    later, link = (await ada.api.get("/links")).items
    anchor = f'<div>Hello brave<a href="{link["url"]}">Meet Ada</a>&nbsp;'
    assert seen["inserted"].startswith(anchor), seen
    assert seen["typed"].startswith(f"{anchor}Bye"), seen
    assert seen["undone"][-1] == seen["before"], seen
    assert f'<a href="{later["url"]}">Meet Ada</a>' in seen["byPanel"], seen
    assert seen["errors"] == []


async def _drive(**given: Any) -> Any:
    """What the script saw."""
    assert NODE
    told = {"firefox": FIREFOX, "button": "Insert one-time link", "word": "brave", **given}
    process = await asyncio.create_subprocess_exec(
        NODE,
        str(SCRIPT),
        json.dumps(told),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, complained = await process.communicate()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)  # Firefox too
        said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()
    return json.loads(said)


async def _unpack(folder: Path, person: Person) -> None:
    """The extension for Firefox, which finds itself signed in: its background begins by storing that."""
    manifest = for_firefox(json.loads((ROOT / "manifest.json").read_text()))
    manifest["background"]["scripts"].insert(0, "signed_in.js")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    shutil.copytree(ROOT / "extension", folder / "extension")
    origin = person.site.origin
    server = {name: f"{origin}/oauth/{name}" for name in ("authorize", "token", "revoke")}
    stored = {**await person.sign_in_as_stored(), "server": {"address": origin, **server}}
    (folder / "signed_in.js").write_text(f"chrome.storage.local.set({json.dumps(stored)});\n")


@asynccontextmanager
async def _proxy(ports: Mapping[str, int]) -> AsyncIterator[int]:
    """A proxy for which the names in `ports` are on this machine, and others nowhere; its port."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            port = ports.get(head.split(" ")[1].partition(":")[0]) if head.startswith("CONNECT ") else None
            if port is None:
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
                await writer.drain()
                return
            upstream, downstream = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            try:
                await asyncio.gather(_pass(reader, downstream), _pass(upstream, writer))
            finally:
                downstream.transport.abort()
        except (OSError, asyncio.IncompleteReadError):
            pass  # either side hung up
        finally:
            writer.transport.abort()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65_536):
        writer.write(chunk)
        await writer.drain()
    raise ConnectionAbortedError


def _listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))
