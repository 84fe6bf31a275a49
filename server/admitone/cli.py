"""The command line: `admitone COMMAND`."""

from __future__ import annotations

import click

from admitone import logs
from admitone.commands.api_key import api_key_group
from admitone.commands.check_config import check_config_command
from admitone.commands.demo import demo_command
from admitone.commands.doctor.command import doctor_command
from admitone.commands.fakegoogle import fakegoogle_command
from admitone.commands.redis_binary import redis_binary_command
from admitone.commands.secrets import secrets_group
from admitone.commands.serve import serve_command
from admitone.commands.slots import slots_command
from admitone.commands.worker import worker_command
from admitone.config import LogFormat


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="admitone", prog_name="admitone")
def main() -> None:
    """One-time booking links for Gmail, self-hosted."""
    logs.configure(LogFormat.CONSOLE)  # to standard error: standard output is what a script reads


for command in (
    serve_command,
    worker_command,
    demo_command,
    check_config_command,
    doctor_command,
    api_key_group,
    secrets_group,
    slots_command,
    fakegoogle_command,
    redis_binary_command,
):
    main.add_command(command)
