"""Asking first, where a change would make links unavailable that were sent and not used yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import WouldBreakLinks
from admitone.usecases.shared.records import delete_record
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.shared.records import RecordKind
    from admitone.web.dashboard.sent_form import SentForm

FIELD = "confirm"
_OWN = frozenset({FIELD, "csrf", "once"})


async def delete_or_ask(
    request: web.Request, kind: RecordKind[Any, Any, Any], *, room: str, list_at: str
) -> web.Response:
    """Delete the record that the path names, or ask first; what is left is listed at `list_at`."""
    form, record = await read_form(request), request.match_info["id"]
    try:
        await delete_record(request.app[SERVICES], request[CALLER], kind, record, confirm=is_confirmed(form))
    except WouldBreakLinks as refusal:
        back = f"{list_at}/{record}"
        return await ask(request, form, refusal, room=room, action="Delete all the same", back=back)
    return lead_to(list_at, said="deleted")


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
    return await show_room(request, "confirm", context, status=409)
