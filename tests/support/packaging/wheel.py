"""A wheel of this source, and an environment that holds nothing of ours but that wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "server" / "admitone"
BESIDE = ("pyproject.toml", "README.md", "LICENSE")


def source_files() -> set[str]:
    """The paths of the package's files, relative to `server`; `web/guides` is a link, which is followed."""
    guides = SOURCE / "web" / "guides"
    return {
        path.relative_to(SOURCE.parent).as_posix()
        for path in (*SOURCE.rglob("*"), *guides.glob("*.md"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def build_wheel(folder: Path) -> Path:
    """Build a wheel with the setuptools of this environment, from a copy: it writes beside the source."""
    tree = folder / "source"
    shutil.copytree(SOURCE, tree / "server" / "admitone", ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, tree / name)
    dist = folder / "dist"
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(dist), str(tree))
    [wheel] = dist.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel; returns its `admitone`.

    The packages that it depends on are those of this environment. Its `.pth` files are not followed, so that
    the source, which is installed by one, is nowhere on the path.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    _pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return folder / "bin" / "admitone"


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
