"""`python -m benchmarks [NAME …]`: runs this folder's benchmarks, all or those named, and prints figures.

A benchmark is a module with `measure()`, plain or async, which returns its rows.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from importlib import import_module
from pathlib import Path

import msgspec


def main(names: list[str]) -> None:
    """Run and print, one module after the other."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__main__")
    for name in names or found:
        measure = getattr(import_module(f"benchmarks.{name}"), "measure", None)
        if measure is None:
            continue
        print(f"\n{name}")
        rows = asyncio.run(measure()) if inspect.iscoroutinefunction(measure) else measure()
        for row in rows:
            print("  ", *(f"{field}={value}" for field, value in msgspec.structs.asdict(row).items()))


if __name__ == "__main__":
    main(sys.argv[1:])
