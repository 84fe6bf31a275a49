"""The records of the stand-in: one tree, which is also the saved file.

Instants are Unix seconds unless a field says milliseconds. Events are stored as Google's JSON objects.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

Event = dict[str, Any]
Role = Literal["owner", "writer", "reader", "freeBusyReader"]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One Google account; `hd` is its Workspace domain, None for a personal account.

    `time_zone` is the zone of its calendars. `email` is in lower case and identifies the account.
    """

    email: str
    name: str
    hd: str | None = None
    email_verified: bool = True
    locale: str = "en"
    time_zone: str = "Europe/Zurich"

    @property
    def subject(self) -> str:
        """The `sub` claim: 21 digits, always the same for an address."""
        return str(10**20 + int(hashlib.sha256(self.email.encode()).hexdigest(), 16) % (9 * 10**20))


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A registered web application; a redirect URI must equal one of these, byte for byte."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]


class Grant(msgspec.Struct):
    """All scopes that an account has allowed a client; `offline` is true if this includes offline access."""

    client_id: str
    account: str
    scopes: set[str]
    offline: bool = False


class AuthorizationCode(msgspec.Struct, frozen=True, kw_only=True):
    """An authorisation code and its request."""

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
    """An access token and its scopes."""

    client_id: str
    account: str
    scopes: tuple[str, ...]
    expires: float


class RefreshToken(msgspec.Struct, frozen=True, kw_only=True):
    """A refresh token; it never expires, and ends with its grant."""

    client_id: str
    account: str
    scopes: tuple[str, ...]


class Calendar(msgspec.Struct, kw_only=True):
    """One calendar; `changed` has the number of each event's last change, for sync tokens.

    `conferences` are the allowed kinds: none if an administrator has switched Meet off.
    `others` are the roles of accounts other than the owner. Sync tokens older than `sync_floor` have expired.
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
    """A mail that Google Calendar sent because `sendUpdates` asked for it."""

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
    """A mail; `raw` is the base64url of its original bytes, `received` is in Unix milliseconds."""

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
    """One account's mail, the oldest first."""

    messages: dict[str, Message] = {}
    drafts: dict[str, Draft] = {}


class Data(msgspec.Struct):
    """All records. `changes` counts every change, so its value orders them."""

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
