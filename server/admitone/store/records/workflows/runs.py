"""Runs of workflows: a small hash each, whose values stay within 64 bytes so that the hash stays packed.

Many runs wait at once, so the names of fields are short, and what follows from the version is not stored. An
entry of the history is one field: `h<number>` is `<position><status letter><seconds since the entering>`,
with the reason after a blank. `l<position>` is the link that the step at this position made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from admitone.domain.workflows.run import Run, RunEntry
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import KeptMessage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from admitone.domain.workflows.run import EntryStatus, RunStatus, Why
    from admitone.store.store import Store

FIELDS: Final[Mapping[str, str]] = {
    "workflow": "w",
    "version": "v",
    "contact": "c",
    "position": "p",
    "depth": "d",
    "entered_at": "at",
    "begun_at": "b",
    "until": "u",
    "link": "tl",
    "booking": "tb",
    "before": "pr",
    "why": "y",
    "waits_for": "wf",
}
"""The names of fields in Redis whose values are texts or numbers as they are."""
NUMBERS: Final = frozenset({"version", "position", "depth", "entered_at", "begun_at", "until"})
MAILED, OPENED, BOOKED = "m", "o", "k"
CAUSE = "x"
STATUSES: Final[Mapping[str, RunStatus]] = {
    "w": "waiting",
    "r": "running",
    "d": "done",
    "f": "failed",
    "x": "stopped",
}
LETTERS: Final = {status: letter for letter, status in STATUSES.items()}
OUTCOMES: Final[Mapping[str, EntryStatus]] = {"d": "done", "s": "skipped", "f": "failed"}
_ENTRY = re.compile(r"(\d+)([dsf])(\d+)(?: (\w+))?")
AT_ONCE = 100


class Cause(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a run failed: a sentence, and its message."""

    text: str
    said: KeptMessage | None = None


_cause = msgspec.json.Decoder(Cause)


def contact_field(workflow: str) -> str:
    """The field of a contact's hash that names the contact's latest run of a workflow."""
    return f"w:{workflow}"


def run_fields(run: Run) -> list[str]:
    """The names and values of a new run's hash, alternating."""
    return ["s", LETTERS[run.status], *changed_fields(msgspec.structs.asdict(run))[0]]


def changed_fields(changes: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What to write and what to remove for new values of a run's attributes among `FIELDS`."""
    found: dict[str, Any] = {FIELDS[name]: value for name, value in changes.items() if name in FIELDS}
    is_absent = {
        name for name, value in found.items() if value is None or value == "" or (name, value) == ("d", 0)
    }
    written = [part for name, value in found.items() if name not in is_absent for part in (name, str(value))]
    return written, sorted(is_absent)


def entry_field(number: int, entry: RunEntry, entered_at: int) -> list[str]:
    """The name and the value of one entry of the history."""
    why = f" {entry.why}" if entry.why else ""
    return [f"h{number}", f"{entry.position}{entry.status[0]}{entry.at - entered_at}{why}"]


def cause_text(text: str, said: KeptMessage | None) -> str:
    """The field of a failed run that says why."""
    return msgspec.json.encode(Cause(text, said)).decode()


def read_run(run: str, pairs: Any) -> Run | None:
    """The run in the answer of HGETALL, or None if there is none."""
    fields = {name: value.decode() for name, value in text_map(pairs).items()}
    if "s" not in fields:
        return None
    known: dict[str, Any] = {
        name: int(fields[short]) if name in NUMBERS else fields[short]
        for name, short in FIELDS.items()
        if short in fields
    }
    cause = _cause.decode(fields[CAUSE]) if CAUSE in fields else Cause("")
    return Run(
        id=run,
        status=STATUSES[fields["s"]],
        moves=int(fields.get("n", "0")),
        links={int(name[1:]): value for name, value in fields.items() if re.fullmatch(r"l\d+", name)},
        history=tuple(_history(fields, known["entered_at"])),
        cause=cause.text,
        said=cause.said,
        is_mailed=MAILED in fields,
        is_opened=OPENED in fields,
        is_booked=BOOKED in fields,
        **known,
    )


async def read_runs(store: Store, workspace: str, ids: Sequence[str]) -> list[Run]:
    """The runs with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    answers = await store.send(*(Command(("HGETALL", keys.run(run))) for run in ids))
    found = (read_run(run, pairs) for run, pairs in zip(ids, answers, strict=True))
    return [run for run in found if run is not None]


async def latest_runs(store: Store, workspace: str, contact: str) -> dict[str, str]:
    """The contact's latest run of each workflow, by the workflow's id."""
    [pairs] = await store.send(Command(("HGETALL", store.keys(workspace).contact(contact))))
    return {
        name.removeprefix("w:"): value.decode()
        for name, value in text_map(pairs).items()
        if name.startswith("w:")
    }


async def read_contact_runs(
    store: Store, workspace: str, contact: str, most: int | None = AT_ONCE
) -> list[Run]:
    """The runs of a contact, the newest first; of each workflow the last `most`, or all."""
    wanted = list((await latest_runs(store, workspace, contact)).values())
    found: list[Run] = []
    depth = 0
    while wanted and depth != most:
        runs = await read_runs(store, workspace, wanted)
        found += runs
        wanted = [run.before for run in runs if run.before is not None]
        depth += 1
    return sorted(found, key=lambda run: run.entered_at, reverse=True)


async def runs_at_booking(store: Store, workspace: str, booking: str) -> list[str]:
    """The runs that wait for the start or the end of a booking."""
    [members] = await store.send(Command(("ZRANGE", store.keys(workspace).booking_runs(booking), 0, -1)))
    return [member.decode() for member in members]


def _history(fields: Mapping[str, str], entered_at: int) -> Iterator[RunEntry]:
    number = 0
    while (text := fields.get(f"h{number}")) is not None:
        match = _ENTRY.fullmatch(text)
        if match is None:
            raise ValueError(f"the history of a run is malformed: {text}")
        why = cast("Why", match[4] or "")
        yield RunEntry(int(match[1]), OUTCOMES[match[2]], entered_at + int(match[3]), why)
        number += 1
