"""Asking first, where a change would make links unavailable that were sent and not used yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import WouldBreakLinks
    from admitone.web.dashboard.sent_form import SentForm

FIELD = "confirm"
_OWN = frozenset({FIELD, "csrf", "once"})


def is_confirmed(form: SentForm) -> bool:
    """Whether it was asked before, and the answer was yes."""
    return form.is_on(FIELD)


async def ask(
    request: web.Request, form: SentForm, refusal: WouldBreakLinks, *, room: str, action: str, back: str
) -> web.Response:
    """409: how many links would stop working, and the form once more behind a button that says `action`.

    Whoever would rather not is led to `back`.
    """
    context = {
        "room": room,
        "sentence": refusal.detail,
        "fields": [pair for pair in form.pairs() if pair[0] not in _OWN],
        "path": request.path,
        "action": action,
        "back": back,
    }
    return await show(request, "confirm", context, status=409)
