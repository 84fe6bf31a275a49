"""Every script reads and checks first and writes then; once it writes, nothing can fail.

What `test_scripts_atomic.py` shows of the calls that it thought of, this shows of the scripts' text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import record_call
from tests.support.store.script_headers import MARKER, read_script, script_names

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer
    from tests.support.store.script_cases.case import Case

WRITES = {
    "BITFIELD": None,
    "DEL": None,
    "EXPIRE": None,
    "HDEL": "hash",
    "HINCRBY": "hash",
    "HSET": "hash",
    "LPUSH": "list",
    "LREM": "list",
    "LSET": "list",
    "LTRIM": "list",
    "RPUSH": "list",
    "SADD": "set",
    "SET": None,
    "XACK": "stream",
    "XADD": "stream",
    "XCLAIM": "stream",
    "XDEL": "stream",
    "XGROUP": "stream",
    "XTRIM": "stream",
    "ZADD": "zset",
    "ZINCRBY": "zset",
    "ZREM": "zset",
    "ZREMRANGEBYSCORE": "zset",
}
"""The commands that scripts write with, and the type that each needs; None takes any."""
READS = {
    "EXISTS",
    "GET",
    "HEXISTS",
    "HGET",
    "HLEN",
    "HMGET",
    "LPOS",
    "LRANGE",
    "SCARD",
    "SISMEMBER",
    "TYPE",
    "XINFO",
} | {
    "XPENDING",
    "XRANGE",
    "XREVRANGE",
    "ZCARD",
    "ZCOUNT",
    "ZRANGEBYLEX",
    "ZRANGEBYSCORE",
    "ZREVRANGEBYSCORE",
    "ZSCORE",
}
SAFE = {
    "call",
    "concat",
    "format",
    "ipairs",
    "min",
    "pairs",
    "pcall",
    "sub",
    "tonumber",
    "tostring",
    "unpack",
} | {
    "add_figures",
    "announce",
    "append_event",
    "charge",
    "count",
    "count_all",
    "count_contact_fields",
    "drop_from_contact",
    "forget_answer",
    "add_words",
    "join_domains",
    "list_booked",
    "note",
    "note_changes",
    "note_mail",
    "occupied_member",
    "pass_when_full",
    "publish",
    "refund",
    "relist",
    "remember",
    "remove",
    "show",
    "write_audit",
    "write_contact",
    "write_ended",
    "write_new_link",
}
"""What may be called once a script writes; each is asked for its own preconditions below."""
CHECKED = {"strings", "pairs", "ids", "ids?"}
"""The kinds of arguments that are arrays of strings."""
EVERY = pytest.mark.parametrize("name", script_names())


@EVERY
def test_a_marker_stands_before_the_first_write(name: str) -> None:
    script = read_script(name)
    assert script.source.count(MARKER) == 1
    above = [script.before_writes, *script.reached(script.before_writes).values()]
    assert {command for text in above for command in _commands(text)} <= READS


@EVERY
def test_below_the_marker_nothing_reads_and_nothing_fails(name: str) -> None:
    script = read_script(name)
    for text in (script.writes, *script.reached(script.writes).values()):
        body = re.sub(r"local function \w+", "", text)
        assert set(re.findall(r"(\w+)\s*\(", body)) - {"if", "and", "or", "function"} <= SAFE
        assert set(_commands(text)) <= set(WRITES)


@EVERY
def test_the_type_of_every_key_was_checked_before_it_is_written_to(name: str) -> None:
    script = read_script(name)
    for command, key in re.findall(r"redis\.call\('(\w+)', (?:'DELCONSUMER', )?([\w\[\]]+)", script.writes):
        kind = WRITES[command]
        assert kind is None or script.key(key).type == kind, f"{command} {key}"


@EVERY
def test_a_change_of_occupied_time_is_counted(name: str) -> None:
    """Servers remember which times they offered for as long as the number of changes is the same."""
    writes = read_script(name).writes
    if re.search(r"'Z(?:ADD|REM)', (?:occupied\[|taken)", writes):
        assert "note_changes(counts, " in writes or "count_all(counts, fields, " in writes


@EVERY
def test_what_a_shared_step_writes_to_was_checked(name: str) -> None:
    script = read_script(name)
    for key, field in re.findall(r"\bcount\((\w+), '(\w+)'", script.writes):
        assert re.search(rf"expect_counters\({key}, [^)]*'{field}'", script.before_writes), field
        assert script.key(key).type == "hash", key
    if "pass_when_full(" in script.writes:
        assert "pass_when_full(operation)" in script.writes
        assert script.key("operation").type == "string"
    if "remove(" in script.writes:
        assert "remove(jobs, args.group, args.entry)" in script.writes
        assert script.key("jobs").type == "stream"
        assert "expect_entry('entry', args.entry)" in script.before_writes
    noted = re.findall(r"note\((\w+), args\.(\w+), args\.now, args\.(\w+)\)", script.writes)
    assert len(noted) == script.writes.count("note(")
    for key, rate, member in noted:
        given = f"if args.{rate} then " if script.arguments[rate].endswith("?") else ""
        assert f"{given}note({key}, " in script.writes
        assert f"{given}expect_rate(args.{rate})" in script.before_writes
        assert (script.key(key).type, script.arguments[member]) == ("zset", "id")
    if "count_all(" in script.writes:
        assert "count_all(counts, fields, numbers)" in script.writes
        assert "local numbers = expect_counters(counts, unpack(fields))" in script.before_writes
        assert (
            "for _, user in ipairs(names) do fields[#fields + 1] = 'occupied:' .. user end"
            in script.before_writes
        )
        assert script.key("counts").type == "hash"
    for users in re.findall(r"note_changes\(counts, ([\w.]+)\)", script.writes):
        assert f"expect_changes(counts, {users})" in script.before_writes
        assert script.key("counts").type == "hash"
    if "publish(" in script.writes:
        assert "publish(jobs, activity, args.workspace, " in script.writes
        assert {script.key("jobs").type, script.key("activity").type} == {"stream"}
    if "show(" in script.writes:
        assert script.writes.count("show(activity, event, '')") == script.writes.count("show(")
        assert "for _, event in ipairs(args.entries) do show(activity, event, '') end" in script.writes
        assert (script.key("activity").type, script.arguments["entries"]) == ("stream", "strings")
    for step in re.findall(r"\b(?:charge|refund)\((\w+), ", script.writes):
        assert script.key(step).type == "zset", step
    if "write_audit(" in script.writes:
        assert "if args.audit then write_audit(audit, args.audit) end" in script.writes
        assert "if args.audit then expect_audit(args.audit) end" in script.before_writes
        assert script.key("audit").type == "stream"
    if "remember(" in script.writes:
        assert "remember(operation, args.operation, args.lifetime)" in script.writes
        assert script.key("operation").type == "string"
        assert script.arguments["lifetime"] == "positive"


@EVERY
def test_what_ends_a_booking_or_makes_a_link_was_given_what_it_writes_to(name: str) -> None:
    script = read_script(name)
    if "write_ended(" in script.writes:
        given = "history, counts, turns, args, there, changes, occupied"
        ended = re.search(rf"write_ended\(booking, '(cancelled|no_show)', {given}\)", script.writes)
        assert ended
        assert [script.key(name).type for name in ("booking", "counts", "turns")] == ["hash"] * 3
        assert (script.key("history").type, script.key("occupied").type) == ("list", "zset")
        assert script.arguments["users"] == "strings"
        for checked in (
            rf"expect_counters\(counts, '{ended[1]}'",
            rf"tallied\(turns, args.users, '{ended[1]}'\)",
            r"strings\('changes', changes, true\)",
            r"expect_changes\(counts, args\.users\)",
        ):
            assert re.search(checked, script.before_writes), checked
    if "write_new_link(" in script.writes:
        given = "links, page_links, user_links, expiring_links, link_words"
        call = re.sub(r"\s+", " ", script.writes)
        key = re.search(rf"write_new_link\(([\w\[\]]+), [^)]+, {given}\)", call)
        assert key
        assert script.key(key[1]).type == "hash"
        assert "expect_new_link(" in script.before_writes
        assert {script.key(name).type for name in given.split(", ")} == {"zset"}


@EVERY
def test_counters_of_reports_are_checked_before_they_are_added_to(name: str) -> None:
    script = read_script(name)
    if "add_figures(" in script.writes:
        assert "add_figures(counters, rows, counted)" in script.writes
        assert "counted = figures_to_add(rows, args.added)" in script.before_writes
        for keys in ("counters", "rows"):
            assert (script.key(keys).type, script.key(keys).array) == ("any", "added")
    if "join_domains(" in script.writes:
        places = ("domain_place(domains, args.domain, joining)", "joining = mark_links(")
        assert any(place in script.before_writes for place in places)
        assert script.key("domains").type == "set"


@EVERY
def test_the_lists_by_state_are_zsets_and_a_link_gets_a_place_that_was_checked(name: str) -> None:
    script = read_script(name)
    calls = re.findall(r"relist\(args\.link, (\w+), (\w+), ([^)]+)\)", script.writes)
    assert len(calls) == script.writes.count("relist(")
    if "list_booked(" in script.writes:
        assert "list_booked(args.link, open, booked_links, place)" in script.writes
        lists = "expired_links, expiring_links"
        assert f"local open = list_of_open(there.expires, there.expired, {lists})" in script.before_writes
        assert "local place = args.link and link_place(links, args.link)" in script.before_writes
        assert {script.key(key).type for key in (*lists.split(", "), "booked_links")} == {"zset"}
    for into, place, given in calls:
        assert given == "booked_links, revoked_links, expired_links, expiring_links"
        assert {script.key(key).type for key in given.split(", ")} == {"zset"}
        assert "link_place(links, args.link)" in script.before_writes
        if into == "list":
            assert "list, at = open_list(link, expires, place, expired_links, expiring_links)" in (
                script.before_writes
            )
            assert place == "at"
        elif into != "nil":
            assert (script.key(into).type, place) == ("zset", "place")
            assert re.search(r"local place = (args\.link and )?link_place\(", script.before_writes)


@EVERY
def test_what_changes_a_contact_was_checked_with_all_that_it_writes_to(name: str) -> None:
    script = read_script(name)
    if "write_contact(" not in script.writes and "drop_from_contact(" not in script.writes:
        return
    assert re.search(r"expect_contact_change\(([\w.]+), args\.tags\)", script.before_writes)
    assert "for _, tag in ipairs(args.tags) do expect_counters(contact_tags, tag) end" in script.before_writes
    assert "has_contact_moved(" in script.before_writes
    assert re.search(r"^expect_field_counts\(args\.fields\)$", script.before_writes, re.MULTILINE)
    assert "count_contact_fields(field_counts, args.fields)" in script.writes
    assert script.key("field_counts").type == "zset"
    assert script.arguments["tags"] == "strings"
    assert (script.key("tagged").type, script.key("tagged").array) == ("zset", "tags")
    assert (script.key("contact_words").type, script.key("contact_tags").type) == ("zset", "hash")
    if "write_contact(" in script.writes:
        given = "jobs, args.workspace, contacts, contact_words, contact_tags, args.tags, tagged)"
        call = re.search(r"write_contact\(([\w\[\]]+), [^)]+\)", script.writes)
        assert call
        assert re.sub(r"\s+", " ", call[0]).endswith(given)
        assert "contact_place(" in script.before_writes
        assert (script.key(call[1]).type, script.key("contacts").type) == ("hash", "zset")
        assert script.key("jobs").type == "stream"


@EVERY
def test_what_is_unpacked_into_a_write_was_checked_to_be_strings(name: str) -> None:
    script = read_script(name)
    for value in re.findall(r"unpack\(([a-z_.]+)", script.writes):
        checked = re.search(rf"strings\('\w+', {re.escape(value)}[,)]", script.before_writes)
        assert checked or script.arguments.get(value.removeprefix("args.")) in CHECKED, value


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_redis_is_told_all_writes_after_all_reads(
    case: Case, redis: Redis, redis_server: RedisServer
) -> None:
    told = [words[0].decode() for words in (await record_call(case, redis_server)).told]
    first = next(place for place, command in enumerate(told) if command in WRITES)
    assert set(told[:first]) <= READS
    assert set(told[first:]) <= set(WRITES)


def _commands(text: str) -> list[str]:
    return re.findall(r"redis\.call\('(\w+)'", text)
