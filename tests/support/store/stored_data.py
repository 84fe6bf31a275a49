"""The stored data in tests/store/data: for each schema, a workspace that was written then, and its structs.

`.venv/bin/python -m tests.support.store.stored_data` writes both for the present schema. Run it once for each
new schema; data of a schema that is in use anywhere must never be written again.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import msgspec

from admitone.domain.bookings.booking import BookingData
from admitone.domain.event import Event
from admitone.domain.jobs.job import Job
from admitone.domain.people.audit import AuditEntry
from admitone.domain.people.grant import Grant
from admitone.mail.message import Message
from admitone.store.keys import META
from admitone.store.outbox.parked import Parked
from admitone.store.records.busy_cache import KnownBusy
from admitone.store.records.configuration.configuration_cache import KINDS
from admitone.store.records.credentials.google_connections import Connection
from admitone.store.records.credentials.sessions import Session
from admitone.store.records.directory import Claim
from admitone.store.records.mail.mails import TemplateFault
from admitone.store.records.webhook_deliveries import Delivery
from admitone.store.records.workflows.hooks import HookMiss, HookSample
from admitone.store.records.workflows.runs import Cause
from admitone.store.redis.connect import open_redis
from admitone.store.schema import SCHEMA
from tests.support.api.deployment import Clock, deployed
from tests.support.redis_server import LINES, running_redis
from tests.support.store.full_workspace import fill_workspace
from tests.support.store.kept_data import KeptKeys, read_keys

FOLDER = Path(__file__).parent.parent.parent / "store" / "data"
STRUCTS = (
    *KINDS.values(),
    *(AuditEntry, BookingData, Claim, Connection, Delivery, Event, Grant, Job, KnownBusy, Message, Parked),
    *(Cause, HookMiss, HookSample, Session, TemplateFault),
)
"""Everything that is stored as JSON. Links and the hashes of bookings have no struct: see the workspace."""
EXPLAINS = {"description", "examples"}
FOR_THE_LOG = "request"
"""A field of jobs and outbox entries that is no part of the format: only the log shows it (decision 139)."""


class StoredWorkspace(msgspec.Struct, frozen=True):
    """A workspace as it was stored: who wrote it, the ids and tokens in it by name, and its keys."""

    about: str
    names: dict[str, str]
    keys: KeptKeys

    @property
    def schema(self) -> int:
        """The schema that the data say they have."""
        return int(self.keys[META]["value"]["schema"])


def workspace_files() -> list[Path]:
    """The workspaces of all schemas; several of schema 1, which named several formats."""
    return sorted(FOLDER.glob("workspace_of_schema_*.json"))


def read_workspace(file: Path) -> StoredWorkspace:
    """One stored workspace."""
    return msgspec.json.decode(file.read_bytes(), type=StoredWorkspace)


def workspace_of(schema: int) -> Path:
    """The file of the workspace of a schema after 1."""
    return FOLDER / f"workspace_of_schema_{schema}.json"


def structs_of(schema: int) -> Path:
    """The file of the structs of a schema after 1."""
    return FOLDER / f"structs_of_schema_{schema}.json"


def present_structs() -> Any:
    """The JSON schemas of all stored structs: names, types, limits and defaults."""
    _, components = msgspec.json.schema_components(STRUCTS, ref_template="{name}")
    del components["Job"]["properties"][FOR_THE_LOG]
    return json.loads(json.dumps(_without_explanations(components)))


def _without_explanations(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _without_explanations(value) for name, value in node.items() if name not in EXPLAINS}
    return [_without_explanations(item) for item in node] if isinstance(node, list) else node


async def _write() -> None:
    with running_redis(list(LINES)[-1]) as server:
        async with open_redis(server.url) as redis, deployed(server.url, Clock()) as running:
            names = await fill_workspace(running)
            workspace = StoredWorkspace(
                f"Written by the version of schema {SCHEMA}.", names, await read_keys(redis)
            )
    for file, content in ((workspace_of(SCHEMA), workspace), (structs_of(SCHEMA), present_structs())):
        file.write_text(json.dumps(msgspec.to_builtins(content), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    asyncio.run(_write())
