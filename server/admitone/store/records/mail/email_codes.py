"""Codes that confirm a customer's email address for a page, each for a few minutes and one booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.budgets import NETWORK_CODES, RECIPIENT_CODES
from admitone.sealing import Carried, UnsealError
from admitone.store.records.budgets import recipient_hash
from admitone.store.records.documents import event_text, text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.event import Event
    from admitone.store.store import ScriptAnswer, Store

LIFETIME = 600
"""Seconds for which a code is valid after it was last requested."""


class GivenCode(msgspec.Struct, frozen=True):
    """A code as a customer gave it for `page`; `address` and `hash` are keyed hashes."""

    page: str
    address: str
    hash: str


class EmailCode(msgspec.Struct, frozen=True):
    """What the mail with a code needs to know; `locale` is the language tag of who asked for it."""

    email: str
    code: str
    locale: str | None = None


def hash_code(store: Store, page: str, email: str, code: str) -> GivenCode:
    """The code as Redis knows it, bound to the page and the address; upper and lower case do not count."""
    address = email.casefold()
    digest = store.sealer.digest("email code", f"{page}\n{address}\n{code}")
    return GivenCode(page, _hash_address(store, address), digest)


async def request_email_code(
    store: Store,
    workspace: str,
    request: str,
    code: GivenCode,
    told: EmailCode,
    event: Event,
    network: str | None,
) -> ScriptAnswer:
    """Make the code, unless an earlier one is valid, and request the mail by `event`, once for a `request`.

    `network` is the hash of the network that asks, None if none is limited.
    """
    keys, page, address = store.keys(workspace), code.page, code.address
    recipient = recipient_hash(store, workspace, told.email)
    return await store.call_in(
        workspace,
        "email_code_request",
        {
            "code": keys.email_code(page, address),
            "requests": keys.email_codes_to(recipient),
            "network": keys.email_codes_from(network) if network else None,
        },
        {
            "now": event.at,
            "request": request,
            "rate": msgspec.to_builtins(RECIPIENT_CODES),
            "network_rate": msgspec.to_builtins(NETWORK_CODES) if network else None,
            "hash": code.hash,
            "sealed": store.sealer.seal(
                Carried.EMAIL_CODE, _place(workspace, page, address), msgspec.json.encode(told)
            ),
            "lifetime": LIFETIME,
            "event": event_text(event),
        },
    )


async def read_email_code(
    store: Store, workspace: str, page: str, address: str, now: int
) -> EmailCode | None:
    """The code for a hashed address; None if it was used or is no longer valid."""
    [pairs] = await store.send(Command(("HGETALL", store.keys(workspace).email_code(page, address))))
    fields = text_map(pairs)
    if int(fields.get("until", 0)) <= now:
        return None
    try:
        sealed, place = fields["sealed"].decode(), _place(workspace, page, address)
        text = store.sealer.open(Carried.EMAIL_CODE, place, sealed)
    except UnsealError:  # the secret key was retired meanwhile
        return None
    return msgspec.json.decode(text, type=EmailCode)


async def forget_email_codes(store: Store, workspace: str, pages: Iterable[str], email: str) -> None:
    """Delete the codes that an address has for these pages, which hold the address, sealed."""
    keys, address = store.keys(workspace), _hash_address(store, email)
    codes = [keys.email_code(page, address) for page in pages]
    if codes:
        await store.send(Command(("DEL", *codes)))


def _hash_address(store: Store, email: str) -> str:
    return store.sealer.digest("email code address", email.casefold())


def _place(workspace: str, page: str, address: str) -> str:
    return f"{workspace}:{page}:{address}"
