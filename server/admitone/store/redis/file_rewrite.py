"""Has Redis rewrite its append-only file, which keeps what was deleted until it is rewritten."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import ResponseError

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

log = structlog.get_logger()


class Rewrite(Enum):
    """The state of a rewrite."""

    RUNNING = auto()
    FINISHED = auto()
    FAILED = auto()


class RewriteRefusedError(Exception):
    """This Redis does not let us rewrite its file, as those of many providers do not."""


async def begin_rewrite(store: Store) -> str | None:
    """Ask for a rewrite; returns the run of the server that was asked, or None if it has no such file.

    The text is empty if a rewrite that began earlier is under way: it does not count, so ask again.

    Raises RewriteRefusedError.
    """
    facts = await _facts(store)
    if facts.get("aof_enabled") != "1":
        return None
    if _is_running(facts):  # it may hold what was deleted since it began
        return ""
    try:
        await store.send(Command(("BGREWRITEAOF",), may_be_lost=True))
    except ResponseError as error:
        log.warning("append-only-file-not-rewritten", reason=str(error))
        raise RewriteRefusedError from error
    return facts["run_id"]


async def state_of_rewrite(store: Store, run: str) -> Rewrite:
    """The state of the rewrite for which `begin_rewrite` asked; if the server has restarted, it failed."""
    facts = await _facts(store)
    if facts["run_id"] != run:
        return Rewrite.FAILED
    if _is_running(facts):
        return Rewrite.RUNNING
    return Rewrite.FINISHED if facts.get("aof_last_bgrewrite_status") == "ok" else Rewrite.FAILED


def _is_running(facts: dict[str, str]) -> bool:
    return "1" in {facts.get("aof_rewrite_in_progress"), facts.get("aof_rewrite_scheduled")}


async def _facts(store: Store) -> dict[str, str]:
    answers = await store.send(Command(("INFO", "persistence")), Command(("INFO", "server")))
    lines = b"\n".join(answers).decode().splitlines()
    return {name: value for name, _, value in (line.partition(":") for line in lines) if value}
