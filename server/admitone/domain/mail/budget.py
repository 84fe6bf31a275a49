"""The budgets of mails and invitations to people who are no users (docs/rules/sending.md)."""

from __future__ import annotations

from admitone.domain.budgets import DAY, HOUR, Budget

TO_ONE_ADDRESS = (Budget(10, HOUR), Budget(30, DAY))
"""What one workspace sends to one address: mails and invitations together."""
PATIENCE = DAY
"""Seconds after which a held mail lapses."""


def by_one_workspace(per_day: int) -> tuple[Budget, ...]:
    """What one workspace sends to all addresses, by its setting `mails_per_day`."""
    return (Budget(per_day, DAY),)


def share_of_guests(per_day: int) -> int:
    """Up to how many mails of a day guests are told: a booking has ten of them, and customers come first."""
    return max(1, per_day // 2)
