"""`admitone redis-binary`, for the Makefile."""

from __future__ import annotations

import click

from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.store.redis.redis_binary import redis_binary


@click.command("redis-binary", hidden=True)
@told_plainly
def redis_binary_command() -> None:
    """Print the path of the program that the embedded server would run."""
    click.echo(redis_binary(Config.from_environment().redis_server))
