"""`admitone addon …`."""

from __future__ import annotations

import json

import click

from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.web.addon.deployment import DeploymentError, deployment


@click.group("addon")
def addon_group() -> None:
    """The Google Workspace add-on."""


@addon_group.command("deployment")
@click.option("--name", default="Admit One", show_default=True, help="What the add-on is called in Gmail.")
@told_plainly
def deployment_command(name: str) -> None:
    """Print the deployment file of the add-on, for `gcloud workspace-add-ons deployments create`."""
    config = Config.from_environment()
    try:
        found = deployment(config.public_url, name)
    except DeploymentError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
