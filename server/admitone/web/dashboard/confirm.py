"""Confirmation of a change that would break links which were sent and are not used yet, or workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import WouldBreakWorkflows
from admitone.web.dashboard.room import show_room

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import WouldBreakLinks
    from admitone.web.dashboard.sent_form import SentForm

FIELD = "confirm"
_OWN = frozenset({FIELD, "csrf", "once"})


def is_confirmed(form: SentForm) -> bool:
    """Whether the person was asked and confirmed."""
    return form.is_on(FIELD)


async def ask(
    request: web.Request,
    form: SentForm,
    refusal: WouldBreakLinks,
    *,
    room: str,
    action: str,
    back: str,
    is_final: bool = False,
) -> web.Response:
    """409: what would stop working, and the same form behind a button labelled `action`.

    The other button leads to `back` and changes nothing. Nothing brings back what an `is_final` change ends.
    """
    context = {
        "room": room,
        "sentences": refusal.sentences(),
        "has_links": refusal.links > 0,
        "is_final": is_final,
        "has_workflows": isinstance(refusal, WouldBreakWorkflows),
        "fields": [pair for pair in form.pairs() if pair[0] not in _OWN],
        "path": request.path,
        "action": action,
        "back": back,
    }
    return await show_room(request, "confirm", context, status=409)
