"""The rooms of one kind of record: its form, and where creating, changing and deleting a record lead."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from aiohttp import web

from admitone.domain.documents import convert
from admitone.domain.errors import FieldError, Invalid, SlugInUse, WouldBreakLinks
from admitone.texts.message import message
from admitone.usecases.shared.records import (
    RecordKind,
    change_record,
    create_record,
    delete_record,
    read_record,
)
from admitone.usecases.shared.slugs import free_slug
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.record_texts import RECORD_TEXTS
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import FormValues, StructForm
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

SHARE = "/dashboard/share"
_WANTED_IN = re.compile(rf"{SHARE}|/dashboard/(pages|master-pages|pools)/(new|[0-9a-z]+/edit)")
Record = TypeVar("Record", bound=msgspec.Struct)
LONGEST_COPIED = 180
"""Characters of a name that its copy keeps, so that the copy’s name is not too long."""


async def find_record(request: web.Request, kind: RecordKind[Any, Record, Any]) -> Record:
    """The record of this kind that the address names; raises NotFound."""
    return await read_record(request[CALLER], kind, request.match_info["id"])


def same_patch(document: dict[str, Any], _before: Any) -> dict[str, Any]:
    """The merge patch of a document without free keys: the document itself."""
    return document


class RecordRoom(msgspec.Struct, frozen=True, kw_only=True):
    """The handlers of one kind of record; each kind declares one."""

    kind: RecordKind[Any, Any, Any]
    path: str
    """The address of the list; a record's own address is below it."""
    room: str
    """The entry of the navigation to which the rooms belong."""
    list_name: str
    """The heading of the list."""
    template: str
    form: StructForm
    blank: Callable[[web.Request], Awaitable[msgspec.Struct]]
    """Makes the initial values of a new record."""
    context: Callable[[web.Request, FormValues, Mapping[str, str]], Awaitable[dict[str, Any]]]
    """Makes more values for the form's template, besides its values and errors, which they may replace."""
    patch: Callable[[dict[str, Any], Any], dict[str, Any]] = same_patch
    """Makes the merge patch that turns a record into the document of the form."""
    is_shown_in_list: bool = False
    """Whether saving leads to the list, and not to the record's own room."""

    async def show_new(self, request: web.Request) -> web.Response:
        """Show the form of a new record."""
        return await self._show_form(request, None, self.form.values(await self.blank(request)))

    async def show_copy(self, request: web.Request) -> web.Response:
        """Show the form of a new record with the values of another one. Showing it stores nothing."""
        record = await find_record(request, self.kind)
        values = self.form.values(record)
        say = reader_of(request, part="dashboard").texts.say
        name = _name(record)
        copied = say(message("%(name)s (copy)", name=name[:LONGEST_COPIED]))
        values["title" if "title" in values else "name"] = copied
        if self.kind.slug is not None:
            values["slug"] = await free_slug(request.app[SERVICES], self.kind.slug(record))
        return await self._show_form(request, None, values, copied=name)

    async def create(self, request: web.Request) -> web.Response:
        """Create a record, or show its form again after a button that only changes the form."""
        sent = await read_form(request)
        values, document = self.form.read(sent)
        if sent.text("act"):
            return await self._show_form(request, None, values)
        try:
            sent.refuse()
            body = convert(document, self.form.struct)
            made = await create_record(request.app[SERVICES], request[CALLER], self.kind, body)
        except (Invalid, SlugInUse) as refusal:
            return await self._show_form(request, None, values, _errors(refusal))
        back = _back(request)
        if back == SHARE:
            return lead_to(SHARE, page=made.id)
        if back:
            return lead_to(back, kept="1", new=made.id)
        return lead_to(self._address(made.id), said="created")

    async def show_edit(self, request: web.Request) -> web.Response:
        """Show the form of a record."""
        record = await self._find(request)
        return await self._show_form(request, record, self.form.values(record))

    async def update(self, request: web.Request) -> web.Response:
        """Change a record, or show its form again after a button that only changes the form."""
        services, caller = request.app[SERVICES], request[CALLER]
        record = await self._find(request)
        sent = await read_form(request)
        values, document = self.form.read(sent)
        if sent.text("act"):
            return await self._show_form(request, record, values)
        try:
            sent.refuse()
            patch, confirm = self.patch(document, record), is_confirmed(sent)
            await change_record(services, caller, self.kind, record.id, patch, confirm=confirm)
        except (Invalid, SlugInUse) as refusal:
            return await self._show_form(request, record, values, _errors(refusal))
        except WouldBreakLinks as refusal:
            back = f"{self.path}/{record.id}"
            action = message("Save anyway")
            return await ask(request, sent, refusal, room=self.room, action=action, back=back)
        return lead_to(self._address(record.id), said="saved")

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a record, or ask first."""
        sent, record_id = await read_form(request), request.match_info["id"]
        services, caller = request.app[SERVICES], request[CALLER]
        try:
            await delete_record(services, caller, self.kind, record_id, confirm=is_confirmed(sent))
        except WouldBreakLinks as refusal:
            back = f"{self.path}/{record_id}"
            action = message("Delete anyway")
            return await ask(request, sent, refusal, room=self.room, action=action, back=back, is_final=True)
        return lead_to(self.path, said="deleted")

    async def _find(self, request: web.Request) -> Any:
        """The record that the address names, if the caller may change it; raises NotFound, Forbidden."""
        record = await find_record(request, self.kind)
        self.kind.guard(request[CALLER], record)
        return record

    async def _show_form(
        self,
        request: web.Request,
        record: Any | None,
        values: FormValues,
        errors: Mapping[str, str] | None = None,
        copied: str | None = None,
    ) -> web.Response:
        """The form of `record`, None for a new one; with `errors` by field if it was refused.

        `copied` is the name of the record whose values a new one begins with.
        """
        path = self.path if record is None else f"{self.path}/{record.id}"
        back = _back(request) if record is None else ""
        known = {
            "room": self.room,
            "texts": RECORD_TEXTS[self.kind.kind],
            "list_name": self.list_name,
            "save_at": f"{path}?{urlencode({'back': back})}" if back else path,
            "leave_at": back or (self.path if self.is_shown_in_list else path),
            "here": f"{path}/edit" if record else f"{path}/new",
            "record": record,
            "name": record and _name(record),
            "copied": copied,
            "values": values,
            "errors": errors or {},
        }
        context = known | await self.context(request, values, errors or {})
        return await show_room(request, self.template, context, status=422 if errors else 200)

    def _address(self, record_id: str) -> str:
        return self.path if self.is_shown_in_list else f"{self.path}/{record_id}"


def _name(record: Any) -> str:
    name: str = getattr(record, "title", None) or record.name
    return name


def _back(request: web.Request) -> str:
    """The form, or the room, in which the new record was wanted; empty if it was wanted for itself."""
    back = request.query.get("back", "")
    return back if _WANTED_IN.fullmatch(back) else ""


def _errors(refusal: Invalid | SlugInUse) -> dict[str, str]:
    if isinstance(refusal, SlugInUse):
        refusal = Invalid(FieldError("slug", refusal.detail))
    return by_field(refusal)
