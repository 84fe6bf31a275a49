"""GET /manage/{token}/cancel"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.booking import customer_refusal
from admitone.usecases.managed import open_managed
from admitone.web.appkeys import SERVICES
from admitone.web.pages.managed_page import respond_about, respond_managed
from admitone.web.pages.nonce import new_nonce

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.managed import Managed


async def handle(request: web.Request) -> web.Response:
    """Ask whether the booking is really to be cancelled; nothing happens yet."""
    services = request.app[SERVICES]
    managed = await open_managed(services, request.match_info["token"])
    if refusal := customer_refusal(managed.booking, "cancel", services.now()):
        return await respond_managed(request, managed, refusal)
    return await respond_cancel(request, managed)


async def respond_cancel(
    request: web.Request,
    managed: Managed,
    *,
    reason: str = "",
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    notice: str | None = None,
) -> web.Response:
    """The question. Its box is never ticked beforehand, so that the form as it is served cancels nothing."""
    context = {
        "nonce": new_nonce(request, form_name(managed)),
        "reason": reason,
        "errors": errors or {},
        "notice": notice,
        "labels": {"reason": "Reason"},
    }
    return await respond_about(request, managed, "cancel.html", context, status=status)


def form_name(managed: Managed) -> str:
    """What the nonce of the form is for."""
    return f"cancel:{managed.booking.id}"
