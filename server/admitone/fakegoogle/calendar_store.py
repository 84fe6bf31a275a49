"""The calendars that an account starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.fakegoogle.records import Calendar

if TYPE_CHECKING:
    from admitone.fakegoogle.records import Account, Data


def add_calendars(data: Data, account: Account) -> None:
    """A primary calendar and a second one of the account's own, unless they are there."""
    name = account.email.replace("@", ".")
    for calendar in (
        Calendar(
            id=account.email,
            owner=account.email,
            summary=account.email,
            time_zone=account.time_zone,
            primary=True,
        ),
        Calendar(
            id=f"c_{name}@group.calendar.google.com",
            owner=account.email,
            summary="Private",
            time_zone=account.time_zone,
        ),
    ):
        data.calendars.setdefault(calendar.id, calendar)
