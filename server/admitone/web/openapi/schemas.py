"""The schemas of what calls read and answer, in the forms from which clients can be generated.

msgspec derives a JSON Schema from each type. A record has up to three forms, because what must be present
depends on who writes the record (docs/decisions/033):

- answered: every field is present.
- sent: a field with a default may be left out. The default is in the field's description: generators take
  a field with the keyword `default` for one that is always present.
- patched: a merge patch (RFC 7396) of the record. Every field may be left out, and null resets a field.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Schema = dict[str, Any]
REF = "#/components/schemas/{name}"
_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


class Form(Enum):
    """Who writes a record: the server, a caller, or a caller who changes a stored record."""

    ANSWERED = "answered"
    SENT = "sent"
    PATCHED = "patched"


class Schemas:
    """The schemas of all types that calls read and answer; `components` are the records in use, by name.

    A record that answers and bodies hold in different forms has the suffix `Input` in bodies.

    Raises:
        ValueError: two records would have the same name; from each method.
    """

    def __init__(self, answers: Iterable[Any], bodies: Iterable[Any]) -> None:
        self.components: dict[str, Schema] = {}
        self._names: dict[str, str] = {}
        answered, sent = list(answers), list(bodies)
        schemas, self._records = msgspec.json.schema_components(
            [*answered, *sent], schema_hook=_instant_schema, ref_template=REF
        )
        self._by_type: dict[Any, Schema] = dict(zip([*answered, *sent], schemas, strict=True))
        self._answered = self._reached(schemas[: len(answered)])

    def schema(self, kind: Any, form: Form) -> Schema:
        """The schema of a type in a form, with references into `components`."""
        return self._shape(self._by_type[kind], form)

    def parameters(self, kind: Any) -> tuple[dict[str, Schema], list[str]]:
        """The parameters of a query, with their defaults, and the names of those that are required."""
        record = self._records[_name(self._by_type[kind]["$ref"])]
        fields = {name: self._parameter(shape) for name, shape in record["properties"].items()}
        return fields, record.get("required", [])

    def _parameter(self, shape: Schema) -> Schema:
        """A query parameter's schema, without null: to leave the parameter out means the same."""
        choices = [choice for choice in shape.get("anyOf", [shape]) if choice.get("type") != "null"]
        default = {"default": shape["default"]} if shape.get("default") is not None else {}
        shapes = [self._shape(choice, Form.SENT) for choice in choices]
        return (shapes[0] if len(shapes) == 1 else {"anyOf": shapes}) | default

    def _shape(self, shape: Schema, form: Form) -> Schema:
        """A schema in a form, without the keyword `default`."""
        if "$ref" in shape:
            return self._reference(_name(shape["$ref"]), form)
        found = {key: value for key, value in shape.items() if key != "default"}
        if "anyOf" in shape:
            found |= self._union(shape, form)
        elif "enum" in shape:
            found["type"] = _json_type(shape["enum"])
        elif shape.get("type") == "array":
            found |= self._array(found, form)
            found.pop("prefixItems", None)
        elif shape.get("type") == "object":
            found["additionalProperties"] = self._values(shape.get("additionalProperties", True), form)
        return found

    def _reference(self, name: str, form: Form) -> Schema:
        record = self._records[name]
        if "properties" not in record:  # an enumeration
            return self._shape(record, form)
        called = self._called(name, form)
        if self._names.setdefault(called, name) != name:
            raise ValueError(f"{name} and {self._names[called]} would both be called {called}")
        if called not in self.components:
            self.components[called] = {}  # so that a record may hold itself
            self.components[called] = self._record(record, called, form)
        return {"$ref": REF.format(name=called)}

    def _called(self, name: str, form: Form) -> str:
        """The name of a record's form among the components."""
        if form is Form.PATCHED:
            return name.removesuffix("Body").removesuffix("Values") + "Patch"
        if form is Form.SENT and name in self._answered and self._has_two_forms(name):
            return f"{name}Input"
        return name

    def _has_two_forms(self, name: str) -> bool:
        """Whether a field has a default in this record or in one that it holds."""
        records = [self._records[each] for each in self._reached([{"$ref": name}])]
        return any(
            "default" in field for record in records for field in record.get("properties", {}).values()
        )

    def _reached(self, schemas: Iterable[Schema]) -> set[str]:
        """The names of the records that the schemas hold, those within records included."""
        found: set[str] = set()
        waiting = {_name(reference) for schema in schemas for reference in _references(schema)}
        while waiting:
            found |= waiting
            held = {_name(each) for name in waiting for each in _references(self._records[name])}
            waiting = held - found
        return found

    def _record(self, record: Schema, called: str, form: Form) -> Schema:
        fields: dict[str, Schema] = record["properties"]
        required = record.get("required", [])
        written: Schema = record | {
            "title": called,
            "properties": {
                name: self._field(shape, form, required=name in required) for name, shape in fields.items()
            },
        }
        if form is Form.ANSWERED:
            written["required"] = [name for name in fields if name in required or "default" in fields[name]]
        if form is Form.PATCHED:
            written["required"] = []
            written["description"] = f"A merge patch (RFC 7396): {record.get('description', '')}"
        return written

    def _field(self, shape: Schema, form: Form, *, required: bool) -> Schema:
        found = self._shape(shape, form)
        if form is Form.SENT and shape.get("default") is not None:
            default = f"By default {msgspec.json.encode(shape['default']).decode()}."
            return found | {"description": f"{found.get('description', '')} {default}".lstrip()}
        if form is Form.PATCHED and not required and not _admits_null(found):
            return {"anyOf": [found, {"type": "null"}], "description": "Null sets the default."}
        return found

    def _union(self, shape: Schema, form: Form) -> Schema:
        found: Schema = {"anyOf": [self._shape(choice, form) for choice in shape["anyOf"]]}
        if "discriminator" in shape:
            tags = shape["discriminator"]["mapping"]
            mapping = {tag: self._shape({"$ref": reference}, form)["$ref"] for tag, reference in tags.items()}
            found["discriminator"] = shape["discriminator"] | {"mapping": mapping}
        return found

    def _array(self, shape: Schema, form: Form) -> Schema:
        """A list. A patch replaces it whole, so its items are sent in full.

        A tuple is a list of its length: generators refuse `"items": false`, which closes a tuple otherwise.
        """
        form = Form.SENT if form is Form.PATCHED else form
        parts: list[Schema] = []
        for part in shape.get("prefixItems", [shape.get("items", {})]):
            found = self._shape(part, form)
            if found not in parts:
                parts.append(found)
        return {"items": parts[0] if len(parts) == 1 else {"anyOf": parts}}

    def _values(self, values: Schema | bool, form: Form) -> Schema | bool:
        """The schema of a mapping's values; null in a patch removes one."""
        if isinstance(values, bool):
            return values
        found = self._shape(values, form)
        if form is Form.PATCHED and not _admits_null(found):
            return {"anyOf": [found, {"type": "null"}]}
        return found


def _instant_schema(kind: type) -> Schema:
    if kind is Instant:
        return {"type": "string", "format": "date-time", "examples": ["2026-11-23T15:00:00Z"]}
    raise NotImplementedError(kind)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(reference := part.get("$ref"), str):
            yield reference
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _references(each)


def _admits_null(shape: Mapping[str, Any]) -> bool:
    return not shape or {"type": "null"} in shape.get("anyOf", ())


def _json_type(values: list[Any]) -> str | list[str]:
    """The type of an enumeration's values: JSON Schema does without, some generators do not."""
    types = list(dict.fromkeys(_JSON_TYPES[type(value)] for value in values))
    return types[0] if len(types) == 1 else types
