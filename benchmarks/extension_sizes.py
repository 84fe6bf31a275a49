"""How much script the extension loads into a frame of Gmail, step by step: bytes, comments left out.

The files are those that the browser loads: imports are followed from the manifest's content script on.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ROOT = Path(__file__).parents[1]
_READER = Path(__file__).parent / "extension_files.mjs"
LANGUAGE = "de"
"""The reader's language: of those written in ASCII nearly alone, the one with the longest texts."""

_GMAIL = "extension/gmail"
START = f"{_GMAIL}/loader.js"
PRESS = f"{_GMAIL}/press.js"
PANEL = f"{_GMAIL}/panel/panel.js"
QUICK_INSERT = f"{_GMAIL}/quick_insert.js"
ACTIONS = f"{_GMAIL}/panel/actions.js"

MOST_BEFORE_PRESS = 15_000
MOST_WITH_PANEL = 50_000
MOST_OF_A_PART = 12_000
MOST_OF_ACTIONS = 17_500
"""What makes and inserts a link: it is loaded when one is inserted, before it is made."""


class Step(msgspec.Struct, frozen=True):
    """What is loaded then. `most` is the limit on `bytes`."""

    name: str
    files: frozenset[str]
    bytes: int
    most: int


def steps() -> list[Step]:
    """The steps of a frame. Each of the first three has all files so far; a part has only its own.

    A part is loaded when the panel needs it first, such as the choice of times.
    """
    files = _read()
    watcher = _together(files, [START])
    button = watcher | _together(files, _later(files, watcher))
    panel = button | _together(files, [PRESS, PANEL])
    parts = sorted(_all_later(files, panel))
    named = {
        "frame without a compose": (watcher, MOST_BEFORE_PRESS),
        "before the button is pressed": (button, MOST_BEFORE_PRESS),
        "with the panel": (panel, MOST_WITH_PANEL),
        "with a quick insert": (button | _together(files, [PRESS, QUICK_INSERT]), MOST_WITH_PANEL),
        **{
            Path(part).stem: (
                _together(files, [part]) - panel,
                MOST_OF_ACTIONS if part == ACTIONS else MOST_OF_A_PART,
            )
            for part in parts
        },
    }
    return [
        Step(name, frozenset(found), sum(files[file]["bytes"] for file in found), most)
        for name, (found, most) in named.items()
    ]


def _read() -> Mapping[str, Any]:
    """By file: its bytes, the files that are loaded together with it, and those that it may load later."""
    node = shutil.which("node") or "node"
    output = subprocess.run([node, _READER, LANGUAGE, START], cwd=_ROOT, check=True, capture_output=True)
    found: Mapping[str, Any] = msgspec.json.decode(output.stdout)
    return found


def _together(files: Mapping[str, Any], entries: Iterable[str]) -> set[str]:
    """The files that are loaded if these are."""
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += files[file]["at_once"]
    return found


def _all_later(files: Mapping[str, Any], panel: set[str]) -> set[str]:
    """The entries of all parts that the panel may load, also those that its parts may load."""
    found: set[str] = set()
    loaded = panel
    while new := _later(files, loaded) - found - panel:
        found |= new
        loaded = _together(files, new)
    return found


def _later(files: Mapping[str, Any], loaded: set[str]) -> set[str]:
    """The files that these may load later, without what a press of the button loads."""
    return {later for file in loaded for later in files[file]["later"]} - {PRESS, PANEL, QUICK_INSERT}
