"""`admitone check-config`."""

from __future__ import annotations

import click

from admitone.commands.failures import told_plainly
from admitone.config import Config


@click.command("check-config")
@told_plainly
def check_config_command() -> None:
    """Check all settings, and print what is wrong."""
    config = Config.from_environment()
    for name in config.unknown():
        click.echo(f"{name} is set, and is no setting of Admit One.", err=True)
    config.demand_all()
    click.echo("The settings are in order.")
