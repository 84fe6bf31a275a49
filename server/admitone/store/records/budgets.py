"""The budgets of one workspace: what it sends to one recipient, and to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.budgets import GUEST_BOOKINGS, Budget
from admitone.domain.mail.budget import TO_ONE_ADDRESS, by_one_workspace
from admitone.domain.people.recipient import recipient_key
from admitone.store.codes import Code

if TYPE_CHECKING:
    from admitone.store.store import Store

DIGITS = 32
"""Hexadecimal digits of a recipient's keyed hash: 128 bits."""


class Budgets(msgspec.Struct, frozen=True):
    """The budgets in which a mail or an invitation counts: their keys, and the rates of each."""

    keys: Sequence[str]
    rates: Sequence[Sequence[Budget]]

    @property
    def argument(self) -> list[list[dict[str, int]]]:
        """The rates as scripts take them."""
        return [[msgspec.to_builtins(rate) for rate in rates] for rates in self.rates]


def budgets_of(store: Store, workspace: str, emails: Sequence[str], per_day: int | None) -> Budgets:
    """The budgets of these addresses, and the workspace's own, of `per_day`, unless that is None."""
    keys = store.keys(workspace)
    names = [keys.mails_to(recipient_hash(store, workspace, email)) for email in emails]
    rates = [TO_ONE_ADDRESS for _ in emails]
    if per_day is None:
        return Budgets(names, rates)
    return Budgets([*names, keys.counted_mails], [*rates, by_one_workspace(per_day)])


def recipient_hash(store: Store, workspace: str, email: str) -> str:
    """The keyed hash of a recipient, whose addresses no dump of Redis shows."""
    return store.sealer.digest("recipient", f"{workspace}:{recipient_key(email)}")[:DIGITS]


async def count_invitation(store: Store, workspace: str, invitation: str, budgets: Budgets, now: int) -> bool:
    """Count an invitation once for its id; returns whether it is, or was, within the budgets."""
    arguments = {"id": invitation, "now": now, "rates": budgets.argument}
    answer = await store.call("invitation_count", {"budgets": budgets.keys}, arguments)
    return answer.code is not Code.TOO_MANY


async def count_guest_booking(
    store: Store, workspace: str, page: str, email: str, booking: str, now: int
) -> bool:
    """Count a booking that tells `email` as a guest, once; returns whether it is within the budget."""
    key = store.keys(workspace).guest_bookings(page, recipient_hash(store, workspace, email))
    return await count_invitation(store, workspace, booking, Budgets([key], [[GUEST_BOOKINGS]]), now)
