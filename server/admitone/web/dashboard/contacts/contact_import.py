"""One import of contacts: `/dashboard/contacts/import/IMPORT`."""

from __future__ import annotations

from admitone.usecases.contacts.import_write import CONTACTS
from admitone.web.dashboard.contacts.import_start import PATH
from admitone.web.dashboard.contacts.import_words import STATES, TARGETS
from admitone.web.dashboard.imports.import_room import ImportRoom

ROOM = ImportRoom(
    CONTACTS,
    room="contacts",
    path=PATH,
    states=STATES,
    targets=TARGETS,
    show="contacts/contact_import",
    columns="contacts/import_columns",
)
show = ROOM.show
choose = ROOM.choose
start = ROOM.start
end = ROOM.end
problems = ROOM.problems
