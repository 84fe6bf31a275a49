"""Header, body, codes and typed functions of every script agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from admitone.store.codes import Code
from admitone.store.redis.scripts import ScriptError, load_scripts
from tests.support.store.script_cases import CASES, Case, record_call
from tests.support.store.script_headers import LUA, read_script, script_names

if TYPE_CHECKING:
    from pathlib import Path

    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer

SCRIPTS = script_names()
TYPES: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "string": str,
    "table": (list, dict),
    "boolean": bool,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_header_numbers_its_keys_in_order(name: str) -> None:
    keys = read_script(name).keys
    assert [key.number for key in keys] == list(range(1, len(keys) + 1))
    assert not any(key.is_last for key in keys[:-1])


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_names_its_keys_as_the_header_does(name: str) -> None:
    script = read_script(name)
    named = [key.variable for key in script.keys if not key.is_last]
    unpack = rf"unpack\(KEYS(?:, 1, {len(named)})?\)|KEYS\[1\]"
    unpacked = re.search(rf"^local ([a-z_, ]+) = (?:{unpack})$", script.body, re.MULTILINE)
    assert unpacked
    assert unpacked[1].split(", ") == named
    first = re.search(r"^local FIRST_\w+ = (\d+)$", script.body, re.MULTILINE)
    assert ([int(first[1])] if first else []) == [key.number for key in script.keys if key.is_last]


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_counts_its_keys(name: str) -> None:
    script = read_script(name)
    more = any(key.is_last for key in script.keys)
    count = r"FIRST_[A-Z]+ - 1 \+ #[a-z.]+" if more else str(len(script.keys))
    assert re.search(rf"^expect_keys\({count}\)$", script.before_writes, re.MULTILINE)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_uses_every_key(name: str) -> None:
    script = read_script(name)
    for key in script.keys:
        wanted = r"KEYS, FIRST_|KEYS\[FIRST_" if key.is_last else rf"\b{key.variable}\b"
        assert len(re.findall(wanted, script.body)) > (0 if key.is_last else 1), key.name


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_takes_the_arguments_of_the_header(name: str) -> None:
    script = read_script(name)
    assert script.arguments
    assert script.shape == script.arguments
    for argument in script.arguments:
        assert re.search(rf"\bargs\.{argument}\b", script.body), argument


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_answers_the_codes_of_the_header(name: str) -> None:
    script = read_script(name)
    assert len(set(script.codes)) == len(script.codes)
    assert script.codes_answered() == set(script.codes)


def test_every_code_is_answered_by_a_script() -> None:
    assert {code for name in SCRIPTS for code in read_script(name).codes} == {code.name for code in Code}


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_include_is_there_because_it_is_used(name: str) -> None:
    script = read_script(name)
    reached = script.reached(script.body)
    for include in re.findall(r"^-- include: (\w+)$", (LUA / f"{name}.lua").read_text(), re.MULTILINE):
        functions = re.findall(
            r"^local function (\w+)", (LUA / "include" / f"{include}.lua").read_text(), re.MULTILINE
        )
        assert set(functions) & set(reached), include


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_key_is_put_together_inside_a_script(name: str) -> None:
    script = read_script(name)
    for text in (script.body, *script.functions.values()):
        for key in re.findall(r"redis\.call\('\w+'(?:, '(?:STREAM|DELCONSUMER)')?, ([^,)]+)", text):
            assert re.fullmatch(r"[a-z_]+|KEYS\[[\w +-]+\]", key), key


def test_every_script_has_a_typed_function_that_the_tests_call() -> None:
    assert {case.script for case in CASES} == set(SCRIPTS)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_the_typed_function_passes_what_the_header_names(
    case: Case, redis: Redis, redis_server: RedisServer
) -> None:
    script = read_script(case.script)
    call = await record_call(case, redis_server)
    assert set(call.arguments) <= set(script.arguments)
    needed = {name for name, kind in script.arguments.items() if not kind.endswith("?")}
    assert needed <= set(call.arguments)
    for name, value in call.arguments.items():
        assert isinstance(value, TYPES[script.arguments[name].rstrip("?")]), name


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_script_touches_only_keys_that_it_was_given_all_in_one_slot(
    case: Case, redis: Redis, redis_server: RedisServer
) -> None:
    call = await record_call(case, redis_server)
    touched = {words[2] if words[0] in {b"XINFO", b"XGROUP"} else words[1] for words in call.told}
    assert touched <= {key.encode() for key in call.keys}
    assert len({key[key.index("{") : key.index("}")] for key in call.keys}) == 1


@pytest.mark.parametrize("script", SCRIPTS)
async def test_the_cases_pass_every_argument_that_may_be_missing(
    script: str, redis: Redis, redis_server: RedisServer
) -> None:
    passed: set[str] = set()
    for case in CASES:
        if case.script == script:
            await redis.flushdb()
            passed |= set((await record_call(case, redis_server)).arguments)
    assert passed == set(read_script(script).arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "include").mkdir()
    _write(tmp_path, "include/one", "-- include: two\nlocal one = two + 1")
    _write(tmp_path, "include/two", "local two = 2")
    return tmp_path


def test_an_include_is_put_in_once_before_those_that_need_it(folder: Path) -> None:
    _write(folder, "count", "-- include: two\n-- include: one\nreturn one")
    [text] = [script.text for script in load_scripts(folder).values()]
    assert text.count("local two") == text.count("local one") == 1
    assert text.index("local two") < text.index("local one") < text.index("return")


def test_every_code_is_a_constant_in_lua(folder: Path) -> None:
    _write(folder, "nothing", "return OK")
    head = load_scripts(folder)["nothing"].text.partition("\n")[0]
    names, _, values = head.removeprefix("local ").partition(" = ")
    assert dict(zip(names.split(", "), values.split(", "), strict=True)) == {
        code.name: str(int(code)) for code in Code
    }


def test_a_missing_include_fails_loudly(folder: Path) -> None:
    _write(folder, "count", "-- include: three")
    with pytest.raises(ScriptError, match=r"count\.lua includes three\.lua, which is not there"):
        load_scripts(folder)


def test_a_cycle_of_includes_fails_loudly(folder: Path) -> None:
    _write(folder, "include/two", "-- include: one")
    _write(folder, "count", "-- include: one")
    with pytest.raises(ScriptError, match=r"count\.lua includes itself by way of one, two"):
        load_scripts(folder)


def test_the_digest_is_what_redis_calls_the_script_by(redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        for script in load_scripts().values():
            assert client.script_load(script.text) == script.sha


def _write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.lua").write_text(f"{text}\n")
