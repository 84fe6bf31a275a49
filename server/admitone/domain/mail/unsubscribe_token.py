"""Tokens of unsubscribe links, `/unsubscribe/TOKEN`, and the hashes of unsubscribed recipients.

A token is made again for each mail and stored nowhere: whoever has the key can check it, years later. It
names the workspace, so that it routes itself, the contact's id, and the recipient by a keyed hash.
"""

from __future__ import annotations

import hmac

import msgspec

from admitone.domain import tokens
from admitone.domain.people.recipient import recipient_key

CONTACT = 16
"""Characters of a contact's id."""
MAC = 20
"""Characters of the token's own check: 100 bits, which nobody guesses."""
LENGTH = tokens.WORKSPACE_LENGTH + CONTACT + tokens.ID_LENGTH + MAC


class Unsubscribing(msgspec.Struct, frozen=True):
    """What a token names; `recipient` is the keyed hash of the address to which the mail went."""

    workspace: str
    contact: str
    recipient: str


def hash_recipient(key: bytes, workspace: str, email: str) -> str:
    """The keyed hash of an address; spellings that lead to the same mailbox have the same one."""
    return _keyed(key, f"recipient:{workspace}:{recipient_key(email)}", tokens.ID_LENGTH).lower()


def make_token(key: bytes, workspace: str, contact: str, email: str) -> str:
    """The token with which the contact of this id and address unsubscribes."""
    recipient = hash_recipient(key, workspace, email)
    named = f"{workspace}{contact}{recipient}".upper()
    return f"{named}{_check(key, named)}"


def read_token(key: bytes, text: str) -> Unsubscribing | None:
    """What a token names, or None if it was not made with the key."""
    token = tokens.normalise(text, LENGTH)
    if token is None:
        return None
    named, check = token[:-MAC], token[-MAC:]
    if not hmac.compare_digest(_check(key, named), check):
        return None
    workspace, rest = named[: tokens.WORKSPACE_LENGTH], named[tokens.WORKSPACE_LENGTH :].lower()
    return Unsubscribing(workspace, rest[:CONTACT], rest[CONTACT:])


def _check(key: bytes, named: str) -> str:
    return _keyed(key, f"token:{named}", MAC)


def _keyed(key: bytes, text: str, length: int) -> str:
    return tokens.encode(hmac.digest(key, text.encode(), "sha256"), length)
