"""The budgets of mails and invitations to people who are no users (docs/rules/sending.md)."""

from __future__ import annotations

import msgspec

HOUR, DAY = 3600, 86_400


class Rate(msgspec.Struct, frozen=True):
    """At most `most` within `period` seconds."""

    most: int
    period: int


TO_ONE_ADDRESS = (Rate(10, HOUR), Rate(30, DAY))
"""What one workspace sends to one address: mails and invitations together."""
PATIENCE = DAY
"""Seconds after which a held mail lapses."""


def by_one_workspace(per_day: int) -> tuple[Rate, ...]:
    """What one workspace sends to all addresses, by its setting `mails_per_day`."""
    return (Rate(per_day, DAY),)
