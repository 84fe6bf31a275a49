"""A Firefox with the extension, driven by a script in Node: Playwright cannot load add-ons into Firefox."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.extension.browser import ROOT
from tests.support.extension.connections import CHUNK, serving
from tools.pack_extension import FOLDERS, for_firefox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.support.extension.people import Person

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
NODE = shutil.which("node")
SCRIPT = Path(__file__).parent / "firefox_insert.mjs"
SECONDS = 120


async def run_firefox(**options: Any) -> Any:
    """Run the script with these options; what it saw in the page."""
    assert NODE
    argument = json.dumps({"firefox": FIREFOX, **options})
    process = await asyncio.create_subprocess_exec(
        NODE,
        str(SCRIPT),
        argument,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(SECONDS):
            output, errors = await process.communicate()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)  # Firefox too
        output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return json.loads(output)


async def unpack_signed_in(folder: Path, person: Person) -> None:
    """Write the extension for Firefox, whose background script begins with storing a sign-in."""
    manifest = for_firefox(json.loads((ROOT / "manifest.json").read_text()))
    manifest["background"]["scripts"].insert(0, "signed_in.js")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    origin = person.site.origin
    server = {name: f"{origin}/oauth/{name}" for name in ("authorize", "token", "revoke")}
    stored = {**await person.sign_in_as_stored(), "server": {"address": origin, **server}}
    (folder / "signed_in.js").write_text(f"chrome.storage.local.set({json.dumps(stored)});\n")


@asynccontextmanager
async def connect_proxy(ports: Mapping[str, int]) -> AsyncIterator[int]:
    """An HTTP proxy that connects the names in `ports` to this machine, and no other name; its port."""

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
            pass  # either side closed the connection
        finally:
            writer.transport.abort()

    async with serving(serve, host="127.0.0.1", port=0) as server:
        yield server.sockets[0].getsockname()[1]


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
    raise ConnectionAbortedError
