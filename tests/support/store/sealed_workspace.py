"""A workspace with something of each purpose, sealed with the old key; stores that have the new key."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.calendar.calendar_feed import CalendarFeed
from admitone.domain.people.grant import turned
from admitone.domain.people.seen import Seen
from admitone.domain.webhooks.webhook import Webhook, Webhooks
from admitone.domain.workflows.workflow import Workflow, WorkflowBody
from admitone.sealing import Kept, Sealer
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.store.records.credentials.google_connections import seal_refresh_token, write_connection
from admitone.store.records.credentials.grants import write_grant
from admitone.store.records.erasures import start_erasure
from admitone.store.records.mail.mails import keep_mail
from admitone.store.records.operations import keep_answer, keyed_operation
from admitone.store.records.workflows.hooks import HookDelivery, HookSample, receive_event
from admitone.store.redis.connect import open_redis
from admitone.store.reseal import Found, read_values, spots
from admitone.store.store import open_store
from tests.support.contacts.stored_imports import a_contact_import, put_contact_import
from tests.support.factories import (
    NOW,
    SEALER,
    WORKSPACE,
    a_booking,
    a_connection,
    a_grant,
    a_link,
    a_refresh_token,
    an_invitation,
)
from tests.support.store.actions import PARTITIONS, a_write, put_records, read, try_book, try_create

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.reseal import Census
    from admitone.store.store import Store

NEW_KEY = bytes(range(32, 64))
BOTH = Sealer({"new": NEW_KEY, "test": bytes(range(32))})
NEW = Sealer({"new": NEW_KEY})
KEYED = keyed_operation("user\nPOST /api/v1/links", "key", b"{}")
TOKEN = a_refresh_token()
LINK = a_link()
BOOKING = a_booking(link=LINK.id)
INVITATION = an_invitation(token=f"{WORKSPACE}INVITATION")


@asynccontextmanager
async def a_store_by(sealer: Sealer, url: str) -> AsyncIterator[Store]:
    """A store that seals with `sealer`, on the Redis at `url`."""
    async with open_redis(url) as client, open_store(client, sealer, PARTITIONS) as store:
        yield store


async def seal_one_of_each(store: Store) -> None:
    """Write something of each purpose, sealed with the old key."""
    kept = keep_answer(KEYED, {"code": LINK.code}, SEALER)
    assert (await try_create(store, LINK, operation=KEYED, kept=kept)).code is Code.OK
    assert (await try_book(store, BOOKING)).code is Code.OK
    grant = a_grant(current="code")
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW)
    there = (await read(store, grant="grant")).grant
    later = turned(grant, TOKEN, NOW, Seen())
    assert await write_grant(store, WORKSPACE, "grant", later, now=NOW, read=there, successor=TOKEN)
    token = seal_refresh_token(store, WORKSPACE, "user", "google's token")
    await write_connection(store, WORKSPACE, a_connection(refresh_token=token))
    hook = SEALER.seal(Kept.HOOK, f"{WORKSPACE}:workflow", b"the token of a hook")
    workflow = Workflow(
        id="workflow", created_at=NOW, changed_at=NOW, draft=WorkflowBody(name="New lead"), hook=hook
    )
    sealed = SEALER.seal(Kept.FEED, f"{WORKSPACE}:user", b"the token of a feed")
    feed = CalendarFeed(id="user", created_at=NOW, address="", token=sealed, epoch=0)
    without = msgspec.structs.replace(workflow, id="another", hook=None)
    await put_records(
        store,
        write_of_webhooks(1),
        a_write("invitation", INVITATION),
        a_write("calendar_feed", feed),
        a_write("workflow", workflow),
        a_write("workflow", without),
    )
    delivery = HookDelivery(WORKSPACE, "workflow", "delivery", 60)
    await receive_event(store, delivery, HookSample(NOW, {"email": "carla@customer.test"}))
    await store.signing_keys.signing(NOW)
    await store.unsubscribe_key.make()
    for mail in range(3):
        assert await keep_mail(store, WORKSPACE, f"m{mail}", NOW, b"Hello")
    await put_contact_import(store, a_contact_import())
    await start_erasure(
        store, WORKSPACE, "erasure", "carla@customer.test", by="user", now=NOW, job="{}", requested=False
    )


def write_of_webhooks(count: int, *, version: int = 0) -> RecordWrite:
    """The webhooks record with `count` + 1 webhooks, each with a sealed secret."""
    hooks = [
        Webhook(
            id=f"hook{number}",
            endpoint="https://crm.test/hook",
            events=["link.created"],
            secret=SEALER.seal(Kept.WEBHOOK, f"{WORKSPACE}:hook{number}", b"secret %d" % number),
            created_at=NOW,
        )
        for number in range(count + 1)
    ]
    return RecordWrite(kind="webhooks", id="-", version=version, record=Webhooks(items=hooks), created_at=NOW)


async def last(censuses: AsyncIterator[Census]) -> Census:
    """The census at the end of a run."""
    *_, census = [census async for census in censuses]
    return census


async def values(store: Store, purpose: Kept) -> list[Found]:
    """Every sealed value of one purpose."""
    keys = [key.decode() async for key in store.client.scan_iter()]
    there = [spot for key in keys for spot in spots(key) if spot.purpose is purpose]
    return await read_values(store, there)
