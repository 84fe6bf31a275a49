"""`admitone upgrade`."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from admitone import app
from admitone.commands.backup import FILE
from admitone.commands.backup_keys import backup_keys, progress, secret_keys_in_use
from admitone.commands.doctor.finding import Level, doubtful, tell, well, wrong
from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.domain.errors import Refusal
from admitone.sealing import Sealer
from admitone.store.backup.backup import verify_backup
from admitone.store.backup.errors import BackupError
from admitone.store.migrations.outlook import look_ahead
from admitone.store.redis.embedded import running_embedded_redis
from admitone.store.redis.redis_binary import server_programs
from admitone.store.redis.unusable import RedisUnusableError
from admitone.store.schema import SCHEMA, SchemaError
from admitone.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from admitone.commands.doctor.finding import Finding
    from admitone.store.migrations.outlook import Outlook

DATA, BACKUP = "Data", "Backup"
OLD_AFTER = 86_400
"""Seconds after which a backup is called old."""
OLD_FILE = doubtful(
    DATA,
    "They are in the file of a Redis before 7.0. The embedded server converts it when it starts, so this "
    "look would change it.",
    "Keep a copy of the data directory, start the server, and read its log.",
)


@click.command("upgrade")
@click.option("--check", is_flag=True, help="Look only; nothing is changed.")
@click.option("--backup", type=FILE, help="The backup that was made before the upgrade; it is verified.")
@click.option("--key-file", type=FILE, help="The key of that backup, if it has one of its own.")
@told_plainly
def upgrade_command(*, check: bool, backup: Path | None, key_file: Path | None) -> None:
    """Say whether this version can open the data, and what its first start will do to them.

    Exit status 1 if it cannot, or if the backup is of no use.
    """
    if not check:
        raise click.UsageError("The server upgrades the data when it starts. --check tells what it will do.")
    config = Config.from_environment()
    findings = [*asyncio.run(_look_at_data(config)), _look_at_backup(config, backup, key_file)]
    for finding in findings:
        tell(finding)
    sys.exit(any(finding.level is Level.WRONG for finding in findings))


async def _look_at_data(config: Config) -> list[Finding]:
    try:
        if (
            config.redis_url is None
            and await running_embedded_redis(config.data_dir, config.runtime_dir) is None
        ):
            if (config.data_dir / "appendonly.aof").exists():
                return [OLD_FILE]
            if not (config.data_dir / "appendonlydir").exists():
                return _told(None)
        sealer = Sealer(secret_keys_in_use(config))
        async with app.unchecked_redis(config) as client:
            store = Store(client, sealer, config.partitions)
            async with store.lines.serving():
                return _told(await look_ahead(store))
    except (BackupError, RedisUnusableError, SchemaError) as error:
        return [wrong(DATA, str(error), "Correct that first, or stay with the version that runs now.")]
    except Refusal as refusal:
        return [wrong(DATA, refusal.detail, "Run this again.")]


def _told(outlook: Outlook | None) -> list[Finding]:
    if outlook is None:
        return [well(DATA, f"There are none yet. The first start stamps them with schema {SCHEMA}.")]
    if outlook.is_current:
        return [
            well(
                DATA,
                f"They have schema {SCHEMA}, which this version uses. Nothing is migrated: replace one "
                "process after the other.",
            )
        ]
    changed = f"rewrites these records: {', '.join(outlook.kinds)}" if outlook.kinds else "rewrites no record"
    begun = "goes on with the migration that was begun" if outlook.is_begun else "migrates"
    found = [
        well(
            DATA,
            f"They have schema {outlook.schema}. The first start {begun} to schema {SCHEMA} and {changed}. "
            "This version can read every record. Earlier versions refuse the data afterwards.",
        )
    ]
    if outlook.older:
        found.append(
            doubtful(
                DATA,
                f"The earlier version still uses them: {', '.join(outlook.older)}.",
                "Stop these before you start the new version, which waits for them.",
            )
        )
    return found


def _look_at_backup(config: Config, file: Path | None, key_file: Path | None) -> Finding:
    if file is None:
        return doubtful(
            BACKUP,
            "None was named, and there is no way back but a backup.",
            "Run `admitone backup FILE`, and this again with `--backup FILE`.",
        )
    try:
        keys = backup_keys(config, key_file)
        made = verify_backup(file, keys, server_programs(config.redis_server), progress())
    except BackupError as error:
        return wrong(BACKUP, str(error), "Make another one by `admitone backup FILE`.")
    said = (
        f"{file} is whole: data of schema {made.schema} as of "
        f"{datetime.fromtimestamp(made.made_at, UTC):%Y-%m-%d %H:%M} UTC."
    )
    if time.time() - made.made_at > OLD_AFTER:
        return doubtful(BACKUP, said, "It is more than a day old: make another one.")
    return well(BACKUP, said)
