"""The form of a contact: `/dashboard/contacts/new` and `/dashboard/contacts/CONTACT/edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.contacts.contact import MOST_FIELDS, ContactBody, typed_tags
from admitone.domain.documents import convert
from admitone.domain.errors import ContactExists, FieldError, Invalid
from admitone.domain.imports.file_columns import field_name
from admitone.domain.pages.language import LANGUAGES
from admitone.texts.message import message
from admitone.usecases.contacts.contact_create import create_contact
from admitone.usecases.contacts.contact_read import read_contact
from admitone.usecases.contacts.contact_update import update_contact
from admitone.web.dashboard.contacts.contact_list import PATH
from admitone.web.dashboard.language_choices import said_language
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.contacts.contact_view import ContactView
    from admitone.web.dashboard.sent_form import SentForm

TEXTS = ("email", "first_name", "last_name", "phone")
CODES = ("timezone", "locale")
"""What may be unknown, which is null in the API."""
HAD_TAGS, HAD_FIELDS = "had.tags", "had.fields"
"""Hidden fields with what the contact had when the form was shown: only that can be removed by it."""
EMPTY_ROWS = 2
"""Rows for further custom fields that the form shows."""


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new contact."""
    return await _show_form(request, None, {})


async def create(request: web.Request) -> web.Response:
    """Create a contact, or merge what was typed into the contact of this address."""
    form = await read_form(request)
    document, rows = _read(form)
    try:
        form.refuse()
        given = {name: value for name, value in document.items() if value}
        body = convert({"email": "", **given}, ContactBody)
        contact, is_new = await create_contact(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await _show_form(request, None, form.fields, rows=rows, errors=_errors(refusal, rows))
    return lead_to(f"{PATH}/{contact.id}", said="created" if is_new else "contact-merged")


async def show_edit(request: web.Request) -> web.Response:
    """Show the form of a contact."""
    contact = await _find(request)
    return await _show_form(request, contact, _values(contact), rows=list(contact.fields.items()))


async def update(request: web.Request) -> web.Response:
    """Change a contact."""
    services, caller = request.app[SERVICES], request[CALLER]
    contact, form = await _find(request), await read_form(request)
    document, rows = _read(form)
    try:
        form.refuse()
        await update_contact(services, caller, contact.id, _patch(contact, form, document))
    except Invalid as refusal:
        errors = _errors(refusal, rows)
    except ContactExists as refusal:
        errors = {"email": refusal.detail}
    else:
        return lead_to(f"{PATH}/{contact.id}", said="saved")
    return await _show_form(request, contact, form.fields, rows=rows, errors=errors)


def _patch(contact: ContactView, form: SentForm, document: Mapping[str, Any]) -> dict[str, Any]:
    """The change that the form asks for: tags and fields that the contact got since it was shown stay."""
    had_fields = form.text(HAD_FIELDS).split(",") if HAD_FIELDS in form.fields else contact.fields
    had_tags = typed_tags(form.text(HAD_TAGS)) if HAD_TAGS in form.fields else contact.tags
    removed = dict.fromkeys(contact.fields.keys() & {*had_fields} - document["fields"].keys())
    tags = [*document["tags"], *(tag for tag in contact.tags if tag not in had_tags)]
    return {**document, "tags": list(dict.fromkeys(tags)), "fields": {**removed, **document["fields"]}}


async def _find(request: web.Request) -> ContactView:
    return await read_contact(request.app[SERVICES], request[CALLER], request.match_info["id"])


def _values(contact: ContactView) -> dict[str, Any]:
    texts = {name: getattr(contact, name) for name in (*TEXTS, *CODES)}
    tags = ", ".join(contact.tags)
    return {**texts, "tags": tags, HAD_TAGS: tags, HAD_FIELDS: ",".join(contact.fields)}


def _read(form: SentForm) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The document for the API, and the rows of custom fields as they were typed."""
    rows = [(form.text(f"fields.{place}.name"), form.text(f"fields.{place}.value")) for place in _rows(form)]
    fields: dict[str, str] = {}
    for place, (typed, value) in enumerate(rows):
        name = field_name(typed)
        if not value:
            continue
        if not name:
            form.problems.append(
                FieldError(f"fields.{place}.name", message("Name this field in Latin letters."))
            )
        elif name in fields:
            form.problems.append(FieldError(f"fields.{place}.name", message("Another field has this name.")))
        fields[name] = value
    document: dict[str, Any] = {name: form.text(name) for name in TEXTS}
    document |= {name: form.text(name) or None for name in CODES}
    return {**document, "tags": typed_tags(form.text("tags")), "fields": fields}, rows


def _rows(form: SentForm) -> list[int]:
    places = form.places("fields")[: MOST_FIELDS + EMPTY_ROWS]
    return [
        place for place in places if form.text(f"fields.{place}.name") or form.text(f"fields.{place}.value")
    ]


def _errors(refusal: Invalid, rows: list[tuple[str, str]]) -> dict[str, str]:
    """The errors by the form's fields, which has one for all tags and numbers its custom fields."""
    places = {field_name(name): place for place, (name, _) in enumerate(rows)}
    found: dict[str, str] = {}
    for field, text in by_field(refusal).items():
        kind, _, rest = field.partition(".")
        if kind == "fields" and rest in places:
            found.setdefault(f"fields.{places[rest]}.value", text)
        elif kind == "tags":
            found.setdefault("tags", text)
        else:
            found.setdefault(field, text)
    return found


async def _show_form(
    request: web.Request,
    contact: ContactView | None,
    values: Mapping[str, Any],
    *,
    rows: list[tuple[str, str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The form of `contact`, None for a new one; with `errors` by field if it was refused."""
    path = PATH if contact is None else f"{PATH}/{contact.id}"
    chosen = values.get("locale") or ""
    languages = [*LANGUAGES, *([chosen] if chosen and chosen not in LANGUAGES else [])]
    context = {
        "room": "contacts",
        "contact": contact,
        "path": path,
        "values": values,
        "had": {name: values[name] for name in (HAD_TAGS, HAD_FIELDS) if name in values},
        "rows": [*(rows or []), *[("", "")] * EMPTY_ROWS],
        "languages": [(tag, said_language(tag)) for tag in languages],
        "zones": zone_choices(values.get("timezone") or None),
        "errors": errors or {},
    }
    return await show_room(request, "contacts/contact_form", context, status=422 if errors else 200)
