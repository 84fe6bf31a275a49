"""`admitone secrets …`."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import click

from admitone import app
from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.domain.errors import Refusal
from admitone.store.redis.scan import count_keys
from admitone.store.reseal import Census, count_sealed, reseal_all
from admitone.store.sealed_places import PLACES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.sealing import Kept
    from admitone.store.store import Store

SECONDS = 2
"""Seconds between two lines that report progress."""


@click.group("secrets")
def secrets_group() -> None:
    """The keys that seal what Redis holds."""


@secrets_group.command("reseal")
@click.option("--check", is_flag=True, help="Change nothing; only count what each key has sealed.")
@told_plainly
def reseal_command(*, check: bool) -> None:
    """Seal everything again with the first secret key, so that the others can be retired.

    Servers and workers may run meanwhile. It can be stopped, and run again, at any time. The exit status is 1
    while anything needs another key than the first.
    """
    try:
        asyncio.run(_reseal(only_count=check))
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.detail} What was done so far stays: run it again.") from None


async def _reseal(*, only_count: bool) -> None:
    async with app.opened_store(Config.from_environment()) as store:
        resealed = Census() if only_count else await _last(store, reseal_all(store), "resealing")
        found = await _last(store, count_sealed(store), "counting")
    for kind, place in PLACES.items():
        click.echo(f"{place.words}: {_amount(kind, found, None if only_count else resealed)}")
    _conclude(found, store.sealer.first)


async def _last(store: Store, censuses: AsyncIterator[Census], doing: str) -> Census:
    """The last of the censuses; reports progress every few seconds."""
    told, census, keys = time.monotonic(), Census(), await count_keys(store)
    async for census in censuses:
        if time.monotonic() - told >= SECONDS:
            told = time.monotonic()
            click.echo(f"{doing}: {census.keys:,} of about {keys:,} keys", err=True)
    return census


def _amount(kind: Kept, found: Census, resealed: Census | None) -> str:
    counts = Counter({key: count for (of, key), count in (found.opened + found.lost).items() if of is kind})
    parts = [] if resealed is None else [f"{resealed.resealed[kind]:,} resealed"]
    parts += [f"{count:,} by key {key}" for key, count in counts.most_common()]
    return ", ".join(parts) or "none"


def _conclude(found: Census, first: str) -> None:
    """Print whether the first key is enough; exits with status 1 if it is not."""
    old = Counter({at: count for at, count in found.opened.items() if at[1] != first})
    for (kind, key), count in old.items():
        click.echo(f"{count:,} of the {PLACES[kind].words} still need key {key}.", err=True)
    for (kind, key), count in found.lost.items():
        click.echo(
            f"{count:,} of the {PLACES[kind].words} open with none of the keys; a key {key} sealed them.",
            err=True,
        )
    if old:
        click.echo(
            f"Once every server and worker seals with key {first}, run `admitone secrets reseal` again.",
            err=True,
        )
    if old or found.lost:
        sys.exit(1)
    click.echo(f"Everything opens with key {first} alone.")
