"""Everything that the stand-in remembers, as one tree that is also its file.

Instants are Unix seconds unless a field says milliseconds. Events are kept as Google's own JSON objects.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

Event = dict[str, Any]
Role = Literal["owner", "writer", "reader", "freeBusyReader"]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One Google account; `hd` is its Workspace domain, None for a personal account.

    `time_zone` is that of its calendars. `email` is lower case and names the account everywhere.
    """

    email: str
    name: str
    hd: str | None = None
    email_verified: bool = True
    locale: str = "en"
    time_zone: str = "Europe/Zurich"

    @property
    def subject(self) -> str:
        """`sub`, 21 digits, the same for an address whenever it is added."""
        return str(10**20 + int(hashlib.sha256(self.email.encode()).hexdigest(), 16) % (9 * 10**20))


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A registered web application; a redirect URI counts only when it equals one of these, byte for byte."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]


class Grant(msgspec.Struct):
    """What an account has allowed a client, over all its visits; `offline` when that includes its absence."""

    client_id: str
    account: str
    scopes: set[str]
    offline: bool = False


class AuthorizationCode(msgspec.Struct, frozen=True, kw_only=True):
    """An authorisation code and what it was given for."""

    client_id: str
    account: str
    redirect_uri: str
    scopes: tuple[str, ...]
    nonce: str | None
    challenge: str | None
    challenge_method: str
    refresh: bool
    expires: float


class AccessToken(msgspec.Struct, frozen=True, kw_only=True):
    """A bearer token; `scopes` are what it may be used for."""

    client_id: str
    account: str
    scopes: tuple[str, ...]
    expires: float


class RefreshToken(msgspec.Struct, frozen=True, kw_only=True):
    """A refresh token; it does not expire here, and dies with its grant."""

    client_id: str
    account: str
    scopes: tuple[str, ...]


class Calendar(msgspec.Struct, kw_only=True):
    """One calendar; `changed` has the number of each event's last change, for sync tokens.

    `conferences` are the kinds that its owner may have: none where an administrator has switched Meet off.
    `others` are the roles of accounts besides the owner. Sync tokens older than `sync_floor` have expired.
    """

    id: str
    owner: str
    summary: str
    time_zone: str
    primary: bool = False
    others: dict[str, Role] = {}
    events: dict[str, Event] = {}
    changed: dict[str, int] = {}
    sync_floor: int = 0
    conferences: list[str] = msgspec.field(default_factory=lambda: ["hangoutsMeet"])


class Channel(msgspec.Struct, kw_only=True):
    """A watch; `expiration` is in Unix milliseconds, as in Google's header."""

    id: str
    client_id: str
    account: str
    calendar: str
    resource_id: str
    resource_uri: str
    address: str
    token: str | None
    expiration: int
    messages: int = 0


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that Google Calendar sent by itself, because `sendUpdates` asked for it."""

    method: Literal["REQUEST", "CANCEL"]
    organizer: str
    to: str
    event_id: str
    uid: str
    sequence: int
    summary: str
    start: str
    sent: float


class Message(msgspec.Struct, kw_only=True):
    """A mail; `raw` is the base64url of its bytes as they were handed over, `received` in milliseconds."""

    id: str
    thread_id: str
    labels: list[str]
    raw: str
    received: int
    history_id: int


class Draft(msgspec.Struct, kw_only=True):
    """A draft and its message."""

    id: str
    message: Message


class Mailbox(msgspec.Struct):
    """One account's mail, in the order in which it came."""

    messages: dict[str, Message] = {}
    drafts: dict[str, Draft] = {}


class Data(msgspec.Struct):
    """All of it. `changes` counts every change, so it orders them too."""

    accounts: dict[str, Account] = {}
    clients: dict[str, Client] = {}
    keys: list[str] = []
    codes: dict[str, AuthorizationCode] = {}
    grants: list[Grant] = []
    access_tokens: dict[str, AccessToken] = {}
    refresh_tokens: dict[str, RefreshToken] = {}
    calendars: dict[str, Calendar] = {}
    channels: dict[str, Channel] = {}
    invitations: list[Invitation] = []
    mailboxes: dict[str, Mailbox] = {}
    changes: int = 0
