"""`admitone doctor`."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from admitone.commands.doctor.finding import Level, doubtful, tell
from admitone.commands.doctor.google import look_at_clock, look_at_google
from admitone.commands.doctor.machine import look_at_open_files
from admitone.commands.doctor.mail import look_at_mail
from admitone.commands.doctor.outside import look_from_outside
from admitone.commands.doctor.redis import look_at_redis
from admitone.commands.doctor.settings import look_at_settings
from admitone.config import Config
from admitone.setting import ConfigError
from admitone.setting_values import public_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from admitone.commands.doctor.finding import Finding

    Look = Callable[[Config], Awaitable[list[Finding]]]


def _address(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    try:
        return None if text is None else public_url(text)
    except ValueError as error:
        raise click.BadParameter(f"must be {error}") from None


@click.command("doctor")
@click.argument("url", required=False, callback=_address)
def doctor_command(url: str | None) -> None:
    """Look at this deployment from inside, and from outside at URL; say what is wrong and what to do.

    URL is the address that browsers use, by default ADMITONE_PUBLIC_URL. Run this with the settings of the
    server and as its user. Nothing is changed. Exit status 1 if something is wrong.
    """
    sys.exit(asyncio.run(_examine(Config.from_environment(), url)))


async def _examine(config: Config, url: str | None) -> int:
    """Print each finding as soon as it is known; the exit status."""
    counts: Counter[Level] = Counter()
    async for finding in examine(config, url):
        counts[finding.level] += 1
        tell(finding)
    click.echo(f"{counts[Level.OK]} OK, {counts[Level.WARNING]} warnings, {counts[Level.WRONG]} wrong.")
    return 1 if counts[Level.WRONG] else 0


async def examine(config: Config, url: str | None) -> AsyncIterator[Finding]:
    """What is found, in order; `url` without a trailing slash, None for ADMITONE_PUBLIC_URL."""

    async def outside(config: Config) -> list[Finding]:
        return await look_from_outside(config, url or config.public_url)

    for finding in [*look_at_settings(config), *look_at_open_files()]:
        yield finding
    looks: dict[str, Look] = {
        "Redis": look_at_redis,
        "Google": look_at_google,
        "Clock": look_at_clock,
        "Mail server": look_at_mail,
        "Public address": outside,
    }
    for about, look in looks.items():
        try:
            found = await look(config)
        except ConfigError:
            found = [doubtful(about, "Not looked at: a setting is wrong.", "Correct the settings.")]
        for finding in found:
            yield finding
