"""No script can half happen: whatever it is given, it answers OK and has written all, or has written nothing.

Redis does not roll back a script that fails midway. So a call of every script is spoilt in every way that we
know, and the whole database compared before and after.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from redis.exceptions import OutOfMemoryError, ReadOnlyError

from admitone.store.codes import Code
from admitone.store.redis.scripts import load_scripts
from tests.support.store.dumps import READ, changed_keys, dump, parse_dump, restore
from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import record_call
from tests.support.store.script_headers import read_script
from tests.support.store.spoiling import (
    Spoilt,
    read_fields,
    spoilt_arguments,
    spoilt_keys,
    spoilt_types,
    spoilt_values,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    import redis as blocking
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer
    from tests.support.store.script_cases.call import Call
    from tests.support.store.script_cases.case import Case

SCRIPTS = load_scripts()
AT_ONCE = 100
"""Calls in one round trip, each in the state of the recorded one."""
STATES = {"booked_links", "expired_links", "expiring_links", "revoked_links"}
DEPENDS: dict[str, set[str]] = {
    "book": {
        *("address", "booking_words", "contact", "domains", "email_code", "link", "link_words"),
        "recipient",
        *("operation", "turns"),
        *STATES,
    },
    "booking_cancel": {"link", "turns", *STATES},
    "booking_erase": {
        *("booking_words", "data", "erasure", "history", "kept", "link", "link_words", "occupied"),
        "page_bookings",
    },
    "booking_event": {"booking"},
    "booking_guest_erase": {"booking_words", "kept"},
    "booking_no_show": {"turns"},
    "booking_no_show_undo": {"turns"},
    "booking_request_reschedule": {"domains", "expiring_links", "link_words", "turns"},
    "config_write": {"audit", "replaced"},
    "connection_swap": {"audit", "connection"},
    "contact_delete": {"field_counts", "contact_tags", "contact_words", "contacts", "tagged"},
    "contacts_write": {
        "activity",
        "field_counts",
        "contact_tags",
        "contact_words",
        "contacts",
        "jobs",
        "tagged",
    },
    "directory_swap": {"entry"},
    "email_code_request": {"code", "jobs", "network", "requests"},
    "grant_swap": {"successor"},
    "held_release": {"held", "held_mails"},
    "import_create": {"imports"},
    "import_note": {"activity", "file", "jobs"},
    "link_create": {"domains", "expiring_links", "link_words", "operation"},
    "link_erase": {"erasure", "kept", "link_words", "page_links", "user_links", *STATES},
    "link_expire": STATES,
    "link_fetched": {"link"},
    "link_reactivate": STATES,
    "link_revoke": STATES,
    "link_update": {"link_words", *STATES},
    "mail_begin": {"budgets", "held", "held_mails", "sent"},
    "mail_note": {"kept", "mail", "sent"},
    "mails_erase": {"kept"},
    "migration_lock": {"lock"},
    "migration_mark": {"meta"},
    "manage_link_request": {"activity", "jobs", "requested"},
    "outbox_due": {"delayed", "jobs"},
    "outbox_finish": {"delayed", "jobs", "totals"},
    "outbox_forget": {"jobs"},
    "outbox_park": {"totals"},
    "parked_release": {"jobs", "parked", "times", "totals"},
    "run_admit": {"jobs", "mailbox", "queue"},
    "run_step": {
        *("contact_tags", "contact_words", "counts", "delayed", "domains"),
        *("expiring_links", "failed", "field_counts", "figures", "jobs", "link_words", "new_link"),
        *("tagged", "waiting"),
    },
}
"""What a script writes to only where its arguments or the state of its records say so."""
FREES = {
    "booking_cancel",
    "booking_erase",
    "booking_guest_erase",
    "booking_no_show",
    "contact_delete",
    "delivery_note",
    "held_release",
    "link_erase",
    "link_revoke",
    "mails_erase",
    "outbox_due",
    "outbox_forget",
    "outbox_hold",
    "outbox_park",
    "parked_release",
    "process_alive",
    "run_admit",
    "resubscribe",
    "unsubscribe",
}
TRY = {"email_code"}
"""What a wrong code writes to, although it is refused: the try is counted."""
"""Scripts that take no memory or begin by freeing some, and so are carried out where there is none left."""
FREEING = {
    "discard_a_file",
    "disconnect_google",
    "end_an_erasure",
    "end_a_run_that_has_failed",
    "end_the_access_of_a_user",
    "finish_an_entry_with_what_follows",
    "keep_one_more_mail",
    "mark_the_end_of_a_migration",
    "note_the_last_part_of_an_import",
    "note_an_event_that_its_booking_could_not_follow",
    "note_that_a_booking_is_where_its_event_is",
    "note_that_a_mail_is_out",
    "note_that_an_attempt_failed",
    "put_an_entry_off",
    "release_a_name",
    "release_the_lock_of_migrations",
}
"""Cases in which a script that takes memory otherwise does so, too."""
CASE = pytest.mark.parametrize("case", CASES, ids=str)


class Subject:
    """A recorded call, the state that it was made in, and a connection to try it with."""

    def __init__(self, case: Case, call: Call, client: blocking.Redis) -> None:
        self.case = case
        self.call = call
        self.client = client
        self.before = dump(client)
        self.kinds: dict[str, Any] = {key: kind for key in call.keys if (kind := client.type(key)) != b"none"}
        hashes: dict[str, Any] = {
            key: client.hkeys(key) for key, kind in self.kinds.items() if kind == b"hash"
        }
        self.fields = read_fields(call, hashes)
        script = read_script(case.script)
        self.unchecked = {key.name for key in script.keys if key.type == "any"}
        """What stays as it is where it cannot be written to, while everything else is done."""
        self.unspoilt = Spoilt("nothing", call.keys, call.argument)

    def attempt(self, calls: Iterable[Spoilt]) -> Iterator[tuple[Spoilt, Any, set[bytes]]]:
        """Make each call in the recorded state: what it answered, and the keys that it changed."""
        rest = iter(calls)
        while batch := list(islice(rest, AT_ONCE)):
            pipeline = self.client.pipeline(transaction=False)
            answers = []
            for spoilt in batch:
                restore(pipeline, self.before)
                for command in spoilt.before:
                    pipeline.execute_command(*command)  # type: ignore[no-untyped-call]
                pipeline.eval(READ, 0)
                given = [] if spoilt.argument is None else [spoilt.argument]
                pipeline.eval(SCRIPTS[self.case.script].text, len(spoilt.keys), *spoilt.keys, *given)
                pipeline.eval(READ, 0)
                answers.append(len(pipeline) - 2)
            found = pipeline.execute(raise_on_error=False)
            for spoilt, place in zip(batch, answers, strict=True):
                before, answer, after = found[place - 1 : place + 2]
                yield spoilt, answer, changed_keys(parse_dump(before), parse_dump(after))

    def make(self) -> tuple[Any, set[bytes]]:
        """Make the recorded call, where nobody has changed its state: its answer, and the keys it changed."""
        pipeline = self.client.pipeline(transaction=False)
        script = SCRIPTS[self.case.script].text
        pipeline.eval(script, len(self.call.keys), *self.call.keys, self.call.argument)
        [answer] = pipeline.execute(raise_on_error=False)
        return answer, changed_keys(self.before, dump(self.client))

    def problems(self, calls: Iterable[Spoilt]) -> str:
        """What is wrong with how the script took these calls, a line each."""
        return "\n".join(
            problem
            for spoilt, answer, changed in self.attempt(calls)
            if (problem := self.problem(spoilt, answer, changed))
        )

    def problem(self, spoilt: Spoilt, answer: Any, changed: set[bytes]) -> str | None:
        """What is wrong with how the script took this call, or None."""
        code = answer[0] if isinstance(answer, list) else None
        if code == Code.CODE_WRONG and self.roles(spoilt.keys, changed) <= TRY:
            return None
        if code != Code.OK:
            return f"{spoilt.what}: {answer!r:.200}, and {changed} changed" if changed else None
        may_stay = DEPENDS.get(self.case.script, set()) | self.unchecked
        unchanged = self.case.changes - self.roles(spoilt.keys, changed) - may_stay
        return f"{spoilt.what}: OK, and {unchanged} did not change" if unchanged else None

    def roles(self, keys: list[str], changed: set[bytes]) -> set[str]:
        """What the header calls the keys that have changed."""
        script = read_script(self.case.script)
        return {
            key.name
            for key in script.keys
            if changed & {one.encode() for one in script.keys_of(key.name, keys, self.call.arguments)}
        }


@pytest.fixture
async def subject(case: Case, redis: Redis, redis_server: RedisServer) -> AsyncIterator[Subject]:
    """The call of the case, to be spoilt."""
    call = await record_call(case, redis_server)
    with redis_server.client() as client:
        yield Subject(case, call, client)


@CASE
async def test_unspoilt_it_answers_ok_and_writes_to_every_key(subject: Subject) -> None:
    [(_, answer, changed)] = subject.attempt([subject.unspoilt])
    assert answer[0] == Code.OK
    named = {"rows"} & subject.unchecked  # the name may have a row already
    assert subject.roles(subject.call.keys, changed) - named == subject.case.changes


@pytest.mark.soak
@CASE
async def test_a_bad_argument_changes_nothing(subject: Subject) -> None:
    assert not subject.problems(spoilt_arguments(subject.call))


@pytest.mark.soak
@CASE
async def test_bad_keys_change_nothing(subject: Subject) -> None:
    assert not subject.problems(spoilt_keys(subject.call))


@CASE
async def test_a_key_of_another_type_changes_nothing(subject: Subject) -> None:
    assert not subject.problems(spoilt_types(subject.call, subject.kinds))


@pytest.mark.soak
@CASE
async def test_a_malformed_stored_value_changes_nothing(subject: Subject) -> None:
    assert not subject.problems(spoilt_values(subject.call, subject.kinds, subject.fields))


@CASE
async def test_without_memory_nothing_changes(subject: Subject) -> None:
    with _setting(subject.client, "maxmemory", "1"):
        answer, changed = subject.make()
    if subject.case.script in FREES or subject.case.name in FREEING:
        assert answer[0] == Code.OK
    else:
        assert isinstance(answer, OutOfMemoryError)
    assert not subject.problem(subject.unspoilt, answer, changed)


@CASE
async def test_on_a_replica_nothing_changes(subject: Subject) -> None:
    subject.client.replicaof("127.0.0.1", 1)
    try:
        answer, changed = subject.make()
    finally:
        subject.client.replicaof("NO", "ONE")
    assert isinstance(answer, ReadOnlyError)
    assert not changed


@contextmanager
def _setting(client: blocking.Redis, name: str, value: str) -> Iterator[None]:
    before = client.config_get(name)[name] or ""
    client.config_set(name, value)
    try:
        yield
    finally:
        client.config_set(name, before)
