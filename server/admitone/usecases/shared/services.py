"""The arguments of every use case: the deployment's services, and the caller."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from admitone.domain import tokens
from admitone.domain.people.scopes import Scope, allows
from admitone.domain.people.user import User
from admitone.domain.workflows.figures import RunCounts
from admitone.google.api import GoogleApi
from admitone.mail.transport import Mail
from admitone.outbound.sender import Sender
from admitone.pictures.recoder import Recoder
from admitone.store.records.configuration.snapshot import Snapshot
from admitone.store.records.operations import Operation
from admitone.store.store import Store


class Services(msgspec.Struct, frozen=True):
    """The deployment: its store, its clock (epoch seconds), its public address without a slash at the end."""

    store: Store
    now: Callable[[], int]
    public_url: str
    test_addresses: bool
    """Whether mail addresses under `.test` are accepted; that domain is reserved for tests (RFC 2606)."""
    google: GoogleApi | None = None
    """Google's APIs; None if no OAuth client is configured."""
    hooks_url: str | None = None
    """The public address for Google's notices of changed calendars; None if Google cannot reach us."""
    calendar_cache: int = 60
    """Seconds for which slots are computed from Google's last answer, without asking again."""
    calendar_grace: int = 900
    """Seconds for which bookings rely on Google's last answer while Google does not answer."""
    mail: Mail = msgspec.field(default_factory=Mail)
    sender: Sender = msgspec.field(default_factory=Sender)
    recoder: Recoder = msgspec.field(default_factory=Recoder)
    plain_webhooks: bool = False
    """Whether endpoints of webhooks may use plain HTTP."""
    run_counts: RunCounts = msgspec.field(default_factory=Counter)
    google_counts: Counter[str] = msgspec.field(default_factory=Counter)
    """How many grants of users this process has found `revoked` since it started."""
    calendar_sync_seconds: int = 300
    """Seconds between two reads of a calendar for changes, in workspaces with `calendar_sync`."""


class Caller(msgspec.Struct, frozen=True):
    """A user who is signed in, with the snapshot that was read to authenticate them.

    `operation` is the one that an Idempotency-Key named, None without a key. If the key was used before, the
    snapshot holds the earlier answer. `scopes` are those of an API key or an app; None for a session.
    `address` is the IP address that the call comes from.
    """

    snapshot: Snapshot
    user: User
    operation: Operation | None = None
    scopes: Sequence[Scope] | None = None
    address: str = ""

    @property
    def workspace(self) -> str:
        """The caller's workspace; nothing outside it can be reached."""
        return self.snapshot.workspace

    def may(self, scope: Scope) -> bool:
        """Whether the credential has the scope; a session has every one."""
        return self.scopes is None or allows(self.scopes, scope)

    @property
    def is_administrator(self) -> bool:
        """Whether the caller may act for everybody in the workspace."""
        return self.user.role == "administrator"


def new_id() -> str:
    """A new id, for a record that is not found by a token."""
    return tokens.encode(secrets.token_bytes(10), tokens.RECORD_LENGTH).lower()


def new_token(start: str, length: int) -> str:
    """A new token of `length` characters that begins with `start`, such as the workspace's characters."""
    rest = length - len(start)
    return start + tokens.encode(secrets.token_bytes((rest * 5 + 7) // 8), rest)
