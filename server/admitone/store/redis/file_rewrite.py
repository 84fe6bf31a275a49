"""Has Redis rewrite its append-only file, which keeps what was deleted until it is rewritten."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import ResponseError

from admitone.domain.errors import Busy
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.redis.lines import Lines
    from admitone.store.store import Store

log = structlog.get_logger()


class Rewrite(Enum):
    """The state of a rewrite."""

    RUNNING = auto()
    FINISHED = auto()
    FAILED = auto()


class RewriteRefusedError(Exception):
    """This Redis does not let us rewrite its file, as those of many providers do not."""


async def begin_rewrite(store: Store, workspace: str) -> str | None:
    """Ask for a rewrite where a workspace lies; returns that server's run, or None if it has no such file.

    The text is empty if a rewrite that began earlier is under way: it does not count, so ask again.

    Raises RewriteRefusedError, Busy.
    """
    facts = await _facts(store, workspace)
    if facts.get("aof_enabled") != "1":
        return None
    if _is_running(facts):  # it may hold what was deleted since it began
        return ""
    try:
        await _primary(store, workspace).send(Command(("BGREWRITEAOF",), may_be_lost=True))
    except ResponseError as error:
        log.warning("append-only-file-not-rewritten", reason=str(error))
        raise RewriteRefusedError from error
    return facts["run_id"]


async def state_of_rewrite(store: Store, workspace: str, run: str) -> Rewrite:
    """The state of the rewrite for which `begin_rewrite` asked.

    It failed if the server has restarted, or if the workspace lies on another one now.
    """
    facts = await _facts(store, workspace)
    if facts["run_id"] != run:
        return Rewrite.FAILED
    if _is_running(facts):
        return Rewrite.RUNNING
    return Rewrite.FINISHED if facts.get("aof_last_bgrewrite_status") == "ok" else Rewrite.FAILED


def _is_running(facts: dict[str, str]) -> bool:
    return "1" in {facts.get("aof_rewrite_in_progress"), facts.get("aof_rewrite_scheduled")}


def _primary(store: Store, workspace: str) -> Lines:
    found = store.lines.primary(store.keys(workspace).config)
    if found is None:
        raise Busy
    return found


async def _facts(store: Store, workspace: str) -> dict[str, str]:
    commands = (Command(("INFO", "persistence")), Command(("INFO", "server")))
    answers = await _primary(store, workspace).send(*commands)
    lines = b"\n".join(answers).decode().splitlines()
    return {name: value for name, _, value in (line.partition(":") for line in lines) if value}
