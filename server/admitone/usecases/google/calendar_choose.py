"""Choose the calendars that block time, and the one that bookings are written to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import FieldError, Invalid, NotFound
from admitone.store.records.credentials.google_connections import change_connection, read_connection
from admitone.texts.message import message
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.calendar_events.calendar_watch import watch_soon
from admitone.usecases.google.calendar_list import list_calendars
from admitone.usecases.shared.google_connection import own_change

if TYPE_CHECKING:
    from admitone.store.records.credentials.google_connections import Connection
    from admitone.usecases.shared.services import Services

MOST = 50
"""The most calendars in one query for busy time (freebusy.query, calendarExpansionMax)."""


class CalendarChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ids of calendars as `list_calendars` gives them."""

    blocking: Sequence[str]
    writing: str


async def choose_calendars(
    services: Services, workspace: str, user: str, choice: CalendarChoice, *, address: str = ""
) -> None:
    """Store the choice. Events that were written stay where they are, unless their calendar was deleted.

    `address` is where the user calls from. Jobs that waited for another calendar are retried.

    Raises NotFound (not connected), Invalid, and what `list_calendars` raises.
    """
    connection = await read_connection(services.store, workspace, user)
    if connection is None:
        raise NotFound
    calendars = {one.id: one for one in await list_calendars(services, workspace, connection)}
    problems: list[FieldError] = []
    if not calendars.keys() >= set(choice.blocking):
        problems.append(FieldError("blocking", message("One of these calendars does not exist any more.")))
    if len(choice.blocking) > MOST:
        problems.append(FieldError("blocking", message("Choose at most %(most)s calendars.", most=MOST)))
    if choice.writing not in calendars:
        problems.append(FieldError("writing", message("Choose one of your calendars.")))
    elif not calendars[choice.writing].may_write:
        problems.append(FieldError("writing", message("You may not write to this calendar.")))
    if problems:
        raise Invalid(*problems)

    def chosen(there: Connection) -> Connection:
        return msgspec.structs.replace(
            there,
            blocking=list(dict.fromkeys(choice.blocking)),
            writing=choice.writing,
            unwritable=None,
            sync_token=there.sync_token if there.writing == choice.writing else None,
        )

    await change_connection(services.store, workspace, user, chosen, own_change(services, user, address))
    if connection.unwritable is not None or choice.writing != connection.writing:
        await catch_up_soon(services, workspace, user)
    await watch_soon(services, workspace, user)
