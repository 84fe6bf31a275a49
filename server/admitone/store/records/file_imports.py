"""Imports of files, and the files.

A file is one hash of sealed texts, compressed before: `about` has its names, `r<part>` the rows of one part,
`p<part>` what is wrong in them. It expires a day after it was uploaded, and parts are removed once they are
imported. What is left of an import then says nothing of a person.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import msgspec

from admitone.domain.documents import encode_value
from admitone.domain.imports.file_import import (
    KEPT_FOR,
    LISTED_FOR,
    FileImport,
    ImportedFile,
    KindName,
)
from admitone.domain.imports.file_rows import Row
from admitone.domain.imports.read_row import CellProblem
from admitone.sealing import Kept, UnsealError
from admitone.store.codes import Code
from admitone.store.records.documents import event_text, text_map
from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import KeptMessage, keep, restore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.event import Event
    from admitone.store.store import Store

T = TypeVar("T")
ABOUT = "about"
UPLOADED_WITHIN = 900
"""Seconds after which what an upload that broke off has left is gone."""
_IN_ADDRESS = r"[\w.%+'-]"
"""What belongs to a longer address: `bo@customer.test` is not in `jo.bo@customer.test`."""
NEWEST = 20
"""Imports that are listed."""


class _KeptProblem(msgspec.Struct, frozen=True, array_like=True):
    """A problem, and beside its English text what that was made of."""

    problem: CellProblem
    said: KeptMessage | None


async def keep_part(store: Store, workspace: str, import_id: str, part: int, rows: Sequence[Row]) -> None:
    """Keep one part of a file that is being uploaded. Raises StorageFull, Busy, OutcomeUnknown."""
    await _keep(store, workspace, import_id, f"r{part}", rows)


async def create_import(store: Store, workspace: str, made: FileImport, file: ImportedFile) -> Code:
    """Note an import, whose parts are kept; NOT_FOUND if they have expired."""
    await _keep(store, workspace, made.id, ABOUT, file)
    keys = store.keys(workspace)
    names = {
        "import": keys.file_import(made.id),
        "imports": _list_of(store, workspace, made.kind),
        "file": keys.imported_file(made.id),
    }
    arguments = {
        "id": made.id,
        "now": made.at,
        "fields": _fields(made),
        "listed": LISTED_FOR,
        "kept": KEPT_FOR,
    }
    return (await store.call("import_create", names, arguments)).code


async def note_import(
    store: Store,
    workspace: str,
    before: FileImport,
    after: FileImport,
    *,
    drops: Sequence[str] = (),
    problems: Sequence[CellProblem] = (),
    job: str | None = None,
    event: Event | None = None,
) -> Code:
    """Write an import that still stands where it did `before`, and remove fields of its file; else UNCHANGED.

    `problems` are those of the part at which it stood, `event` is an entry of the activity stream.
    """
    kept = [_KeptProblem(problem, keep(problem.text)) for problem in problems]
    field = f"p{before.position}"
    keys = store.keys(workspace)
    names = {
        "import": keys.file_import(before.id),
        "file": keys.imported_file(before.id),
        "jobs": keys.jobs if job else None,
        "activity": keys.activity,
    }
    arguments = {
        "from": before.state,
        "position": before.position,
        "fields": _fields(after),
        "drops": list(drops),
        "keeps": [field, _sealed(store, workspace, before.id, field, kept)] if kept else [],
        "job": job,
        "entries": [event_text(event)] if event else [],
    }
    return (await store.call("import_note", names, arguments)).code


async def read_import(store: Store, workspace: str, import_id: str) -> FileImport | None:
    """The import with this id, or None."""
    found = await read_imports(store, workspace, [import_id])
    return found[0] if found else None


async def read_imports(store: Store, workspace: str, ids: Sequence[str]) -> list[FileImport]:
    """The imports with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    answers = await store.send(*(Command(("HGETALL", keys.file_import(one))) for one in ids))
    found = [(one, text_map(answer)) for one, answer in zip(ids, answers, strict=True)]
    return [_read_fields(one, fields) for one, fields in found if fields]


async def newest_imports(store: Store, workspace: str, kind: KindName) -> list[FileImport]:
    """The newest imports of a kind, the last one first."""
    [ids] = await store.send(Command(("ZREVRANGE", _list_of(store, workspace, kind), 0, NEWEST - 1)))
    return await read_imports(store, workspace, [one.decode() for one in ids])


async def imports_with_files(store: Store, workspace: str) -> list[str]:
    """The ids of all imports whose files are still kept."""
    keys = store.keys(workspace)
    lists = (_list_of(store, workspace, kind) for kind in get_args(KindName))
    answers = await store.send(*(Command(("ZRANGE", key, 0, -1)) for key in lists))
    ids = [one.decode() for answer in answers for one in answer]
    found = await store.send(*(Command(("EXISTS", keys.imported_file(one))) for one in ids))
    return [one for one, is_kept in zip(ids, found, strict=True) if is_kept]


async def read_about(store: Store, workspace: str, import_id: str) -> ImportedFile | None:
    """The names of a file and of its columns; None if the file is gone, or cannot be opened."""
    return await _read(store, workspace, import_id, ABOUT, ImportedFile)


async def read_part(store: Store, workspace: str, import_id: str, part: int) -> list[Row] | None:
    """The rows of one part; None as above."""
    return await _read(store, workspace, import_id, f"r{part}", list[Row])


async def read_problems(store: Store, workspace: str, import_id: str, part: int) -> list[CellProblem]:
    """What is wrong in one part; nothing if the file is gone."""
    found = await _read(store, workspace, import_id, f"p{part}", list[_KeptProblem])
    return [
        msgspec.structs.replace(one.problem, text=restore(one.problem.text, one.said)) for one in found or ()
    ]


async def forget_file(store: Store, workspace: str, import_id: str) -> None:
    """Remove a file, of an upload that was refused or of an import that cannot be used any more."""
    await store.send(Command(("DEL", store.keys(workspace).imported_file(import_id))))


async def erase_from_file(store: Store, workspace: str, import_id: str, email: str) -> None:
    """Remove the rows that have an address in one of their cells, and what is said of these rows."""
    key = store.keys(workspace).imported_file(import_id)
    code = Code.MOVED
    while code is Code.MOVED:  # an import under way writes problems meanwhile
        [fields] = await store.send(Command(("HGETALL", key)))
        code = Code.OK
        for field, sealed in text_map(fields).items():
            after = _without(_open(store, workspace, import_id, field, sealed), email)
            if after is not None:
                arguments = {
                    "field": field,
                    "expected": sealed.decode(),
                    "sealed": _sealed(store, workspace, import_id, field, after),
                }
                code = max(code, (await store.call("field_reseal", {"holder": key}, arguments)).code)


def _without(text: bytes | None, email: str) -> list[Any] | None:
    """What is left of a part in which an address is; None if it is not there."""
    wanted = email.casefold()
    if text is None or wanted not in text.decode().casefold():
        return None
    part = msgspec.json.decode(text)
    if not isinstance(part, list):  # the names of the file and its columns
        return None
    found = re.compile(f"(?<!{_IN_ADDRESS}){re.escape(wanted)}(?!{_IN_ADDRESS})")
    left = [one for one in part if not _has(one, found)]
    return left if len(left) < len(part) else None


def _has(value: object, found: re.Pattern[str]) -> bool:
    """Whether a text within the value has what is looked for."""
    if isinstance(value, str):
        return found.search(value.casefold()) is not None
    return isinstance(value, list) and any(_has(one, found) for one in value)


def parts_of(made: FileImport, *, problems: bool = False) -> list[str]:
    """The fields of a file that have its rows; with `problems` all others as well."""
    rows = [f"r{part}" for part in range(made.parts)]
    return [*rows, *(f"p{part}" for part in range(made.parts)), ABOUT] if problems else rows


def _list_of(store: Store, workspace: str, kind: KindName) -> str:
    keys = store.keys(workspace)
    return keys.imports if kind == "contacts" else keys.link_imports


async def _keep(store: Store, workspace: str, import_id: str, field: str, content: Any) -> None:
    key = store.keys(workspace).imported_file(import_id)
    sealed = _sealed(store, workspace, import_id, field, content)
    await store.send(Command(("HSET", key, field, sealed)), Command(("EXPIRE", key, UPLOADED_WITHIN)))


def _sealed(store: Store, workspace: str, import_id: str, field: str, content: Any) -> str:
    text = zlib.compress(msgspec.json.encode(content, enc_hook=encode_value))
    return store.sealer.seal(Kept.IMPORT, f"{workspace}:{import_id}:{field}", text)


async def _read(store: Store, workspace: str, import_id: str, field: str, shape: type[T]) -> T | None:
    [sealed] = await store.send(Command(("HGET", store.keys(workspace).imported_file(import_id), field)))
    text = None if sealed is None else _open(store, workspace, import_id, field, sealed)
    return None if text is None else msgspec.json.decode(text, type=shape)


def _open(store: Store, workspace: str, import_id: str, field: str, sealed: bytes) -> bytes | None:
    """The JSON in a field; None if its key was removed from the settings: nobody can read it any more."""
    try:
        text = store.sealer.open(Kept.IMPORT, f"{workspace}:{import_id}:{field}", sealed.decode())
    except UnsealError:
        return None
    return zlib.decompress(text)


def _fields(made: FileImport) -> list[str]:
    document = msgspec.to_builtins(made)
    del document["id"]
    return [
        part
        for name, value in document.items()
        if value is not None
        for part in (name, msgspec.json.encode(value).decode() if name == "columns" else str(value))
    ]


def _read_fields(import_id: str, fields: dict[str, bytes]) -> FileImport:
    known: dict[str, Any] = {name: value.decode() for name, value in fields.items()}
    if "columns" in known:
        known["columns"] = msgspec.json.decode(known["columns"])
    return msgspec.convert({"id": import_id, **known}, FileImport, strict=False)
