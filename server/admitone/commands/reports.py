"""`admitone reports …`."""

from __future__ import annotations

import asyncio
import time

import click

from admitone import app
from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.domain.errors import Refusal
from admitone.usecases.reports.rebuild import Progress, rebuild_reports

SECONDS = 2
"""Seconds between two lines that report progress."""


@click.group("reports")
def reports_group() -> None:
    """The figures of reports."""


@reports_group.command("rebuild")
@told_plainly
def rebuild_command() -> None:
    """Count links and bookings anew, in the present reporting zone of each workspace.

    Servers and workers may run meanwhile. It can be stopped, and run again, at any time. Days of which links
    or bookings were erased stay as they are.
    """
    try:
        progress = asyncio.run(_rebuild())
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.detail} What was done so far stays: run it again.") from None
    click.echo(f"{progress.seen:,} links and bookings looked at, {progress.changed:,} counted anew.")


async def _rebuild() -> Progress:
    told, progress = time.monotonic(), Progress()
    async with app.opened_store(Config.from_environment()) as store:
        async for progress in rebuild_reports(store):
            if time.monotonic() - told >= SECONDS:
                told = time.monotonic()
                click.echo(f"{progress.seen:,} looked at, {progress.changed:,} counted anew", err=True)
    return progress
