"""Partial responses: the language of the `fields` parameter.

https://developers.google.com/workspace/calendar/api/guides/performance#partial-response
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.errors import bad_request

if TYPE_CHECKING:
    from admitone.fakegoogle.api.discovery import Api, Schema

Selection = dict[str, "Selection"]  # an empty selection selects everything below

_TOKEN = re.compile(r"[A-Za-z0-9_*-]+|[(),/]")


def select(api: Api, response: str, fields: str, value: dict[str, Any]) -> dict[str, Any]:
    """Only the `fields` of `value`, whose schema is `response`. Raises `ApiError` (400) for unknown names."""
    selection = _parse(fields)
    _check(api, {"$ref": response}, selection)
    selected = _apply(selection, value)
    assert isinstance(selected, dict)
    return selected


def _parse(fields: str) -> Selection:
    tokens = _TOKEN.findall(fields)
    if "".join(tokens) != fields or not tokens:
        raise _invalid(fields)
    selection = _parse_list(tokens, fields)
    if tokens:
        raise _invalid(fields)
    return selection


def _parse_list(tokens: list[str], fields: str) -> Selection:
    """Parse `a,b/c,d(e,f)`, and remove the tokens that were read."""
    selection: Selection = {}
    while True:
        inner = selection
        while True:
            if not tokens or tokens[0] in "(),/":
                raise _invalid(fields)
            inner = inner.setdefault(tokens.pop(0), {})
            if not tokens or tokens[0] != "/":
                break
            tokens.pop(0)
        if tokens and tokens[0] == "(":
            tokens.pop(0)
            inner.update(_parse_list(tokens, fields))
            if not tokens or tokens.pop(0) != ")":
                raise _invalid(fields)
        if not tokens or tokens[0] != ",":
            return selection
        tokens.pop(0)


def _check(api: Api, schema: Schema, selection: Selection) -> None:
    if "$ref" in schema:
        schema = api.schemas[schema["$ref"]]
    if schema["type"] == "array":
        return _check(api, schema["items"], selection)
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    for name, below in selection.items():
        known = list(properties.values()) if name == "*" else [properties.get(name, others)]
        for one in known:
            if one is None:
                raise _invalid(name)
            if below:
                _check(api, one, below)
    return None


def _apply(selection: Selection, value: Any) -> Any:
    if not selection:
        return value
    if isinstance(value, list):
        return [_apply(selection, item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _apply(selection.get(name, selection.get("*", {})), item)
        for name, item in value.items()
        if name in selection or "*" in selection
    }


def _invalid(fields: str) -> Exception:
    return bad_request(f"Invalid field selection {fields}", reason="invalidParameter", location="fields")
