"""What every use case works with, and who asks."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import Busy
from admitone.domain.people.user import User
from admitone.google.api import GoogleApi
from admitone.mail.transport import Mail
from admitone.outbound.sender import Sender
from admitone.store.records.operations import Operation
from admitone.store.records.snapshot import Snapshot, Wanted, read_snapshot
from admitone.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import TypeVar

    T = TypeVar("T")

ATTEMPTS = 3
"""How often an action is tried whose script finds that what it was decided upon has changed."""


class Services(msgspec.Struct, frozen=True):
    """The deployment: its store, its clock (epoch seconds), its public address without a slash at the end."""

    store: Store
    now: Callable[[], int]
    public_url: str
    test_addresses: bool
    """Whether mail addresses under `.test` are taken, which nobody can have."""
    google: GoogleApi | None = None
    """Google's APIs; None where no OAuth client is set up."""
    hooks_url: str | None = None
    """The public address where Google can reach it, to tell of changes in calendars; None where it cannot."""
    calendar_cache: int = 60
    """Seconds for which busy time that Google told is offered from without asking again."""
    calendar_grace: int = 900
    """Seconds for which it is booked on while Google does not answer."""
    mail: Mail = msgspec.field(default_factory=Mail)
    sender: Sender = msgspec.field(default_factory=Sender)
    plain_webhooks: bool = False
    """Whether the endpoints of webhooks may do without TLS."""
    calendar_sync_seconds: int = 300
    """How often a calendar is read for changes, where the workspace wants that."""


class Caller(msgspec.Struct, frozen=True):
    """A user who is signed in, with what was read to find that out.

    `operation` is what an Idempotency-Key named; what it answered before is in the snapshot.
    """

    snapshot: Snapshot
    user: User
    operation: Operation | None = None

    @property
    def workspace(self) -> str:
        """The caller's workspace; nothing outside it can be reached."""
        return self.snapshot.workspace

    @property
    def is_administrator(self) -> bool:
        """Whether the caller may act for everybody in the workspace."""
        return self.user.role == "administrator"


def new_id() -> str:
    """A fresh id for a record that no token opens."""
    return tokens.encode(secrets.token_bytes(10), 16).lower()


def new_token(start: str, length: int) -> str:
    """A fresh token of `length` characters; `start` is what it leads to: a workspace, or more than that."""
    rest = length - len(start)
    return start + tokens.encode(secrets.token_bytes((rest * 5 + 7) // 8), rest)


async def settle(attempt: Callable[[], Awaitable[T | None]]) -> T:
    """The result of the first attempt that has one; raises Busy after the third that found things moved."""
    for _ in range(ATTEMPTS):
        result = await attempt()
        if result is not None:
            return result
    raise Busy


class RememberedTooLongError(Exception):
    """What this process remembered of a caller has changed: they must be looked up again."""


async def refreshed(caller: Caller) -> Caller:
    """The same caller with the configuration as it is now, after a script found that it had moved.

    Raises RememberedTooLongError where the caller themselves were never read.
    """
    if caller.snapshot.is_remembered:
        raise RememberedTooLongError
    snapshot = await read_snapshot(caller.snapshot.store, caller.workspace, Wanted())
    return msgspec.structs.replace(caller, snapshot=snapshot)
