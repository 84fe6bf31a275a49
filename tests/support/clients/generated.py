"""The clients that the guide's commands generate, in a folder like that of a user's project."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "api.md"
CLIENTS = ROOT / "tests" / "clients"
PROJECT = CLIENTS / "typescript"
TSC = ROOT / "node_modules" / ".bin" / "tsc"
SECTION = "## Clients\n"


GENERATORS, COMPILER = "generators.log", "compiler.log"
"""What the guide's commands and the TypeScript compiler printed, in the folder."""


async def generate(folder: Path, url: str) -> None:
    """Make both clients in `folder` by the guide's commands, from the description at the server `url`.

    The compiler checks the scripts in TypeScript strictly, and writes what node runs even if it complains.
    """
    _make_project(folder)
    printed = await run("bash", "-euo", "pipefail", "-c", _guide("sh"), cwd=folder, BASE=url)
    complaints = await run("bash", "-c", '"$TSC" --project . || true', cwd=folder, TSC=str(TSC))
    (folder / GENERATORS).write_text(printed)
    (folder / COMPILER).write_text(complaints)


async def run(*command: str, cwd: Path, **environment: str) -> str:
    """What a command printed; it must succeed. No command may ask for packages elsewhere."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        env=os.environ | {"PATH": path, "npm_config_offline": "true"} | environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed.decode()
    return printed.decode()


def _make_project(folder: Path) -> None:
    """Copy the scripts, and link the packages that the TypeScript project names."""
    for file in (PROJECT / "package.json", PROJECT / "tsconfig.json", PROJECT / "journey.ts"):
        shutil.copy(file, folder)
    shutil.copy(CLIENTS / "python" / "journey.py", folder)
    (folder / "guide.ts").write_text(_guide("ts"))
    (folder / "guide.py").write_text(_guide("python"))
    packages = folder / "node_modules"
    for name in [".bin", *json.loads((PROJECT / "package.json").read_text())["devDependencies"]]:
        places = [place / "node_modules" / name for place in (PROJECT, ROOT)]
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).symlink_to(next(place for place in places if place.exists()))


def _guide(language: str) -> str:
    """The code of the guide's section about clients in a language."""
    section = GUIDE.read_text().partition(SECTION)[2].partition("\n## ")[0]
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL))
