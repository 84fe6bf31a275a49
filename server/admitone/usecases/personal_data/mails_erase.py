"""Erase the mails that nothing could send, as far as they are about one address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.sealing import UnsealError
from admitone.store.records.erasures import erase_kept_mails, open_kept, read_kept_texts
from admitone.usecases.shared.booking_view import manage_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.usecases.shared.services import Services


async def erase_mails(
    services: Services, workspace: str, erasure: str, email: str, bookings: Sequence[Booking]
) -> None:
    """Erase kept mails to the address, or that name it, or one of these bookings of it.

    A mail to a host names the booking's address in the dashboard. A mail that no secret key opens stays:
    nobody can read it.
    """
    named = [email, *(booking.id for booking in bookings)]
    named += [_token(services, workspace, booking) for booking in bookings]
    marks = [mark.casefold() for mark in named if mark]
    texts = await read_kept_texts(services.store, workspace)
    found = [text for text in texts if any(mark in _content(services, workspace, text) for mark in marks)]
    if found:
        await erase_kept_mails(services.store, workspace, erasure, found)


def _content(services: Services, workspace: str, text: str) -> str:
    try:
        return open_kept(services.store, workspace, text).casefold()
    except UnsealError:
        return ""


def _token(services: Services, workspace: str, booking: Booking) -> str:
    try:
        return manage_token(services, workspace, booking)
    except UnsealError:
        return ""
