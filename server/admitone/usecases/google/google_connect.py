"""Connect a user's Google account: store what the user allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import OtherGoogleAccount
from admitone.google.api import GoogleGrant
from admitone.google.scopes import KNOWN, writes_events
from admitone.store.records.credentials.google_connections import (
    Connection,
    read_connection,
    seal_refresh_token,
    write_connection,
)
from admitone.texts.message import message
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.calendar_events.calendar_watch import watch_soon
from admitone.usecases.google.calendar_zone import calendar_zone
from admitone.usecases.shared.google_connection import own_change

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.google.sign_in import Granted
    from admitone.usecases.shared.services import Services


async def connect_google(
    services: Services, workspace: str, user: User, granted: Granted, *, address: str = ""
) -> Connection | None:
    """The user's connection, with their earlier choice of calendars; None if they allowed nothing.

    The Google account must be the one that the user signs in with: a colleague who connects another account
    on a shared machine would get this user's bookings. Future
    bookings are written into the calendar soon. `address` is where the user calls from.

    Raises OtherGoogleAccount, Busy.
    """
    identity = granted.identity
    if (identity.issuer, identity.subject) != (user.issuer, user.subject):
        raise OtherGoogleAccount(
            message(
                "You chose %(chosen)s. Connect the account that you sign in with: %(email)s.",
                chosen=identity.email,
                email=user.email,
            )
        )
    scopes = sorted(granted.scopes & KNOWN)
    if not scopes:
        return None
    now = services.now()
    timezone = await calendar_zone(services, GoogleGrant(granted.refresh_token, frozenset(scopes)))
    values = {
        "email": identity.email,
        "scopes": scopes,
        "refresh_token": seal_refresh_token(services.store, workspace, user.id, granted.refresh_token),
        "connected_at": now,
        "needs_reconnect": False,
        "unwritable": None,
        "timezone": timezone,
    }
    before = await read_connection(services.store, workspace, user.id)
    if before is None:
        connection = msgspec.convert({"user": user.id, **values}, Connection)
    else:
        watches = {} if before.needs_reconnect else before.watches  # they ended with their grant
        connection = msgspec.structs.replace(before, **values, watches=watches)
    note = own_change(services, user.id, address)
    written = await write_connection(services.store, workspace, connection, note)
    await catch_up_soon(services, workspace, user.id)
    if writes_events(scopes):
        await watch_soon(services, workspace, user.id)
    return written
