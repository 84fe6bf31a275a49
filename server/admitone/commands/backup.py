"""`admitone backup`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from admitone import app
from admitone.commands.backup_keys import backup_keys, ended_in_order, progress
from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.store.backup.backup import make_backup, size_text
from admitone.store.redis.primaries import primaries_at
from admitone.store.redis.redis_binary import server_programs

if TYPE_CHECKING:
    from admitone.store.backup.archive import Manifest

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
@click.option("--key-file", type=FILE, help="Encrypt with the key in this file, not with the secret key.")
@told_plainly
def backup_command(file: Path, key_file: Path | None) -> None:
    """Save all data to FILE, compressed and encrypted, while servers and workers run.

    FILE has everything that was acknowledged before. It is verified before it takes its name. It cannot be
    read without the secret key, which is not in it.
    """
    with ended_in_order():
        made = asyncio.run(_back_up(Config.from_environment(), file, key_file))
    click.echo(
        f"{file} is complete and verified: {size_text(file.stat().st_size)}, data of schema {made.schema} "
        f"from {made.server}."
    )


async def _back_up(config: Config, file: Path, key_file: Path | None) -> Manifest:
    keys = backup_keys(config, key_file)
    async with app.redis_address(config) as url, primaries_at(url) as clients:
        return await make_backup(clients, file, keys, server_programs(config.redis_server), progress())
