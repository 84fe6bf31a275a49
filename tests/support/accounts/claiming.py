"""Sign-ins and new users at the level of the use case, and the checks of what they leave in Redis."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from admitone.domain.errors import AddressInUse
from admitone.domain.tokens import WORKSPACE_LENGTH
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.credentials.sessions import session_id
from admitone.store.records.directory import look_up
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.accounts.sign_in import Identity, sign_in
from admitone.usecases.accounts.user_find import ensure_user, find_by_name
from admitone.usecases.shared.services import Services
from tests.support.accounts.interleaving import Fate, Turn, take_turns
from tests.support.accounts.people import workspaces
from tests.support.api.deployment import PARTITIONS, Clock
from tests.support.factories import SEALER
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from admitone.store.records.directory import Claim
    from admitone.store.store import Store
    from tests.support.accounts.interleaving import Actor
    from tests.support.redis_server import RedisServer

ISSUER = "https://accounts.google.com"


def an_identity(subject: str, email: str, domain: str | None = None) -> Identity:
    """A person's identity as Google's ID token states it."""
    return Identity(issuer=ISSUER, subject=subject, email=email, name="Somebody", domain=domain)


ADA = an_identity("ada", "ada@acme.test", "acme.test")
MAX = an_identity("max", "max@acme.test", "acme.test")
SAM = an_identity("sam", "sam@gmail.com")
OLGA = an_identity("olga", "olga@beta.test", "beta.test")


def services_on(store: Store, clock: Callable[[], int] | None = None) -> Services:
    """The services that use cases need."""
    return Services(store=store, now=clock or Clock(), public_url="", test_addresses=True)


def signs_in(who: Identity, clock: Callable[[], int] | None = None) -> Actor:
    """An actor who signs in; returns the token of their session."""

    async def act(store: Store) -> str:
        return (await sign_in(services_on(store, clock), who, "open")).token

    return act


def is_made(email: str, clock: Callable[[], int] | None = None) -> Actor:
    """An actor who makes a user from the command line; returns the workspace and the record."""
    return lambda store: ensure_user(services_on(store, clock), email, name="Made")


@asynccontextmanager
async def emptied_store(server: RedisServer) -> AsyncIterator[Store]:
    """A store on an empty Redis, for tests that need several of them one after the other."""
    async with open_redis(server.url) as client:
        await client.flushdb()
        async with open_store(client, SEALER, PARTITIONS) as store:
            yield store


async def place_of(store: Store, kind: str, name: str) -> tuple[str, str] | None:
    """The workspace and the id of the user whom the directory has under a name."""
    found = await find_by_name(services_on(store), kind, name)
    return (found[0], found[1].id) if found else None


async def claims_of(store: Store, who: Identity) -> list[Claim]:
    """The claims on a person's names, finished or not."""
    return [claim for kind, name in names_of(who) if (claim := await look_up(store, kind, name)) is not None]


def names_of(who: Identity) -> list[tuple[str, str]]:
    """The names by which the directory finds somebody."""
    return [("address", who.email), ("identity", who.directory_name)]


async def crash_when_claimed(store: Store, who: Identity, kind: str, name: str) -> Claim:
    """Crash a person's sign-in as soon as it has claimed a name."""
    step = 0
    while (claim := await look_up(store, kind, name)) is None:
        await take_turns(store, crash_at(step, Fate.IS_NOT_HEARD_OF), signs_in(who))
        step += 1
        assert step < 20
    return claim


def crash_at(step: int, fate: Fate) -> list[Turn]:
    """The turns of an actor whose process dies after `step` trips."""
    return [*[Turn(0)] * step, Turn(0, fate)]


async def check_made(store: Store, email: str, outcome: Any) -> None:
    """Check that the command line returned the user with this address."""
    workspace, user = outcome
    assert await place_of(store, "address", email) == (workspace, user.id)


async def check_signed_in(store: Store, who: Identity, outcome: Any) -> None:
    """Check that the session is of the user with this identity, or that there is no session."""
    if isinstance(outcome, AddressInUse):
        found = await find_by_name(services_on(store), "address", who.email)
        assert found is not None
        assert found[1].subject not in {None, who.subject}
        return
    assert isinstance(outcome, str), (who, outcome)
    workspace = outcome[:WORKSPACE_LENGTH]
    snapshot = await read_snapshot(store, workspace, Wanted(session=session_id(outcome)))
    assert snapshot.session is not None
    [user] = await snapshot.load(("user", snapshot.session.user))
    assert (user.subject, user.email) == (who.subject, who.email)
    for kind, name in names_of(who):
        assert await place_of(store, kind, name) == (workspace, user.id)


async def check_database(store: Store) -> None:
    """Check that an address has one user, a domain one workspace, a workspace one first administrator.

    Who has signed in has one page, and it offers the workspace's only event type.
    """
    found = await workspaces(store.client)
    emails = [user["email"] for workspace in found for user in workspace.users.values()]
    assert len(emails) == len(set(emails))
    domains = [domain for workspace in found if (domain := workspace.settings.get("domain"))]
    assert len(domains) == len(set(domains))
    assert all(workspace.roles.count("administrator") == 1 for workspace in found)
    for workspace in found:
        signed_in = sorted(user["id"] for user in workspace.users.values() if user["subject"])
        assert sorted(page["owner"] for page in workspace.pages) == signed_in
        types = [event_type["id"] for event_type in workspace.event_types]
        assert len(types) == bool(signed_in)
        assert all(page["event_types"] == types for page in workspace.pages)
    assert await check_invariants(store.client) == []
