"""Checking values against the schemas of a discovery document: requests, and in tests our answers.

https://developers.google.com/discovery/v1/type-format
"""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.fakegoogle.api.discovery import Api, Schema

_DATE_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?(?P<offset>[Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}


def violations(api: Api, name: str, value: object, *, nulls: bool) -> list[tuple[str, str]]:
    """The errors in `value` under the schema `name`: pairs of a path and a sentence.

    `nulls` allows null for any property. In a request null means "not given", in a PATCH "remove".
    """
    return list(_check(api, {"$ref": name}, value, "", nulls))


def is_date_time(text: str, *, needs_offset: bool = True) -> bool:
    """Whether `text` is an RFC 3339 date-time that exists."""
    found = _DATE_TIME.fullmatch(text)
    if not found or (needs_offset and not found["offset"]):
        return False
    try:
        instant = datetime.datetime.fromisoformat(text.upper())
        if instant.tzinfo is not None:
            instant.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return False
    return True


def is_date(text: str) -> bool:
    """Whether `text` is a date that exists, as in 2026-02-28."""
    try:
        return bool(_DATE.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _check(api: Api, schema: Schema, value: object, path: str, nulls: bool) -> Iterator[tuple[str, str]]:
    if value is None and nulls and path:
        return
    if "$ref" in schema:
        schema = api.schemas[schema["$ref"]]
    kind = schema["type"]
    if kind == "any":
        return
    is_bool_for_number = kind in ("integer", "number") and isinstance(value, bool)
    if not isinstance(value, _TYPES[kind]) or is_bool_for_number:
        yield path, f"Invalid value at '{path}': not of type {kind}"
    elif kind == "array":
        assert isinstance(value, list)
        for index, item in enumerate(value):
            yield from _check(api, schema["items"], item, f"{path}[{index}]", False)
    elif kind == "object":
        assert isinstance(value, dict)
        yield from _check_object(api, schema, value, path, nulls)
    else:
        yield from _check_scalar(schema, value, path)


def _check_object(
    api: Api, schema: Schema, value: dict[str, Any], path: str, nulls: bool
) -> Iterator[tuple[str, str]]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    for name, item in value.items():
        below = f"{path}.{name}" if path else name
        if name in properties:
            yield from _check(api, properties[name], item, below, nulls)
        elif others is not None:
            yield from _check(api, others, item, below, nulls)
        else:
            where = f" at '{path}'" if path else ""
            yield (
                below,
                f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.',
            )


def _check_scalar(schema: Schema, value: Any, path: str) -> Iterator[tuple[str, str]]:
    form = schema.get("format")
    if "enum" in schema and value not in schema["enum"]:
        yield path, f"Invalid value at '{path}': \"{value}\""
    elif form is not None and not _has_format(form, value):
        yield path, f"Invalid value at '{path}' ({form}): {value!r:.100}"


def _has_format(form: str, value: Any) -> bool:
    if form in _RANGES:
        low, high = _RANGES[form]
        # 64-bit integers travel as strings.
        text = str(value)
        return bool(re.fullmatch(r"-?\d{1,20}", text, re.ASCII)) and low <= int(text) <= high
    if form == "date-time":
        return is_date_time(value, needs_offset=False)
    if form == "date":
        return is_date(value)
    if form == "byte":
        return decode_bytes(value) is not None
    return True


def decode_bytes(text: str) -> bytes | None:
    """The bytes of base64 in either alphabet, padded or not, or None."""
    if not re.fullmatch(r"[A-Za-z0-9+/_-]*={0,2}", text, re.ASCII):
        return None
    stripped = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(stripped + "=" * (-len(stripped) % 4), validate=True)
    except binascii.Error:
        return None
