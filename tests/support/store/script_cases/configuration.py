"""Cases of the scripts of configuration records and of the schema."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.invitation import LIFETIME, Invitation
from admitone.store.keys import META
from admitone.store.records.configuration.configuration import PictureChange, RecordWrite, write_config
from admitone.store.records.operations import keep_answer, keyed_operation
from admitone.store.records.readers import LinkTotals
from admitone.store.schema import stamp
from tests.support.factories import (
    NOW,
    SEALER,
    WORKSPACE,
    a_booking_page,
    a_photo,
    a_user,
    an_audit_entry,
    an_event,
    an_event_type,
)
from tests.support.store.actions import a_write, put_records
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import ScriptAnswer, Store

CONFIGURATION = Cases()


@CONFIGURATION.add("config_write", "config jobs activity audit operation list")
async def write_change_and_delete_records(store: Store) -> Act:
    user, page = a_user(), a_booking_page()
    await put_records(store, a_write("user", user), a_write("booking_page", page))
    operation = keyed_operation("caller", "key", b"body")
    return lambda: write_config(
        store,
        WORKSPACE,
        [
            a_write("user", msgspec.structs.replace(user, name="Hanna Hostess"), version=1),
            a_write("event_type", an_event_type()),
            RecordWrite(kind="booking_page", id=page.id, version=1, record=None, created_at=NOW),
        ],
        an_event("config.updated", record="user:user"),
        now=NOW,
        audit=an_audit_entry(),
        claimed=NOW - 30,
        links=LinkTotals(0, 0),
        operation=operation,
        kept=keep_answer(operation, {"id": user.id}, SEALER),
    )


@CONFIGURATION.add("config_write", "config jobs activity operation")
async def end_the_access_of_a_user(store: Store) -> Act:
    user = a_user()
    await put_records(store, a_write("user", user))
    write = a_write("user", msgspec.structs.replace(user, active=False, epoch=1), version=1)
    event = an_event("config.updated", record="user:user")
    return lambda: write_config(store, WORKSPACE, [write], event, now=NOW, ends=True)


@CONFIGURATION.add("config_write", "config jobs activity operation recent recipient list")
async def invite_again(store: Store) -> Act:
    """An address that was invited a day ago, which counts no more, and a minute ago."""
    for ago in (86_400, 60):
        await _invite(store, an_invitation(), NOW - ago)
    return lambda: _invite(store, an_invitation(), NOW)


def an_invitation() -> Invitation:
    """An invitation of its own."""
    return Invitation(
        id=secrets.token_hex(8),
        email="ida@example.com",
        role="member",
        created_at=NOW,
        created_by="user",
        expires_at=NOW + LIFETIME,
        token="sealed",
    )


async def _invite(store: Store, invitation: Invitation, now: int) -> ScriptAnswer:
    write = a_write("invitation", invitation)
    event = an_event("invitation.created", record=f"invitation:{invitation.id}")
    return await write_config(store, WORKSPACE, [write], event, now=now, invited="ida")


@CONFIGURATION.add("config_write", "config jobs activity operation picture replaced")
async def replace_a_picture(store: Store) -> Act:
    before = a_user(photo=a_photo("0abc00000000000000a1"))
    await put_records(store, a_write("user", before))
    after = msgspec.structs.replace(before, photo=a_photo("0abc00000000000000b2"))
    await store.client.set(store.keys(WORKSPACE).media("0abc00000000000000a1"), "AAAA")
    return lambda: write_config(
        store,
        WORKSPACE,
        [a_write("user", after, version=1)],
        an_event("config.updated", record="user:user"),
        now=NOW,
        picture=PictureChange(added=after.photo, data=b"RIFF", removed=before.photo),
    )


@CONFIGURATION.add("stamp", "meta")
async def stamp_an_empty_database(store: Store) -> Act:
    await store.client.delete(META)
    return lambda: stamp(store)


@CONFIGURATION.add("stamp", "meta")
async def stamp_a_database_that_lacks_the_proof(store: Store) -> Act:
    await store.client.hdel(META, "proof")
    return lambda: stamp(store)
