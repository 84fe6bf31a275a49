"""HTML forms of the structs that the API reads.

A field of a form is named by its path in the document, such as `policy.cancel.allow`, so that the API's
errors name the field too. How a field is read and shown follows from its type in the struct:

- a text, a choice (`Literal`) or a date: one field; empty is null if the struct allows null
- a whole number: one field, in minutes if `name.unit` is sent beside it; empty is null if the struct allows
  null, and 0 if the number has a default and 0 is its minimum
- true or false: a box
- a list of texts or choices: boxes that share the name
- a list of numbers: fields `name.0`, `name.1`, … up to the greatest length; empty fields are left out
- a struct: its fields under `name.`
- one of several tagged structs: the tag's field says which one, and `none` is null

A `FormPart` handles what looks different in the form.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import NODEFAULT, UNSET
from msgspec.inspect import (
    BoolType,
    DateType,
    Field,
    IntType,
    ListType,
    LiteralType,
    Metadata,
    NoneType,
    StrType,
    StructType,
    Type,
    UnionType,
    type_info,
)

from admitone.web.dashboard.spans import split_span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from admitone.web.dashboard.sent_form import SentForm

NO_STRUCT = "none"
"""The tag that a form sends for null in place of one of several structs."""


class FormValues(dict[str, Any]):
    """The values that the fields of a form show, by name."""

    def length(self, name: str, suggested: int | None = None) -> tuple[Any, str]:
        """Number and unit of a length of time.

        As they were sent if they were; otherwise the minutes of the record in their largest unit, or
        `suggested` minutes if the record has none.
        """
        unit = self.get(f"{name}.unit")
        if unit is not None:
            return self.get(name), unit
        minutes = suggested if self.get(name) is None else self[name]
        return (None, "hours") if minutes is None else split_span(minutes)


class FormPart:
    """One field of the struct that the form shows or sends in its own way."""

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """The values that the form shows for the record's `value`."""
        return plain_values(name, value)

    def read(self, form: SentForm, name: str, field: Field, shown: FormValues) -> Any:
        """The document's value, or UNSET to leave the field out of the document.

        Adds errors to `form.problems`, and adds to `shown` the values that a refused form shows besides the
        fields as they were sent.
        """
        raise NotImplementedError


class StructForm:
    """The form of a struct: `parts` by path.

    `only` names the fields that the form has, `without` those that it does not have.
    """

    def __init__(
        self,
        struct: type[msgspec.Struct],
        parts: Mapping[str, FormPart] | None = None,
        *,
        only: Collection[str] = (),
        without: Collection[str] = (),
    ) -> None:
        info = type_info(struct)
        assert isinstance(info, StructType)
        self.struct = struct
        self._info = info
        self._parts = parts or {}
        self._only = frozenset(only)
        self._without = frozenset(without)

    def values(self, record: msgspec.Struct) -> FormValues:
        """The values that the form shows for a record, which has the fields of the struct."""
        return FormValues(self._struct_values(self._info, record, ""))

    def read(self, form: SentForm) -> tuple[FormValues, dict[str, Any]]:
        """The values that a refused form shows again, and the document for the API.

        Values that cannot be read are in `form.problems`; the document is of use only without problems.
        """
        shown = FormValues(form.fields)
        return shown, self._read_struct(form, self._info, "", shown)

    def _struct_values(self, info: StructType, record: object, prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field, name in self._fields(info, prefix):
            value = getattr(record, field.name)
            if part := self._parts.get(name):
                found |= part.values(name, value)
            else:
                found |= self._values(name, field, value)
        return found

    def _values(self, name: str, field: Field, value: Any) -> dict[str, Any]:
        structs = _structs(field.type)
        if structs and _tag_field(structs):
            chosen = next((each for each in structs if isinstance(value, each.cls)), None)
            tag_name = f"{name}.{_tag_field(structs)}"
            if chosen is None:
                return {tag_name: NO_STRUCT}
            return {tag_name: chosen.tag, **self._struct_values(chosen, value, f"{name}.")}
        if structs:
            return self._struct_values(structs[0], value, f"{name}.")
        # A default of 0, such as that of a buffer, means that there is none: the field is empty.
        return plain_values(name, None if type(value) is int and value == field.default == 0 else value)

    def _read_struct(
        self, form: SentForm, info: StructType, prefix: str, shown: FormValues
    ) -> dict[str, Any]:
        document: dict[str, Any] = {}
        for field, name in self._fields(info, prefix):
            if part := self._parts.get(name):
                value = part.read(form, name, field, shown)
            else:
                value = self._read(form, name, field, shown)
            if value is not UNSET:
                document[field.encode_name] = value
        return document

    def _read(self, form: SentForm, name: str, field: Field, shown: FormValues) -> Any:
        structs = _structs(field.type)
        if structs and (tag_field := _tag_field(structs)):
            tag = form.text(f"{name}.{tag_field}")
            chosen = next((each for each in structs if each.tag == tag), None)
            if chosen is None:
                return None
            # Fields of the other structs keep what was typed into them; they do not count.
            return {tag_field: tag, **self._read_struct(form, chosen, f"{name}.", shown)}
        if structs:
            return self._read_struct(form, structs[0], f"{name}.", shown)
        value = read_plain(form, name, field)
        if isinstance(value, list):  # of boxes that share the name, all that are ticked
            shown[name] = value
        return value

    def _fields(self, info: StructType, prefix: str) -> list[tuple[Field, str]]:
        named = [(field, f"{prefix}{field.encode_name}") for field in info.fields]
        return [(field, name) for field, name in named if self._has(name)]

    def _has(self, name: str) -> bool:
        top = name.partition(".")[0]
        return (not self._only or top in self._only) and name not in self._without


def plain_values(name: str, value: Any) -> dict[str, Any]:
    """The fields of a value that is no struct: one, or one for each number of a list."""
    if isinstance(value, list) and value and isinstance(value[0], int):
        return {f"{name}.{place}": item for place, item in enumerate(value)}
    return {name: value.isoformat() if isinstance(value, date) else value}


def read_plain(form: SentForm, name: str, field: Field, *, may_be_null: bool = True) -> Any:
    """The document's value of a field that is no struct. Raises TypeError for a type that needs a FormPart.

    With `may_be_null` false, an empty field does not stand for null even where the struct allows null.
    """
    kinds = _kinds(field.type)
    if may_be_null and not form.text(name) and any(isinstance(kind, NoneType) for kind in kinds):
        return None
    [kind] = [each for each in kinds if not isinstance(each, NoneType)]
    match kind:
        case BoolType():
            return form.is_on(name)
        case IntType():
            is_zero_if_empty = _has_default(field) and kind.ge == 0
            return form.number(name, required=not is_zero_if_empty) or 0
        case DateType():
            return form.date(name)
        case StrType() | LiteralType():
            return form.text(name)
        case ListType():
            return _read_list(form, name, kind)
    raise TypeError(f"A form cannot show {name} without a FormPart.")


def _read_list(form: SentForm, name: str, kind: ListType) -> list[Any]:
    if isinstance(kind.item_type, StrType | LiteralType):
        return form.texts(name)
    if isinstance(kind.item_type, IntType) and kind.max_length is not None:
        numbers = [form.number(f"{name}.{place}") for place in range(kind.max_length)]
        return [number for number in numbers if number is not None]
    raise TypeError(f"A form cannot show the list {name} without a FormPart.")


def _has_default(field: Field) -> bool:
    return field.default is not NODEFAULT or field.default_factory is not NODEFAULT


def _kinds(kind: Type) -> tuple[Type, ...]:
    """The types of a union, or the type itself, each without what is noted for the API's description."""
    members = kind.types if isinstance(kind, UnionType) else (kind,)
    return tuple(each.type if isinstance(each, Metadata) else each for each in members)


def _structs(kind: Type) -> list[StructType]:
    return [each for each in _kinds(kind) if isinstance(each, StructType)]


def _tag_field(structs: list[StructType]) -> str | None:
    return structs[0].tag_field
