"""Cases of the scripts of accounts: names, grants of apps, and signing keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.grant import turned
from admitone.domain.people.seen import Seen
from admitone.store.records import directory
from admitone.store.records.credentials.grants import write_grant
from admitone.store.records.credentials.signing_keys import SIGNING_SECONDS, SigningKeys
from tests.support.factories import NOW, WORKSPACE, a_grant, a_refresh_token
from tests.support.store.actions import read
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

ACCOUNTS = Cases()


@ACCOUNTS.add("directory_swap", "entry")
async def claim_a_name(store: Store) -> Act:
    return lambda: _claim(store, directory.new_claim(WORKSPACE, "page", NOW))


@ACCOUNTS.add("directory_swap", "entry")
async def renew_a_claim(store: Store) -> Act:
    await _claim(store, directory.new_claim(WORKSPACE, "page", NOW))
    return lambda: _claim(store, directory.new_claim(WORKSPACE, "page", NOW + 1))


@ACCOUNTS.add("directory_swap", "entry")
async def release_a_name(store: Store) -> Act:
    claim = directory.new_claim(WORKSPACE, "page", NOW)
    await _claim(store, claim)
    return lambda: directory.release_name(store, "slug", "hanna", claim)


async def _claim(store: Store, claim: directory.Claim) -> None:
    async def is_borne(_: directory.Claim) -> bool:
        return True

    assert await directory.claim_name(store, "slug", "hanna", claim, is_borne=is_borne) is None


@ACCOUNTS.add("grant_swap", "grant")
async def grant_an_app_a_code(store: Store) -> Act:
    return lambda: write_grant(store, WORKSPACE, "grant", a_grant(), now=NOW)


@ACCOUNTS.add("grant_swap", "grant successor")
async def turn_a_refresh_token_in_again(store: Store) -> Act:
    """A minute has not passed since the last time, so that its successor is there."""
    grant, first, second = a_grant(), a_refresh_token(), a_refresh_token()
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW)
    there = (await read(store, grant="grant")).grant
    grant = turned(grant, first, NOW, Seen())
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW, read=there, successor=first)
    there = (await read(store, grant="grant")).grant
    later = turned(grant, second, NOW + 1, Seen())
    return lambda: write_grant(store, WORKSPACE, "grant", later, now=NOW + 1, read=there, successor=second)


@ACCOUNTS.add("signing_key_add", "keys")
async def add_the_first_signing_key(store: Store) -> Act:
    return lambda: store.signing_keys.signing(NOW)


@ACCOUNTS.add("signing_key_add", "keys")
async def add_a_signing_key_and_retire_two(store: Store) -> Act:
    for months in range(3):
        await SigningKeys(store).signing(NOW + months * SIGNING_SECONDS)
    return lambda: SigningKeys(store).signing(NOW + 5 * SIGNING_SECONDS)
