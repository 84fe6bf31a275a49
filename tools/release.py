"""Make all files of a release from the last commit, in `dist/`: `make release`.

The same commit gives the same bytes: files come from git and not from the working tree, and times are that of
the commit. The wheel is compressed by Python's zlib, so its bytes also depend on that; nothing else is
compressed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from tools.sbom import bill_of_materials

ROOT = Path(__file__).parents[1]
IMAGE = re.compile(
    r"\.dockerignore|Dockerfile|LICENSE|README\.md|compose\.yaml|pyproject\.toml|requirements\.lock"
    r"|docs/[^/]+\.md|(?:deploy|server)/.+"
)
"""The files from which the image is built, and those with which it is run."""
SUMS = "SHA256SUMS"


def release(dist: Path, commit: str = "HEAD") -> list[Path]:
    """Write the files of a release into the folder `dist`, which is created if needed; return their paths.

    Raises CalledProcessError if git does not know the commit, or the wheel cannot be built.
    """
    commit = _git("rev-parse", "--verify", f"{commit}^{{commit}}").decode().strip()
    epoch = int(_git("log", "-1", "--format=%ct", commit))
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "admitone")
        with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", commit))) as files:
            files.extractall(tree, filter="data")
        version = tomllib.loads((tree / "pyproject.toml").read_text())["project"]["version"]
        made = [
            _image(tree, dist / f"admitone-{version}-image.tar", epoch),  # before others write into the tree
            _wheel(tree, dist, epoch),
            *_extension(tree, dist),
            _bill(tree, dist / f"admitone-{version}.cdx.json", version, commit, epoch),
        ]
    sums = dist / SUMS
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(made)]
    sums.write_text("".join(lines))
    return [*made, sums]


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603, S607


def _wheel(tree: Path, dist: Path, epoch: int) -> Path:
    made = tree.parent / "wheel"
    options = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation")
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", made, tree],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"},
        umask=0o022,  # setuptools writes the permissions of the files that it makes into the wheel
    )
    [wheel] = made.iterdir()
    return Path(shutil.copy(wheel, dist))


def _extension(tree: Path, dist: Path) -> list[Path]:
    subprocess.run([sys.executable, tree / "tools/pack_extension.py"], check=True, stdout=subprocess.PIPE)  # noqa: S603
    return [Path(shutil.copy(packed, dist)) for packed in sorted((tree / "dist").iterdir())]


def _image(tree: Path, archive: Path, epoch: int) -> Path:
    """A tar of what `docker build` reads: `docker build - < admitone-VERSION-image.tar`."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = epoch
        return entry

    names = sorted(
        path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_symlink() or path.is_file()
    )
    with tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as packed:
        for name in names:
            if IMAGE.fullmatch(name):
                packed.add(tree / name, name, filter=plain)
    return archive


def _bill(tree: Path, file: Path, version: str, commit: str, epoch: int) -> Path:
    lock = (tree / "requirements.lock").read_text()
    file.write_text(bill_of_materials(lock, version, commit, datetime.fromtimestamp(epoch, UTC)))
    return file


if __name__ == "__main__":
    for path in release(ROOT / "dist"):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
