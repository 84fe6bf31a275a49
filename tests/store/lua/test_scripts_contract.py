"""Header, body, codes and typed functions of every script agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from admitone.store.codes import Code
from admitone.store.redis.scripts import load_scripts
from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import record_call
from tests.support.store.script_headers import LUA, read_script, script_names

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer
    from tests.support.store.script_cases.case import Case

SCRIPTS = script_names()
TYPES: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "positive": int,
    "string": str,
    "id": str,
    "table": (list, dict),
    "array": list,
    "ids": list,
    "pairs": list,
    "strings": list,
    "boolean": bool,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_uses_every_key(name: str) -> None:
    script = read_script(name)
    for key in script.keys:
        assert re.search(rf"\b{key.name}\b", script.body), key.name


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_takes_keys_and_arguments_from_the_header_alone(name: str) -> None:
    script = read_script(name)
    assert not re.search(r"\b(KEYS|ARGV|expect_keys|arguments)\b", script.body)
    assert set(re.findall(r"\bargs\.(\w+)", script.body)) <= set(script.arguments)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_body_uses_every_argument(name: str) -> None:
    script = read_script(name)
    reached = "".join(script.reached(script.body).values())
    for argument in script.arguments:
        assert re.search(rf"\bargs\.{argument}\b", script.body + reached), argument


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
    for include in re.findall(r"^-- include: (\w+)$", script.source, re.MULTILINE):
        functions = re.findall(
            r"^local function (\w+)", (LUA / "include" / f"{include}.lua").read_text(), re.MULTILINE
        )
        assert set(functions) & set(reached), include


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_key_is_put_together_inside_a_script(name: str) -> None:
    script = read_script(name)
    for text in (script.body, *script.functions.values()):
        for key in re.findall(r"redis\.call\('\w+'(?:, '(?:STREAM|DELCONSUMER)')?, ([^,)]+)", text):
            assert re.fullmatch(r"[a-z_]+(\[\w+\])?", key), key


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


def test_the_digest_is_what_redis_calls_the_script_by(redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        for script in load_scripts().values():
            assert client.script_load(script.text) == script.sha
