"""`admitone worker`."""

from __future__ import annotations

import click
import uvloop

from admitone import app, logs
from admitone.commands.failures import told_plainly
from admitone.config import Config


@click.command("worker")
@told_plainly
def worker_command() -> None:
    """Do jobs (calendars, mails, webhooks) until Ctrl-C, besides the server's own worker."""
    config = Config.from_environment()
    config.demand_all()
    logs.configure(config.log_format)
    uvloop.run(app.work(config, lambda: click.echo("Admit One works")))
