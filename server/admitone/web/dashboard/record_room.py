"""The rooms of one kind of record: its form, and where creating, changing and deleting a record lead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from admitone.domain.errors import FieldError, Invalid, SlugInUse, WouldBreakLinks
from admitone.usecases.shared.config_change import existing
from admitone.web.dashboard.confirm import ask, is_confirmed
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import FormValues, StructForm
from admitone.web.dashboard.views import plain
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import convert

if TYPE_CHECKING:
    from admitone.web.dashboard.sent_form import SentForm


async def find_record(request: web.Request, kind: str) -> Any:
    """The record of this kind that the address names; raises NotFound."""
    return await existing(request[CALLER], kind, request.match_info["id"])


def same_patch(document: dict[str, Any], _before: Any) -> dict[str, Any]:
    """The merge patch of a document without free keys: the document itself."""
    return document


class RecordRoom(msgspec.Struct, frozen=True, kw_only=True):
    """The handlers of one kind of record; each kind declares one.

    `path` is the address of the list, and `room` the entry of the navigation. `blank` makes the record that a
    new one starts with. `context` is what the template of the form shows besides the record, the form's
    values and its errors; it may replace them. `find` is the record that the address names, for a caller who
    may change it. `patch` makes the merge patch of a document. With `is_shown_in_list`, saving leads to the
    list, otherwise to the record's own room.
    """

    kind: str
    path: str
    room: str
    template: str
    form: StructForm
    create_record: Callable[..., Awaitable[Any]]
    change_record: Callable[..., Awaitable[Any]]
    delete_record: Callable[..., Awaitable[Any]]
    blank: Callable[[web.Request], Awaitable[msgspec.Struct]]
    context: Callable[[web.Request, FormValues, Mapping[str, str]], Awaitable[dict[str, Any]]]
    find: Callable[[web.Request, str], Awaitable[Any]] = find_record
    patch: Callable[[dict[str, Any], Any], dict[str, Any]] = same_patch
    is_shown_in_list: bool = False

    async def show_new(self, request: web.Request) -> web.Response:
        """Show the form of a new record."""
        return await self._show_form(request, None, self.form.values(await self.blank(request)))

    async def create(self, request: web.Request) -> web.Response:
        """Create a record, or show its form again after a button that only changes the form."""
        sent = await read_form(request)
        values, document = self.form.read(sent)
        if sent.text("act"):
            return await self._show_form(request, None, values)
        try:
            sent.refuse()
            body = convert(document, self.form.struct)
            made = plain(await self.create_record(request.app[SERVICES], request[CALLER], body))
        except (Invalid, SlugInUse) as refusal:
            return await self._show_form(request, None, values, _errors(refusal))
        return lead_to(self._address(made["id"]), said="created")

    async def show_edit(self, request: web.Request) -> web.Response:
        """Show the form of a record."""
        record = await self.find(request, self.kind)
        return await self._show_form(request, record, self.form.values(record))

    async def update(self, request: web.Request) -> web.Response:
        """Change a record, or show its form again after a button that only changes the form."""
        record = await self.find(request, self.kind)
        sent = await read_form(request)
        values, document = self.form.read(sent)
        if sent.text("act"):
            return await self._show_form(request, record, values)
        try:
            sent.refuse()
            await self._change(request, sent, record.id, self.patch(document, record))
        except (Invalid, SlugInUse) as refusal:
            return await self._show_form(request, record, values, _errors(refusal))
        except WouldBreakLinks as refusal:
            back = f"{self.path}/{record.id}"
            return await ask(request, sent, refusal, room=self.room, action="Save anyway", back=back)
        return lead_to(self._address(record.id), said="saved")

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a record, or ask first."""
        sent, record_id = await read_form(request), request.match_info["id"]
        services, caller = request.app[SERVICES], request[CALLER]
        try:
            await self.delete_record(services, caller, record_id, confirm=is_confirmed(sent))
        except WouldBreakLinks as refusal:
            back = f"{self.path}/{record_id}"
            return await ask(request, sent, refusal, room=self.room, action="Delete anyway", back=back)
        return lead_to(self.path, said="deleted")

    async def _change(
        self, request: web.Request, sent: SentForm, record_id: str, patch: dict[str, Any]
    ) -> None:
        services, caller = request.app[SERVICES], request[CALLER]
        await self.change_record(services, caller, record_id, patch, convert, confirm=is_confirmed(sent))

    async def _show_form(
        self,
        request: web.Request,
        record: Any | None,
        values: FormValues,
        errors: Mapping[str, str] | None = None,
    ) -> web.Response:
        """The form of `record`, None for a new one; with `errors` by field if it was refused."""
        known = {"room": self.room, "record": record, "values": values, "errors": errors or {}}
        context = known | await self.context(request, values, errors or {})
        return await show_room(request, self.template, context, status=422 if errors else 200)

    def _address(self, record_id: str) -> str:
        return self.path if self.is_shown_in_list else f"{self.path}/{record_id}"


def _errors(refusal: Invalid | SlugInUse) -> dict[str, str]:
    if isinstance(refusal, SlugInUse):
        refusal = Invalid(FieldError("slug", refusal.detail))
    return by_field(refusal)
