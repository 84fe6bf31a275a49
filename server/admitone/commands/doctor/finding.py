"""What the doctor says of one thing that was looked at."""

from __future__ import annotations

from enum import StrEnum

import click
import msgspec


class Level(StrEnum):
    """How it is; with one that is wrong, the command ends with exit status 1."""

    OK = "OK"
    WARNING = "warning"
    WRONG = "wrong"


COLUMN = max(map(len, Level)) + 2
COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.WRONG: "red"}


class Finding(msgspec.Struct, frozen=True):
    """One line: what was looked at, how it is, and what to do unless it is well."""

    level: Level
    about: str
    says: str
    advice: str = ""


def well(about: str, says: str) -> Finding:
    """There is nothing to do."""
    return Finding(Level.OK, about, says)


def doubtful(about: str, says: str, advice: str) -> Finding:
    """It works, but not as it should in production."""
    return Finding(Level.WARNING, about, says, advice)


def wrong(about: str, says: str, advice: str) -> Finding:
    """Something does not work, or is open to strangers."""
    return Finding(Level.WRONG, about, says, advice)


def tell(finding: Finding) -> None:
    """Print a finding."""
    level = click.style(f"{finding.level:<{COLUMN}}", fg=COLOURS[finding.level])
    click.echo(f"{level}{finding.about}: {finding.says}")
    if finding.advice:
        click.echo(f"{'':{COLUMN}}-> {finding.advice}")
