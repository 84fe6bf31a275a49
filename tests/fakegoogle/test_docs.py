"""docs/fakegoogle.md describes every control, fault and account, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from admitone.fakegoogle import demo
from admitone.fakegoogle.control.endpoints import ROUTES
from admitone.fakegoogle.control.faults import Kind

TEXT = (Path(__file__).parents[2] / "docs" / "fakegoogle.md").read_text()


def test_every_control_is_described() -> None:
    rows = re.findall(r"^\| `([a-z/-]+)`(?: \((GET|DELETE)\))? \|.*\|.*\|$", TEXT, re.MULTILINE)
    described = {(method or "POST", f"/_control/{path}") for path, method in rows if not _is_kind(path)}
    assert described == {(route.method, route.path) for route in ROUTES}


def test_every_kind_of_fault_is_described() -> None:
    table = TEXT[TEXT.index("| Kind | |") :]
    names = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert names == {f"`{kind}`" for kind in get_args(Kind)}


def test_every_account_is_described() -> None:
    for account in demo.ACCOUNTS:
        assert f"| `{account.email}` | {account.name} |" in TEXT


def _is_kind(name: str) -> bool:
    return name in get_args(Kind)
