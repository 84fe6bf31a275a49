"""`admitone restore`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from admitone import app
from admitone.commands.backup import FILE
from admitone.commands.backup_keys import backup_keys, ended_in_order, progress, secret_keys_in_use
from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.domain.errors import Refusal
from admitone.sealing import Sealer
from admitone.store.backup.restore import Restore
from admitone.store.outbox.pause import HOW_TO_END, end_pause, read_pause
from admitone.store.redis.durability import check_durable
from admitone.store.redis.redis_binary import server_programs
from admitone.worker.drop_mails import Dropped, drop_mails

if TYPE_CHECKING:
    from pathlib import Path

    from admitone.store.backup.restore import Restored


@click.command("restore")
@click.argument("file", type=FILE, required=False)
@click.option("--key-file", type=FILE, help="Decrypt with the key in this file.")
@click.option("--resume", is_flag=True, help="End the pause: workers do all jobs that waited then.")
@click.option("--drop-mails", is_flag=True, help="End the pause without the mails that waited then.")
@told_plainly
def restore_command(file: Path | None, key_file: Path | None, *, resume: bool, drop_mails: bool) -> None:
    """Restore FILE into an empty Redis, or end the pause after that.

    Stop servers and workers before. Afterwards servers may run, but workers pause: jobs that waited when the
    backup was made may have been done since then. --resume does them all; a mail may go out a second time.
    --drop-mails drops the mails among them, and parks what workflows and imports were doing, for
    administrators to retry or discard.
    """
    if [file is not None, resume, drop_mails].count(True) != 1:
        raise click.UsageError("Name a FILE, or --resume, or --drop-mails.")
    config = Config.from_environment()
    if file is None:
        _end(config, without_mails=drop_mails)
        return
    with ended_in_order():
        restored = asyncio.run(_restore(config, file, key_file))
    made = datetime.fromtimestamp(restored.manifest.made_at, UTC)
    click.echo(
        f"{restored.keys:,} keys are restored, as of {made:%Y-%m-%d %H:%M:%S} UTC. Workers pause. Start the "
        f"servers, look around, and {HOW_TO_END}."
    )


async def _restore(config: Config, file: Path, key_file: Path | None) -> Restored:
    sealer, keys = Sealer(secret_keys_in_use(config)), backup_keys(config, key_file)
    async with app.unchecked_redis(config) as client:
        await check_durable(client, accept=config.redis_accept_data_loss, replicas=config.redis_replicas)
        programs = server_programs(config.redis_server)
        return await Restore(client, config.partitions, sealer, programs, progress()).run(file, keys)


def _end(config: Config, *, without_mails: bool) -> None:
    try:
        dropped = asyncio.run(_end_pause(config, without_mails=without_mails))
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.detail} Workers still pause: run it again.") from None
    if dropped is None:
        click.echo("Workers do not pause: there is nothing to end.")
        return
    if without_mails:
        click.echo(f"{dropped.mails:,} mails dropped, {dropped.parked:,} jobs parked for administrators.")
    click.echo("Workers go on within a few seconds.")


async def _end_pause(config: Config, *, without_mails: bool) -> Dropped | None:
    async with app.opened_store(config) as store:
        pause = await read_pause(store)
        if pause is None:
            return None
        dropped = Dropped()
        if without_mails:
            dropped = await drop_mails(app.services(config, store), pause)
        await end_pause(store)
        return dropped
