"""Generators understand the whole description of the API: they warn of nothing and leave no call out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from admitone.web.openapi.operation import api_call
from admitone.web.routes import ROUTES
from tests.support.clients.generated import COMPILER, GENERATORS

if TYPE_CHECKING:
    from pathlib import Path

CALLS = {call.id: call for route in ROUTES if (call := api_call(route.handler))}


def test_generators_warn_of_nothing(clients: Path) -> None:
    printed = (clients / GENERATORS).read_text()
    assert "Generating" in printed
    assert "openapi-typescript" in printed
    assert not re.search(r"warn|error|omitted|⚠|✘", printed, re.IGNORECASE), printed


def test_the_strict_compiler_accepts_the_types_and_their_use(clients: Path) -> None:
    assert (clients / COMPILER).read_text() == ""


def test_every_call_is_a_function_in_python(clients: Path) -> None:
    modules = list(clients.glob("admit-one-client/admit_one_client/api/*/[!_]*.py"))
    assert {module.stem for module in modules} == CALLS.keys()
    for module in modules:
        call, text = CALLS[module.stem], module.read_text()
        assert "\ndef sync_detailed(" in text
        assert f"response.status_code == {call.status}:" in text, module
        assert ("body: " in text) == bool(call.body or call.patch), module


def test_every_call_is_an_operation_in_typescript(clients: Path) -> None:
    text = (clients / "admit-one.d.ts").read_text()
    _, _, operations = text.partition("export interface operations {\n")
    assert set(re.findall(r"^    (\w+): \{$", operations, re.MULTILINE)) == CALLS.keys()


def test_every_record_in_typescript_can_have_fields(clients: Path) -> None:
    assert ": Record<string, never>" not in (clients / "admit-one.d.ts").read_text()
