"""Whether a page asks customers for an emailed code that nothing can mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail.mail_email_code import sends_codes
from admitone.usecases.shared.waiting_mails import sends_now
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.links.target import Target
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.pages.master_page import MasterPage


async def lacks_codes(request: web.Request, page: BookingPage | MasterPage, target: Target | None) -> bool:
    """Whether nobody can book by the general link of this page, because no code reaches them."""
    asks = page.enabled and page.general_link and page.confirm_email
    if not asks or target is None:
        return False
    return not await sends_codes(request.app[SERVICES], request[CALLER].workspace, target)


async def can_send_codes(request: web.Request, owner: str) -> bool:
    """Whether something sends the mails of a page's host, the caller if none is chosen."""
    caller = request[CALLER]
    return await sends_now(request.app[SERVICES], caller.workspace, owner or caller.user.id)
