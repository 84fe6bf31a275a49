"""The files that run Admit One somewhere, read by the tests that check them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import msgspec

from admitone.config import Config

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))
FILES = [
    ROOT / "Dockerfile",
    ROOT / "compose.yaml",
    *sorted(path for path in DEPLOY.rglob("*") if path.is_file()),
]


def names_of_settings() -> set[str]:
    """Every environment variable that Admit One reads."""
    return {name for setting in Config({}).declared() for name in setting.names()}


def compose() -> Any:
    """compose.yaml, with its merge keys carried out and its variables as they stand."""
    return msgspec.yaml.decode((ROOT / "compose.yaml").read_bytes())


def filled_in(text: str, **variables: str) -> str:
    """A text of compose.yaml with its variables put in, or their defaults."""
    return re.sub(
        r"\$\{(\w+)(?::[-?]([^}]*))?\}", lambda found: variables.get(found[1], found[2] or ""), text
    )


def manifests() -> list[Any]:
    """The objects of deploy/kubernetes."""
    return [
        msgspec.yaml.decode(part)
        for file in MANIFESTS
        for part in re.split(r"^---$", file.read_text(), flags=re.MULTILINE)
    ]


def of_kind(kind: str) -> dict[str, Any]:
    """The objects of a kind, by name."""
    return {one["metadata"]["name"]: one for one in manifests() if one["kind"] == kind}


def unit(path: Path) -> dict[str, list[str]]:
    """The values of each name in a unit file, in order."""
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        name, is_one, value = line.partition("=")
        if is_one and line[0] != "#":
            found.setdefault(name, []).append(value)
    return found


def commands_of_valkey() -> dict[str, list[str]]:
    """How compose.yaml and the manifests start Valkey: the arguments of the program."""
    [container] = of_kind("StatefulSet")["admitone-valkey"]["spec"]["template"]["spec"]["containers"]
    return {
        "compose.yaml": shlex.split(filled_in(compose()["services"]["valkey"]["command"]))[1:],
        "kubernetes": container["args"],
    }
