"""The recipients that count in budgets: people who are no active users of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.recipient import recipient_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.store.records.configuration.snapshot import Snapshot


async def strangers(snapshot: Snapshot, emails: Iterable[str]) -> list[str]:
    """Those of the addresses that no active user has, one for each recipient."""
    users = await snapshot.load(*(("user", user) for user in await snapshot.ids("user")))
    known = {recipient_key(user.email) for user in users if user is not None and user.active}
    found = {recipient_key(email): email for email in emails}
    return [email for key, email in found.items() if key not in known]
