"""Seeds bookings until there are as many as were asked for, and goes on where it was stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click
import msgspec

from admitone.commands.demo_history.site import ensure_site
from admitone.commands.demo_history.steps import steps_of
from admitone.commands.demo_history.story import story, year_around
from admitone.commands.demo_history.write import Writer
from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.commands.demo_history.steps import Step
    from admitone.commands.demo_history.story import Story
    from admitone.commands.demo_seed import Demo
    from admitone.store.store import Store
    from admitone.usecases.shared.services import Services

WINDOW = 500
"""Steps that are written together."""
ATTEMPTS = 5
PAUSE = 1.0
"""Seconds."""


class Seeding(msgspec.Struct, frozen=True, kw_only=True):
    """What of the stories is in the workspace: those before `first`, and `steps` of those before `last`."""

    now: int
    """The time around which the stories happen: that of the first seeding."""
    first: int = 0
    last: int = 0
    steps: int = 0


async def seed_history(services: Services, demo: Demo, bookings: int) -> None:
    """Seed until the workspace has `bookings` seeded ones; those that it has stay as they are."""
    store, workspace = services.store, demo.workspace
    seeding = await _read(store, workspace) or Seeding(now=services.now())
    if bookings <= seeding.first:
        return
    site, year = await ensure_site(services, demo), year_around(seeding.now)
    writer = Writer(store, site, year)
    while seeding.first < bookings:
        if seeding.last <= seeding.first:
            seeding = Seeding(now=seeding.now, first=seeding.first, last=bookings)
        told = {number: story(year, number) for number in range(seeding.first, seeding.last)}
        steps = steps_of(year, told.values())
        with click.progressbar(length=len(steps), label=f"Seeding {len(told):,} bookings") as progress:
            progress.update(seeding.steps)
            for start in range(seeding.steps, len(steps), WINDOW):
                window = steps[start : start + WINDOW]
                await _write_steps(writer, window, told)
                seeding = msgspec.structs.replace(seeding, steps=start + len(window))
                await _write(store, workspace, seeding)
                progress.update(len(window))
        seeding = Seeding(now=seeding.now, first=seeding.last)
        await _write(store, workspace, seeding)


async def _write_steps(writer: Writer, steps: Sequence[Step], told: Mapping[int, Story]) -> None:
    """Write the steps; again if Redis was too slow, which changes nothing of what it has done."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await writer.write(steps, told)
        except (Busy, OutcomeUnknown):
            await asyncio.sleep(PAUSE)
    return await writer.write(steps, told)


async def _read(store: Store, workspace: str) -> Seeding | None:
    [pairs] = await store.send(Command(("HGETALL", store.keys(workspace).demo)))
    fields = {name: int(text) for name, text in text_map(pairs).items()}
    return Seeding(**fields) if fields else None


async def _write(store: Store, workspace: str, seeding: Seeding) -> None:
    fields = msgspec.structs.asdict(seeding)
    parts = [part for pair in fields.items() for part in pair]
    await store.send(Command(("HSET", store.keys(workspace).demo, *parts)))
