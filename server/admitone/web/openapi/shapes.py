"""The types of the OpenAPI document for people: the fields of records, and each type as a short text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Part(msgspec.Struct, frozen=True):
    """A part of a type's text; `record` is the record that the part links to."""

    text: str
    record: str | None = None


class RecordField(msgspec.Struct, frozen=True):
    """One field of a record; `description` says what its default is."""

    name: str
    type: list[Part]
    required: bool
    description: str


class Record(msgspec.Struct, frozen=True):
    """One record that calls accept or answer."""

    id: str
    title: str
    description: str
    fields: list[RecordField]


def read_records(document: Mapping[str, Any]) -> list[Record]:
    """Every record of the document, by name."""
    schemas = document["components"]["schemas"]
    return [
        Record(
            id=name,
            title=title_of(name),
            description=schema.get("description", ""),
            fields=[_field(field, shape, schema) for field, shape in schema["properties"].items()],
        )
        for name, schema in sorted(schemas.items())
    ]


def _field(name: str, shape: Mapping[str, Any], record: Mapping[str, Any]) -> RecordField:
    return RecordField(
        name, type_text(shape), name in record.get("required", ()), shape.get("description", "")
    )


def title_of(name: str) -> str:
    """The name of a record as it is shown: `Page_LinkView_` becomes `Page of LinkView`."""
    generic, _, of = name.removesuffix("_").partition("_")
    return f"{generic} of {of}" if of else generic


def type_text(shape: Mapping[str, Any]) -> list[Part]:
    """A type as a short text, in parts."""
    return list(_parts(shape))


def _parts(shape: Mapping[str, Any]) -> Iterator[Part]:
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        yield Part(title_of(name), name)
    elif "anyOf" in shape:
        for place, choice in enumerate(shape["anyOf"]):
            if place:
                yield Part(" or ")
            yield from _parts(choice)
    elif "enum" in shape:
        yield Part("one of " + ", ".join(map(str, shape["enum"])))
    elif shape.get("type") == "array":
        yield from _array(shape)
    else:
        yield Part(_plain(shape))


def _array(shape: Mapping[str, Any]) -> Iterator[Part]:
    least, most = shape.get("minItems"), shape.get("maxItems")
    yield Part(f"list of {least} × " if least and least == most else "list of ")
    yield from _parts(shape.get("items") or {})


def _plain(shape: Mapping[str, Any]) -> str:
    kind = {"date-time": "time", "date": "date"}.get(shape.get("format", ""), shape.get("type", "anything"))
    least, most = shape.get("minimum"), shape.get("maximum")
    if least is not None and most is not None:
        return f"{kind}, {least} to {most}"
    if least is not None:
        return f"{kind}, at least {least}"
    if "maxLength" in shape:
        return f"{kind}, at most {shape['maxLength']} characters"
    return str(kind)
