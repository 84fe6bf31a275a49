"""A case for `admitone slots` with one host, open from 9 to 11 on a Monday, and functions that run it."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from admitone.commands.slots import slots_command

HOST: dict[str, Any] = {"id": "ann", "timezone": "UTC", "weekly": {"mon": [["09:00", "11:00"]]}}
CASE: dict[str, Any] = {
    "now": "2026-03-01T00:00:00Z",
    "from": "2026-03-02T00:00:00Z",
    "to": "2026-03-03T00:00:00Z",
    "event_type": {"duration_minutes": 30},
    "hosts": [HOST],
}


def invoke(document: object, *options: str) -> Result:
    """Run the command with the document as its standard input."""
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    return CliRunner().invoke(slots_command, ["-", *options], input=text)


def answer(document: object, *options: str) -> Any:
    """What the command prints for a document that it accepts."""
    result = invoke(document, *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def starts(document: object) -> list[str]:
    """The times of the offered slots, as `HH:MM`."""
    return [slot["start"][11:16] for slot in answer(document)["slots"]]


def host(name: str, **fields: object) -> dict[str, object]:
    """A host with the hours of HOST, unless `fields` says otherwise."""
    return HOST | {"id": name} | fields


def with_event_type(**fields: object) -> dict[str, object]:
    """CASE with these fields of its event type."""
    return CASE | {"event_type": CASE["event_type"] | fields}
