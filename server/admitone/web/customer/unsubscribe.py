"""Unsubscribe from a workspace's workflow mails, and subscribe again: `/unsubscribe/TOKEN`.

One POST unsubscribes if it says `List-Unsubscribe=One-Click` (RFC 8058): the recipient's mail program sends
it, without cookies and without having seen the page. It can be undone there, by a form like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import UnsupportedMediaType
from admitone.domain.pages.language import fixed_language
from admitone.texts.message import message
from admitone.usecases.mail.unsubscribe import open_subscription, resubscribe, unsubscribe
from admitone.web.customer.brand import brand_of
from admitone.web.customer.managed_page import STALE
from admitone.web.customer.nonce import new_nonce
from admitone.web.customer.see_other import lead_to
from admitone.web.customer.sent_form import SentForm, read_sent
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.html import respond_page
from admitone.web.http.locale import fix_language
from admitone.web.http.posted_form import FORMS, read_posted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.mail.unsubscribe import Subscription

ONE_CLICK = ("List-Unsubscribe", "One-Click")
UNSUBSCRIBE, RESUBSCRIBE = "unsubscribe", "resubscribe"


async def show(request: web.Request) -> web.Response:
    """Whether the recipient gets these mails, and the form that changes it; nothing changes yet."""
    return await _respond(request, await _opened(request))


async def change(request: web.Request) -> web.Response:
    """Unsubscribe at one click of a mail program; or carry out the page's form."""
    if request.content_type not in FORMS:  # both are allowed to mail programs (RFC 8058, 3.2)
        raise UnsupportedMediaType(message("Send the form that the page has."))
    fields = dict(await read_posted(request))
    subscription = await _opened(request)
    if ONE_CLICK in fields.items():
        await unsubscribe(request.app[SERVICES], subscription)
        # No redirect, which RFC 8058 (3.1) forbids here.
        return await _respond(request, msgspec.structs.replace(subscription, is_unsubscribed=True))
    for action in (UNSUBSCRIBE, RESUBSCRIBE):
        if sent := read_sent(request, _form_name(subscription, action), fields):
            return await _carry_out(request, subscription, action, sent)
    return await _respond(request, subscription, status=422, notice=STALE)


async def _carry_out(
    request: web.Request, subscription: Subscription, action: str, sent: SentForm
) -> web.Response:
    if sent.is_changed:
        return await _respond(request, subscription)
    if not sent.is_agreed:
        status = 422 if sent.is_confirming else 200
        return await _respond(request, subscription, status=status, confirms=(action, sent))
    if action == UNSUBSCRIBE:
        await unsubscribe(request.app[SERVICES], subscription)
    else:
        await resubscribe(request.app[SERVICES], subscription, sent.id)
    return lead_to(request.path)


async def _opened(request: web.Request) -> Subscription:
    """What the token in the address names; raises NotFound."""
    subscription = await open_subscription(request.app[SERVICES], request.match_info["token"])
    fix_language(request, fixed_language(None, await subscription.snapshot.settings()))
    return subscription


async def _respond(
    request: web.Request,
    subscription: Subscription,
    *,
    status: int = 200,
    notice: str | None = None,
    confirms: tuple[str, SentForm] | None = None,
) -> web.Response:
    """The page with its one form, or the question whether to carry out a form that `confirms` tells."""
    settings = await subscription.snapshot.settings()
    action = RESUBSCRIBE if subscription.is_unsubscribed else UNSUBSCRIBE
    nonce = new_nonce(request, _form_name(subscription, action))
    if confirms is not None:
        action, sent = confirms
        nonce = sent.confirming_nonce(request)
    context: Mapping[str, object] = {
        "action": action,
        "brand": brand_of(settings, None),
        "is_confirming": confirms is not None,
        "is_unanswered": confirms is not None and confirms[1].is_confirming,
        "nonce": nonce,
        "notice": notice,
        "path": request.path,
        "workspace": settings.name,
    }
    return respond_page(request, "customer/unsubscribe.html", context, status=status, accent=settings.accent)


def _form_name(subscription: Subscription, action: str) -> str:
    """The name of the form that its nonce is bound to."""
    return f"{action}:{subscription.named.workspace}:{subscription.named.recipient}"
