"""`admitone serve`."""

from __future__ import annotations

import sys

import click
import uvloop

from admitone import app, logs
from admitone.commands.failures import told_plainly
from admitone.commands.serve.parent import serve_by_children
from admitone.config import Config


@click.command("serve")
@told_plainly
def serve_command() -> None:
    """Serve pages and API until Ctrl-C; with its own Valkey unless ADMITONE_REDIS_URL is set."""
    config = Config.from_environment()
    config.demand_all()
    logs.configure(config.log_format)
    if config.processes == 1:
        uvloop.run(app.serve(config, _announce))
    else:
        sys.exit(uvloop.run(serve_by_children(config, _announce)))


def _announce(address: str) -> None:
    click.echo(f"Admit One listens on {address}")
