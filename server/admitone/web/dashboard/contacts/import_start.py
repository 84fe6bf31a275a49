"""Choose a file to import: `/dashboard/contacts/import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import BodyTooLarge, Busy, Invalid, NotFound, StorageFull, invalid
from admitone.texts.message import message
from admitone.usecases.contacts.import_write import CONTACTS
from admitone.usecases.imports.import_upload import Upload, refuse_one_more
from admitone.usecases.imports.import_view import list_imports
from admitone.web.dashboard.contacts.import_words import STATES
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.uploads import read_posted_file

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal

PATH = "/dashboard/contacts/import"
FIELD = "file"
SHOWN = (BodyTooLarge, Busy, Invalid, StorageFull)
"""Refusals that are shown beside the form."""
LARGE_FILE = message("The file is larger than 20 MB. Divide it.")
SLOW_FILE = message("Uploading this file took too long. Try again.")


async def show(request: web.Request) -> web.Response:
    """Show the form for a file, and the newest imports."""
    return await _show(request)


async def upload(request: web.Request) -> web.Response:
    """Keep the file that was chosen, and lead to its columns."""
    services, caller = request.app[SERVICES], request[CALLER]
    file = Upload(services, caller)
    try:
        await refuse_one_more(services, caller)
        name = await read_posted_file(request, FIELD, file.take)
        if name is None:
            raise invalid(FIELD, message("Choose a file first."))
        made = await file.finish(name)
    except (*SHOWN, NotFound) as refusal:
        await file.discard()
        return await _show(request, refusal)
    return lead_to(f"{PATH}/{made}")


async def _show(request: web.Request, refusal: Refusal | None = None) -> web.Response:
    context = {
        "room": "contacts",
        "path": PATH,
        "imports": await list_imports(CONTACTS, request.app[SERVICES], request[CALLER]),
        "states": STATES,
        "errors": {FIELD: _sentence(refusal)} if refusal else {},
    }
    return await show_room(request, "contacts/import_start", context, status=422 if refusal else 200)


def _sentence(refusal: Refusal) -> str:
    match refusal:
        case BodyTooLarge():
            return LARGE_FILE
        case NotFound():
            return SLOW_FILE
        case Invalid():
            return next(iter(by_field(refusal).values()))
    return refusal.detail
