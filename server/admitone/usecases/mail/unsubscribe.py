"""Unsubscribing from a workspace's workflow mails by a link of theirs, and undoing it."""

from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound, TooManyRequests
from admitone.domain.event import Event, EventKind
from admitone.domain.mail.unsubscribe_token import Unsubscribing, hash_recipient, make_token, read_token
from admitone.domain.people.reader import reader_for
from admitone.store.codes import Code
from admitone.store.records.configuration.snapshot import SETTINGS, Snapshot, Wanted, read_snapshot
from admitone.store.records.contacts import unsubscribed
from admitone.store.records.contacts.contacts import read_contacts
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.usecases.shared.services import Services


class UnsubscribeLine(msgspec.Struct, frozen=True):
    """What a mail needs so that its recipient can unsubscribe.

    `url` is for `Message.unsubscribe`, which makes the headers of it; `text` and `html` are the visible line
    at the end of the mail's two bodies.
    """

    url: str
    text: str
    html: str


class Subscription(msgspec.Struct, frozen=True):
    """The recipient whom a token names, and whether they are unsubscribed."""

    snapshot: Snapshot
    named: Unsubscribing
    is_unsubscribed: bool


async def unsubscribe_line(
    services: Services, workspace: str, contact: Contact, language: str | None
) -> UnsubscribeLine:
    """How `contact` unsubscribes, in a language (BCP 47) or else in English. Raises Busy, UnsealError."""
    key = await services.store.unsubscribe_key.make()
    url = f"{services.public_url}/unsubscribe/{make_token(key, workspace, contact.id, contact.email)}"
    reader = reader_for([], language)
    says = reader.texts.say(message("Unsubscribe from these emails"))
    html = f'<p dir="{reader.direction}"><a href="{escape(url)}">{escape(says)}</a></p>'
    return UnsubscribeLine(url, f"{says}\n{url}\n", html)


async def open_subscription(services: Services, token: str) -> Subscription:
    """The subscription that a token names; raises NotFound, Busy."""
    store = services.store
    key = await store.unsubscribe_key.find()
    named = read_token(key, token) if key else None
    if named is None:
        raise NotFound
    snapshot, is_unsubscribed = await asyncio.gather(
        read_snapshot(store, named.workspace, Wanted(records=(SETTINGS,))),
        unsubscribed.is_recipient_unsubscribed(store, named),
    )
    if snapshot.find(*SETTINGS) is None:  # a backup was restored that is older than the workspace
        raise NotFound
    return Subscription(snapshot, named, is_unsubscribed)


async def unsubscribe(services: Services, subscription: Subscription) -> None:
    """Send no more workflow mails to the recipient; doing it again changes nothing."""
    event = await _event(services, subscription, "contact.unsubscribed")
    await unsubscribed.unsubscribe(services.store, subscription.named, event, services.now())


async def resubscribe(services: Services, subscription: Subscription, operation: str) -> None:
    """Undo it, once for an `operation`; raises TooManyRequests."""
    event = await _event(services, subscription, "contact.resubscribed")
    answer = await unsubscribed.resubscribe(
        services.store, subscription.named, event, operation, services.now()
    )
    if answer.code is Code.TOO_MANY:
        raise TooManyRequests(int(answer.rest[0]))


async def _event(services: Services, subscription: Subscription, kind: EventKind) -> Event | None:
    """The event about the contact, or None if there is none of this id, or it has another address now."""
    named = subscription.named
    key = await services.store.unsubscribe_key.make()
    found = await read_contacts(services.store, named.workspace, [named.contact])
    if not any(hash_recipient(key, named.workspace, one.email) == named.recipient for one in found):
        return None
    return Event(type=kind, at=services.now(), by="customer", contact=named.contact)
