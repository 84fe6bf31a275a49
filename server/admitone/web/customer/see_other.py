"""The redirect after a form was carried out (303, RFC 9110, 15.4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from admitone.usecases.shared.booking_view import CustomerBookingView


def lead_to_booking(answer: CustomerBookingView) -> web.Response:
    """To the booking that was made."""
    return lead_to_manage(token_of(answer))


def lead_to_manage(token: str) -> web.Response:
    """To the page of a booking."""
    return lead_to(f"/manage/{token}")


def lead_to(path: str) -> web.Response:
    """To another page of ours."""
    return web.Response(status=303, headers={"Location": path})


def token_of(answer: CustomerBookingView) -> str:
    """The manage token of a booking that was made."""
    return answer.manage_url.rpartition("/")[2]
