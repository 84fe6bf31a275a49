"""Budgets: how often an action that strangers can cause may happen (docs/rules/sending.md).

`ADMITONE_RATE_LIMITS=off` lifts limits of requests and connections, and no budget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = 60
HOUR = 3600
DAY = 86_400


class Budget(msgspec.Struct, frozen=True):
    """At most `most` actions within `period` seconds."""

    most: int
    period: int

    def wait(self, times: Sequence[int], now: int) -> int | None:
        """The seconds to wait for one more action, or None if it is possible at `now`.

        `times` (epoch seconds, oldest first) has at least the `most` latest actions.
        """
        recent = [at for at in times if at > now - self.period]
        return recent[-self.most] + self.period - now if len(recent) >= self.most else None

    def noted(self, times: Sequence[int], now: int) -> Sequence[int]:
        """The times to keep after one more action at `now`."""
        return (*times, now)[-self.most :]


MOVES = Budget(3, HOUR)
"""Moves of one booking by its customer, whatever the policy says."""
LINK_BOOKINGS = Budget(5, HOUR)
"""Bookings by one one-time link, which can become active again when its booking is cancelled."""
BOOKINGS_OF_LINK = 20
"""Bookings by one one-time link in its life."""
RECIPIENT_BOOKINGS = Budget(5, DAY)
"""Bookings of one page by its general link for one recipient (domain/people/recipient.py)."""
GUEST_BOOKINGS = Budget(5, DAY)
"""Bookings of one page by its general link that tell one recipient as a guest."""
INVITATIONS = Budget(100, DAY)
"""Invitations to one workspace."""
RECIPIENT_INVITATIONS = Budget(5, DAY)
"""Invitations to one workspace for one recipient."""
RECIPIENT_CODES = Budget(5, HOUR)
"""Requests of one workspace's customers for a code to one recipient."""
RESUBSCRIPTIONS = Budget(5, DAY)
"""Times that one recipient subscribes again to one workspace's mails; unsubscribing has no limit."""
HOOK_EVENTS = (Budget(300, MINUTE), Budget(10_000, DAY))
"""Events of one inbound hook, in each minute and each day of the clock."""
FEED_REQUESTS = Budget(120, HOUR)
"""Requests for one calendar feed in each hour of the clock: ten programs that ask every five minutes."""
NETWORK_CODES = Budget(20, HOUR)
"""Requests for codes from one network to one workspace: a limit of networks, which can be lifted."""
