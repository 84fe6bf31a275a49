"""Events from other programs that start a workflow: `/hooks/TOKEN`, with a JSON object or a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.hooks.hook_receive import Received, receive_hook
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.body import no_content, read_json
from admitone.web.http.posted_form import FORMS, read_posted

if TYPE_CHECKING:
    from aiohttp import web

DELIVERY = ("Idempotency-Key", "webhook-id")
"""Headers with the sender's id of a delivery; the second is of the Standard Webhooks specification."""
LONGEST_ID = 256


async def receive(request: web.Request) -> web.Response:
    """Let the contact of an event enter the workflow; the answer does not say what became of it."""
    data = await _data(request)
    received = Received(data, _delivery_id(request))
    await receive_hook(request.app[SERVICES], request.match_info["token"], received)
    return no_content(202)


def _delivery_id(request: web.Request) -> str | None:
    """The sender's id of the delivery, if any; bytes that are no UTF-8 are each one character."""
    ids = (request.headers.get(name, "")[:LONGEST_ID] for name in DELIVERY)
    return next((each.encode(errors="surrogateescape").decode("latin-1") for each in ids if each), None)


async def _data(request: web.Request) -> dict[str, Any]:
    """A JSON object, or a form's fields; several of one name are a list, and files are left out.

    Raises UnsupportedMediaType, BodyTooLarge, BodyTooSlow, Invalid.
    """
    if request.content_type not in FORMS:
        return await read_json(request, dict[str, Any])
    posted = await read_posted(request)
    found: dict[str, Any] = {}
    for name in posted:
        values = posted.getall(name)
        found[name] = values[0] if len(values) == 1 else values
    return found
