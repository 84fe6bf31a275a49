"""The command line: `admitone COMMAND`."""

from __future__ import annotations

import gc
from importlib import import_module

import click

from admitone import logs
from admitone.config import LogFormat

COMMANDS = {
    "serve": "serve.command:serve_command",
    "serving-process": "serve.child:serving_process_command",
    "worker": "worker:worker_command",
    "demo": "demo:demo_command",
    "backup": "backup:backup_command",
    "restore": "restore:restore_command",
    "upgrade": "upgrade:upgrade_command",
    "check-config": "check_config:check_config_command",
    "doctor": "doctor.command:doctor_command",
    "addon": "addon:addon_group",
    "api-key": "api_key:api_key_group",
    "secrets": "secrets:secrets_group",
    "reports": "reports:reports_group",
    "slots": "slots:slots_command",
    "fakegoogle": "fakegoogle:fakegoogle_command",
    "redis-binary": "redis_binary:redis_binary_command",
}
"""The module below `admitone.commands`, and the name in it, of each command."""


class Commands(click.Group):
    """Each command is imported when it is run: the server takes a second of imports, which others spare."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as --help lists them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        gc.disable()  # what is imported stays: looking for garbage in it would take a fifth of the time
        try:
            command = getattr(import_module(f"admitone.commands.{module}"), name)
        finally:
            gc.enable()
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="admitone", prog_name="admitone")
def main() -> None:
    """One-time booking links for Gmail, self-hosted."""
    logs.configure(LogFormat.CONSOLE)  # to standard error: standard output is what a script reads
