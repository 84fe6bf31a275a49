"""Cases of the scripts that seal values anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.sealing import Kept, Sealer
from admitone.store.codes import Code
from admitone.store.records.mail.mails import keep_mail
from admitone.store.records.operations import keep_answer, keyed_operation
from admitone.store.reseal import read_values, sealed_anew, spots, write_sealed
from tests.support.factories import NOW, SEALER, WORKSPACE, a_link, a_user, an_invitation, some_settings
from tests.support.store.actions import a_write, put_link, put_records, try_create
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

SECRETS = Cases()


@SECRETS.add("config_reseal", "holder")
async def reseal_an_invitation(store: Store) -> Act:
    await put_records(store, a_write("invitation", an_invitation()), a_write("settings", some_settings()))
    await put_records(store, a_write("user", a_user()))
    return lambda: _reseal(store, Kept.INVITATION, store.keys(WORKSPACE).config)


@SECRETS.add("field_reseal", "holder")
async def reseal_the_code_of_a_link(store: Store) -> Act:
    link = await put_link(store)
    return lambda: _reseal(store, Kept.CODE, store.keys(WORKSPACE).link(link.id))


@SECRETS.add("item_reseal", "holder")
async def reseal_a_mail_that_is_not_the_newest(store: Store) -> Act:
    for mail in ("m1", "m2"):
        assert await keep_mail(store, WORKSPACE, mail, NOW, b"Hello")
    return lambda: _reseal(store, Kept.MAIL, store.keys(WORKSPACE).kept_mails)


@SECRETS.add("text_reseal", "holder")
async def reseal_an_answer_which_is_kept_no_longer_than_before(store: Store) -> Act:
    link, operation = a_link(), keyed_operation("caller", "key", b"body")
    await try_create(
        store, link, operation=operation, kept=keep_answer(operation, {"code": link.code}, SEALER)
    )
    return lambda: _reseal(store, Kept.ANSWER, store.keys(WORKSPACE).operation(operation.id))


async def _reseal(store: Store, purpose: Kept, key: str) -> None:
    """Reseal the last of the values at `key`."""
    *_, found = await read_values(store, [spot for spot in spots(key) if spot.purpose is purpose])
    text, count = sealed_anew(Sealer({"new": bytes(32), "test": bytes(range(32))}), found)
    assert count == 1
    assert (await write_sealed(store, found, text)).code is Code.OK
