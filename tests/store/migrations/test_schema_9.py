"""The documents of bookings of schema 8 name their fields by letters in schema 9, and say what they said."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from admitone.domain.bookings.policy import Policy
from admitone.store.migrations.migration import Record, UnreadableError
from admitone.store.migrations.schema_9 import TO_SCHEMA_9
from admitone.store.records.documents import read_booking_data, unseal_manage_token
from admitone.store.records.readers import read_bookings
from tests.support.factories import SEALER, WORKSPACE
from tests.support.store.actions import a_store
from tests.support.store.earlier_data import put_earlier
from tests.support.store.stored_data import read_workspace, workspace_of

[UPGRADE] = TO_SCHEMA_9.upgrades
BEFORE = read_workspace(workspace_of(8))
REQUIRED = {
    "created": 1,
    "name": "Carla",
    "email": "carla@customer.test",
    "zone": "Europe/Paris",
    "event_type": "Half an hour",
    "location": {"kind": "phone"},
    "manage": "token",
}
FULL = REQUIRED | {
    "policy": {"cancel": {"allow": "never"}},
    "notes": "Hello",
    "answers": {"age": "7"},
    "questions": {"age": "How old?"},
    "locale": "de",
    "calendar": "checked",
    "guests": ["gus@guest.test"],
}


def upgraded(text: bytes | None) -> bytes | None:
    """A booking's document after the migration, which changes nothing else and nothing twice."""
    fields = {b"status": b"scheduled"}
    record = Record("booking", "key", WORKSPACE, "id", [fields, text])
    after = UPGRADE.apply(record, SEALER)
    again = Record("booking", "key", WORKSPACE, "id", after)
    assert after[0] is fields
    assert UPGRADE.apply(again, SEALER) is again.values
    found: bytes | None = after[1]
    return found


@pytest.mark.parametrize(
    ("policy", "means", "is_left_out"),
    [
        ({}, Policy(), False),
        ({"policy": {}}, Policy(), False),
        ({"policy": {"max_reschedules": 5}}, Policy(max_reschedules=5), True),
        ({"policy": {"max_reschedules": 0}}, Policy(max_reschedules=0), False),
        (
            {"policy": {"max_reschedules": 5, "reason": "off"}},
            Policy(max_reschedules=5, reason="off"),
            False,
        ),
    ],
    ids=str,
)
def test_a_booking_keeps_its_policy(policy: dict[str, Any], means: Policy, is_left_out: bool) -> None:
    text = upgraded(msgspec.json.encode(REQUIRED | policy))
    assert text
    assert read_booking_data(text).policy == means
    assert (b'"p":' not in text) == is_left_out


def test_a_document_says_what_it_said() -> None:
    data = read_booking_data(upgraded(msgspec.json.encode(FULL)) or b"")
    found = msgspec.structs.asdict(data)
    assert (found.pop("created_at"), found.pop("timezone")) == (FULL["created"], FULL["zone"])
    assert found.pop("event_type_name") == FULL["event_type"]
    assert msgspec.json.decode(msgspec.json.encode(found.pop("location")))["kind"] == "phone"
    assert found.pop("policy").cancel.allow == "never"
    assert list(found.pop("guests")) == FULL["guests"]
    same = ("name", "email", "manage", "notes", "answers", "questions", "locale", "calendar")
    assert found == {name: FULL[name] for name in same}


def test_an_erased_booking_stays_as_it_is() -> None:
    assert upgraded(None) is None


def test_a_document_that_is_no_json_is_named() -> None:
    with pytest.raises(UnreadableError):
        upgraded(b"{")


async def test_bookings_of_schema_8_keep_customer_and_manage_link(redis: Any, redis_url: str) -> None:
    documents = {
        name.removesuffix(":data").rpartition(":")[2]: msgspec.json.decode(kept["value"])
        for name, kept in BEFORE.keys.items()
        if name.endswith(":data")
    }
    assert len(documents) > 5
    await put_earlier(redis, BEFORE)
    async with a_store(redis_url) as store:
        for booking in await read_bookings(store, WORKSPACE, list(documents)):
            before = documents.pop(booking.id)
            assert (booking.data.name, booking.data.email) == (before["name"], before["email"])
            assert booking.data.created_at == before["created"]
            assert unseal_manage_token(WORKSPACE, booking, SEALER)
    assert documents == {}
