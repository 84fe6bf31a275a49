"""No script can half happen: whatever it is given, it answers OK and has written all, or has written nothing.

Redis does not roll back a script that fails midway. So a call of every script is spoilt in every way that we
know, and the whole database compared before and after.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from redis.exceptions import OutOfMemoryError, ReadOnlyError

from admitone.store.codes import Code
from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import record_call
from tests.support.store.script_subject import Subject
from tests.support.store.spoiling import spoilt_arguments, spoilt_keys, spoilt_types, spoilt_values

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import redis as blocking
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer
    from tests.support.store.script_cases.case import Case

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
    "mail_note": {"index", "kept", "mail", "sent", "waiting"},
    "mail_wait": {"index", "sent", "waiting"},
    "mails_erase": {"kept"},
    "migration_lock": {"lock"},
    "migration_mark": {"meta"},
    "manage_link_request": {"activity", "jobs", "requested"},
    "outbox_due": {"delayed", "jobs"},
    "outbox_finish": {"delayed", "jobs", "totals"},
    "outbox_forget": {"jobs"},
    "outbox_park": {"jobs", "totals"},
    "parked_release": {"jobs", "parked", "times", "totals"},
    "waiting_release": {"budgets", "index", "jobs"},
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
    "parked_release",
    "process_alive",
    "run_admit",
    "resubscribe",
    "unsubscribe",
    "waiting_release",
}
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
    "note_that_a_mail_that_waited_is_out",
    "note_that_an_attempt_failed",
    "park_an_entry",
    "put_an_entry_off",
    "release_a_name",
    "release_the_lock_of_migrations",
}
"""Cases in which a script that takes memory otherwise does so, too."""
CASE = pytest.mark.parametrize("case", CASES, ids=str)


@pytest.fixture
async def subject(
    case: Case, redis_line: str, redis: Redis, redis_server: RedisServer
) -> AsyncIterator[Subject]:
    """The call of the case, to be spoilt."""
    call = await record_call(case, redis_server)
    with redis_server.client() as client:
        yield Subject(case, DEPENDS.get(case.script, set()), redis_line, call, client)


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


@pytest.mark.soak
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
        answer = subject.make()
    if subject.case.script in FREES or subject.case.name in FREEING:
        assert answer[0] == Code.OK
    else:
        assert isinstance(answer, OutOfMemoryError)
    assert not subject.problem(subject.unspoilt, answer, subject.changed())


@CASE
async def test_on_a_replica_nothing_changes(subject: Subject) -> None:
    subject.client.replicaof("127.0.0.1", 1)
    try:
        answer = subject.make()
    finally:
        subject.client.replicaof("NO", "ONE")
    assert isinstance(answer, ReadOnlyError)
    assert not subject.changed()


@contextmanager
def _setting(client: blocking.Redis, name: str, value: str) -> Iterator[None]:
    before = client.config_get(name)[name] or ""
    client.config_set(name, value)
    try:
        yield
    finally:
        client.config_set(name, before)
