"""Query and path parameters: read as the discovery document declares them, refused as Google refuses them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.schema import is_date_time
from admitone.fakegoogle.errors import ApiError, bad_request, invalid_argument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.fakegoogle.api.discovery import Match, Parameter

UPLOAD_PARAMETERS = frozenset(("uploadType", "upload_protocol"))


def read_parameters(match: Match, query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The parameters by name, converted to their types, with defaults; a repeated parameter is a list."""
    declared = match.method.parameters
    given: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in query:
        given[name].append(value)
    values: dict[str, Any] = dict(match.path_values)
    for name, parameter in declared.items():
        if parameter.location == "query" and parameter.default is not None and name not in given:
            values[name] = _value(parameter, parameter.default)
    for name, texts in given.items():
        if name in UPLOAD_PARAMETERS and match.is_upload:
            values[name] = texts[0]
            continue
        known = declared.get(name)
        if known is None or known.location != "query":
            raise invalid_argument(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
                f" Field '{name}' could not be found in request message.",
                field=name,
            )
        if len(texts) > 1 and not known.repeated:
            raise _invalid(known, ", ".join(texts))
        converted = [_value(known, text) for text in texts]
        values[name] = converted if known.repeated else converted[0]
    if values["alt"] != "json":
        raise bad_request(f"Invalid value '{values['alt']}'.", reason="invalidParameter", location="alt")
    return values


def _value(parameter: Parameter, text: str) -> Any:
    if parameter.type == "boolean":
        if text not in ("true", "false"):
            raise _invalid(parameter, text)
        return text == "true"
    if parameter.type == "integer":
        return _integer(parameter, text)
    if parameter.enum and text not in parameter.enum:
        raise _invalid(parameter, text)
    if parameter.format == "date-time" and not is_date_time(text):
        raise bad_request("Bad Request", reason="badRequest", location=parameter.name)
    return text


def _integer(parameter: Parameter, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,10}", text, re.ASCII):
        raise _invalid(parameter, text)
    number = int(text)
    low = parameter.minimum if parameter.minimum is not None else -(2**31)
    high = parameter.maximum if parameter.maximum is not None else 2**31 - 1
    if not low <= number <= high:
        raise bad_request(
            f"Invalid value '{number}'. Values must be within the range: [{low}, {high}]",
            reason="invalidParameter",
            location=parameter.name,
        )
    return number


def _invalid(parameter: Parameter, text: str) -> ApiError:
    return bad_request(f"Invalid value '{text}'.", reason="invalidParameter", location=parameter.name)
