"""The rules about who imports whom, which pyproject.toml states."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_import_keeps_the_contracts() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout


def test_config_alone_reads_the_environment() -> None:
    package = ROOT / "server" / "admitone"
    readers = [
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if "environ" in (text := file.read_text()) and ("os.environ" in text or "getenv" in text)
    ]
    assert readers == ["config.py"]
