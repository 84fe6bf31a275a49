"""The doctor looks at the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.commands.doctor.finding import doubtful, well, wrong
from admitone.config import Environment

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding
    from admitone.config import Config

ABOUT = "Settings"


def look_at_settings(config: Config) -> list[Finding]:
    """Every setting that is wrong or misspelt, and whether the deployment is set up for production."""
    found = [wrong(ABOUT, problem, "docs/settings.md has all settings.") for problem in config.problems()]
    found += [
        doubtful(ABOUT, f"{name} is set, and is no setting of Admit One.", "Correct the name, or remove it.")
        for name in config.unknown()
    ]
    if found:
        return found
    if config.env is not Environment.PRODUCTION and config.public_url.startswith("https:"):
        return [
            doubtful(
                ABOUT,
                f"ADMITONE_ENV is {config.env}, which allows what is meant for trying things out.",
                "Set ADMITONE_ENV=production.",
            )
        ]
    return [well(ABOUT, f"The settings are in order, for {config.env}.")]
