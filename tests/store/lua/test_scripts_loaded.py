"""How a script is put together: its header as Lua, the codes, and what it includes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.codes import Code
from admitone.store.redis.script_header import HeaderError, parse_header, prologue
from admitone.store.redis.scripts import ScriptError, load_scripts

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """--[[
Says what it does.

KEYS
  config    hash                    the configuration
  jobs      stream
  link      hash if link            the link
  occupied  zset for each of users  their occupied time

ARGV[1]
  link   string?  an id
  users  ids      at least one,
                  and each once
  now    integer

Returns {code}
  OK
]]
"""
KEYS = {"config": "c", "jobs": "j", "link": "l", "occupied": ["o1", "o2"]}
ARGUMENTS = {"link": "id", "users": ["u1", "u2"], "now": 1}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "include").mkdir()
    (tmp_path / "links").mkdir()
    for needed in ("arguments", "keys"):
        _write(tmp_path, f"include/{needed}", f"local {needed} = 1")
    _write(tmp_path, "include/one", "-- include: two\nlocal one = two + 1")
    _write(tmp_path, "include/two", "local two = 2")
    return tmp_path


def test_the_header_becomes_checks_and_locals() -> None:
    header, body = parse_header(HEADER + "return {OK}\n")
    assert body == "return {OK}\n"
    assert prologue(header).splitlines() == [
        "local args = arguments()",
        "if args.link ~= nil then given('string', 'link', args.link) end",
        "ids('users', args.users)",
        "integer('now', args.now)",
        "local last = 2",
        "local config, jobs = unpack(KEYS, 1, last)",
        "local link",
        "if args.link ~= nil then last = last + 1 link = KEYS[last] end",
        "local occupied = keys_from(last + 1, #args.users)",
        "last = last + #args.users",
        "expect_keys(last)",
        "expect('hash', config)",
        "expect('stream', jobs)",
        "if link then expect('hash', link) end",
        "for _, key in ipairs(occupied) do expect('zset', key) end",
    ]


@pytest.mark.parametrize(
    ("was", "is_now", "told"),
    [
        ("--[[", "--", "there is no header"),
        ("KEYS\n", "Keys\n", "there must be one line KEYS"),
        ("ARGV[1]\n", "ARGV\n", "there must be one line ARGV"),
        ("Returns {code}", "Answers {code}", "there must be one line Returns"),
        ("  config    hash ", "  config    hach ", "'config    hach"),
        ("  config    hash ", "  Config    hash ", "'Config"),
        ("  config    hash ", "   config    hash ", "'config"),
        ("  config    hash  ", "  config hash  ", "'config hash"),
        ("  jobs      stream", "  config    stream", "config is named twice"),
        ("  now    integer", "  link   integer", "link is named twice"),
        ("  now    integer", "  now    number", "now is of no known kind: number"),
        ("  now    integer", "  now", "'now' cannot be read"),
        ("  OK", "  ok", "'ok' cannot be read"),
        ("  OK\n", "", "there is nothing below Returns"),
        ("  jobs ", "  end  ", "end cannot be the name of a local"),
        ("  jobs ", "  args ", "args cannot be the name of a local"),
        (
            "hash if link ",
            "hash if page ",
            "link depends on page, which is not an argument that may be missing",
        ),
        (
            "hash if link ",
            "hash if now  ",
            "link depends on now, which is not an argument that may be missing",
        ),
        ("for each of users", "for each of links", "occupied depends on links, which is not an array"),
        ("  users  ids ", "  users  ids?", "occupied depends on users, which is not an array"),
        (
            "  jobs      stream\n",
            "  jobs      stream for each of users\n",
            "keys that are always given come first",
        ),
        ("  config    hash         ", "  config    hash if link ", "keys that are always given come first"),
    ],
)
def test_a_malformed_header_is_refused(was: str, is_now: str, told: str, folder: Path) -> None:
    assert was in HEADER
    text = HEADER.replace(was, is_now, 1)
    with pytest.raises(HeaderError, match=told.replace("[", r"\[")):
        parse_header(text)
    _write(folder, "count", text)
    with pytest.raises(ScriptError, match=r"count\.lua: "):
        load_scripts(folder)


def test_keys_are_given_by_name() -> None:
    header, _ = parse_header(HEADER)
    assert header.key_list(KEYS, ARGUMENTS) == ["c", "j", "l", "o1", "o2"]


def test_redis_is_not_asked_for_the_type_of_a_key_that_is_read_or_of_any_type() -> None:
    text = HEADER.replace("config    hash       ", "config    hash read  ").replace(
        "hash if link ", "any if link  "
    )
    header, _ = parse_header(text)
    assert prologue(header).splitlines()[11:] == [
        "expect_once('hash', config)",
        "expect('stream', jobs)",
        "if link then expect_once('any', link) end",
        "for _, key in ipairs(occupied) do expect('zset', key) end",
    ]


def test_arrays_of_keys_follow_each_other() -> None:
    text = HEADER.replace("occupied time\n", "occupied time\n  pages     hash for each of users\n", 1)
    header, _ = parse_header(text)
    keys = {**KEYS, "pages": ["p1", "p2"]}
    assert header.key_list(keys, ARGUMENTS) == ["c", "j", "l", "o1", "o2", "p1", "p2"]
    assert prologue(header).splitlines()[8:13] == [
        "local occupied = keys_from(last + 1, #args.users)",
        "last = last + #args.users",
        "local pages = keys_from(last + 1, #args.users)",
        "last = last + #args.users",
        "expect_keys(last)",
    ]


@pytest.mark.parametrize("keys", [{"link": None}, {}])
def test_a_key_that_is_not_given_has_no_place(keys: dict[str, Any]) -> None:
    header, _ = parse_header(HEADER)
    keys = {name: key for name, key in KEYS.items() if name != "link"} | keys
    assert header.key_list(keys, ARGUMENTS | {"link": None}) == ["c", "j", "o1", "o2"]


@pytest.mark.parametrize(
    ("keys", "arguments"),
    [
        ({name: key for name, key in KEYS.items() if name != "jobs"}, ARGUMENTS),
        ({name: key for name, key in KEYS.items() if name != "occupied"}, ARGUMENTS),
        ({name: key for name, key in KEYS.items() if name != "link"}, ARGUMENTS),
        (KEYS | {"counts": "x"}, ARGUMENTS),
        (KEYS | {"jobs": None}, ARGUMENTS),
        (KEYS | {"jobs": ["j"]}, ARGUMENTS),
        (KEYS | {"occupied": "o1"}, ARGUMENTS),
        (KEYS, {"users": ["u1", "u2"], "now": 1}),
    ],
)
def test_other_keys_than_the_header_names_are_refused(
    keys: dict[str, Any], arguments: dict[str, Any]
) -> None:
    header, _ = parse_header(HEADER)
    with pytest.raises(TypeError):
        header.key_list(keys, arguments)


def test_scripts_are_found_in_every_folder_but_include(folder: Path) -> None:
    _write(folder, "one", HEADER)
    _write(folder, "links/two", HEADER)
    assert set(load_scripts(folder)) == {"one", "two"}


def test_two_scripts_of_one_name_fail_loudly(folder: Path) -> None:
    _write(folder, "one", HEADER)
    _write(folder, "links/one", HEADER)
    with pytest.raises(ScriptError, match=r"there are two scripts one\.lua"):
        load_scripts(folder)


def test_a_key_that_hides_a_function_fails_loudly(folder: Path) -> None:
    _write(folder, "include/two", "local function jobs() end")
    _write(folder, "one", f"{HEADER}-- include: two\nreturn {{OK}}")
    with pytest.raises(ScriptError, match="jobs is a key and a function"):
        load_scripts(folder)


def test_an_include_is_put_in_once_before_those_that_need_it(folder: Path) -> None:
    _write(folder, "count", f"{HEADER}-- include: two\n-- include: one\nreturn one")
    [text] = [script.text for script in load_scripts(folder).values()]
    assert text.count("local two") == text.count("local one") == 1
    assert text.index("local two") < text.index("local one") < text.index("return")


def test_every_code_is_a_constant_in_lua(folder: Path) -> None:
    _write(folder, "nothing", f"{HEADER}return OK")
    head = load_scripts(folder)["nothing"].text.partition("\n")[0]
    names, _, values = head.removeprefix("local ").partition(" = ")
    assert dict(zip(names.split(", "), values.split(", "), strict=True)) == {
        code.name: str(int(code)) for code in Code
    }


def test_a_missing_include_fails_loudly(folder: Path) -> None:
    _write(folder, "count", f"{HEADER}-- include: three")
    with pytest.raises(ScriptError, match=r"count\.lua includes three\.lua, which is not there"):
        load_scripts(folder)


def test_a_cycle_of_includes_fails_loudly(folder: Path) -> None:
    _write(folder, "include/two", "-- include: one")
    _write(folder, "count", f"{HEADER}-- include: one")
    with pytest.raises(ScriptError, match=r"count\.lua includes itself by way of one, two"):
        load_scripts(folder)


def _write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.lua").write_text(f"{text}\n")
