"""Create a user, and their workspace if it does not exist: at a first sign-in, or by the command line.

The names are claimed in the directory first, then one script writes all records. A process that finds an
unfinished claim on one of its own names continues with the ids in that claim. So if several processes create
the same user or workspace, at once or after a crash, the script lets one write it, and the others find its
records.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import Busy
from admitone.domain.event import Event
from admitone.domain.people.audit import audit_entry
from admitone.domain.people.user import Role, Settings, User
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, read_records, write_config
from admitone.store.records.configuration.configuration_cache import SETTINGS_ID, field_of
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.directory import claim_name, look_up, new_claim
from admitone.usecases.accounts.first_page import Start, first_records
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.store.records.directory import Claim
    from admitone.usecases.shared.services import Services

DRAWS = 100
"""Workspace numbers that are tried; with 100,000 workspaces, one in ten numbers is in use."""


class NewUser(msgspec.Struct, frozen=True, kw_only=True):
    """The user to create; users of the same `domain` share a workspace, Google gives `issuer` and `subject`.

    `role` holds in a workspace that has users; the first user of a workspace is always an administrator.
    `address` is the IP address that they sign in from, empty on the command line. With `start`, the user gets
    their first page.
    """

    email: str
    name: str
    role: Role = "member"
    domain: str | None = None
    issuer: str | None = None
    subject: str | None = None
    address: str = ""
    start: Start | None = None

    @property
    def names(self) -> list[tuple[str, str]]:
        """The user's names in the directory, as pairs of kind and name: first the address, which all have."""
        by_address = [("address", self.email)]
        if self.subject is None:
            return by_address
        return [*by_address, ("identity", identity_name(self.issuer, self.subject))]


async def create_user(services: Services, new: NewUser) -> tuple[str, User] | None:
    """The new user and their workspace, which is created if necessary.

    None if another process creates them, or has created them: look for the user again, then repeat. Raises
    Busy if no free workspace number was found.
    """
    now = services.now()
    unfinished = await _unfinished(services, new)
    workspace, is_first = await _workspace(services, new, unfinished, now)
    user_id = unfinished.record if unfinished else new_id()
    if not is_first:
        return await _write_user(services, workspace, user_id, new, "config.created", now)
    settings = Settings(name=workspace_name(new), created_at=now, domain=new.domain)
    also = _write("settings", SETTINGS_ID, settings)
    new = msgspec.structs.replace(new, role="administrator")
    return await _write_user(services, workspace, user_id, new, "workspace.created", now, also)


async def add_user(
    services: Services, workspace: str, new: NewUser, *also: RecordWrite
) -> tuple[str, User] | None:
    """As `create_user`, in a workspace that exists; the same script writes `also`."""
    unfinished = await _unfinished(services, new)
    is_own = unfinished is not None and unfinished.workspace == workspace
    user_id = unfinished.record if unfinished and is_own else new_id()
    return await _write_user(services, workspace, user_id, new, "config.created", services.now(), *also)


async def _write_user(
    services: Services,
    workspace: str,
    user_id: str,
    new: NewUser,
    kind: Literal["config.created", "workspace.created"],
    now: int,
    *also: RecordWrite,
) -> tuple[str, User] | None:
    """Claim the names, then write the records; None if another process was faster."""
    user = User(
        id=user_id,
        email=new.email,
        name=new.name,
        role=new.role,
        created_at=now,
        issuer=new.issuer,
        subject=new.subject,
    )
    for name in new.names:
        if not await claim_user_name(services, *name, new_claim(workspace, user.id, now)):
            return None
    event = Event(type=kind, at=now, by=user.id, record=field_of("user", user.id))
    records = [_write("user", user.id, user), *also]
    if new.start is not None:
        snapshot = await read_snapshot(services.store, workspace, Wanted())
        records += await first_records(services, snapshot, user, new.start)
    deleted = [field_of(one.kind, one.id) for one in also if one.record is None]
    audit = audit_entry("user", user.id, None, user, by=user.id, address=new.address, at=now, also=deleted)
    written = await write_config(
        services.store, workspace, records, event, now=services.now(), claimed=now, audit=audit
    )
    return (workspace, user) if written.code is Code.OK else None


async def claim_user_name(services: Services, kind: str, name: str, claim: Claim) -> bool:
    """Claim a name for a user; False if another user has it, or is just being created with it."""

    async def is_borne(other: Claim) -> bool:
        return await bears_name(services, kind, name, other) is not None

    return await claim_name(services.store, kind, name, claim, is_borne=is_borne) is None


async def bears_name(services: Services, kind: str, name: str, claim: Claim) -> User | None:
    """The user that a claim names, if they have the name; None for an unfinished or outdated claim.

    Who has left bears no name: their account can join this or another workspace as a new user.
    """
    user = await _user(services, claim)
    if user is None or user.left_at is not None:
        return None
    borne = user.email if kind == "address" else identity_name(user.issuer, user.subject)
    return user if borne == name else None


async def domain_settings(services: Services, domain: str) -> Settings | None:
    """The settings of a domain's workspace, None if it does not exist."""
    claim = await look_up(services.store, "domain", domain)
    settings = await _settings(services, claim.workspace) if claim else None
    return settings if settings and settings.domain == domain else None


def identity_name(issuer: str | None, subject: str | None) -> str:
    """The name of an identity in the directory."""
    return f"{issuer} {subject}"


def workspace_name(new: NewUser) -> str:
    """The first name of a new workspace, such as Acme for acme.test; its administrator can change it."""
    return new.domain.split(".")[0].capitalize() if new.domain else new.name


async def _unfinished(services: Services, new: NewUser) -> Claim | None:
    """A claim on one of the user's names whose record has not been written (yet), or None."""
    for kind, name in new.names:
        claim = await look_up(services.store, kind, name)
        if claim is not None and await _user(services, claim) is None:
            return claim
    return None


async def _workspace(
    services: Services, new: NewUser, unfinished: Claim | None, now: int
) -> tuple[str, bool]:
    """The user's workspace, and whether it is still to be created; its domain is claimed in that case.

    A claim without matching settings never leads to an existing workspace: that number may have been given to
    another workspace since.
    """
    claim = (await look_up(services.store, "domain", new.domain) if new.domain else None) or unfinished
    settings = await _settings(services, claim.workspace) if claim else None
    if claim and settings and new.domain and settings.domain == new.domain:
        return claim.workspace, False
    number = claim.workspace if claim and not settings else await _free_number(services)
    if new.domain is None:
        return number, True
    theirs = await _claim_domain(services, new.domain, new_claim(number, SETTINGS_ID, now))
    return (theirs.workspace if theirs else number), True


async def _claim_domain(services: Services, domain: str, claim: Claim) -> Claim | None:
    async def is_borne(other: Claim) -> bool:
        settings = await _settings(services, other.workspace)
        return settings is not None and settings.domain == domain

    return await claim_name(services.store, "domain", domain, claim, is_borne=is_borne)


async def _free_number(services: Services) -> str:
    """A free workspace number; if two processes draw the same one, the script accepts only the first.

    Raises Busy.
    """
    for _ in range(DRAWS):
        number = tokens.encode(secrets.token_bytes(3), tokens.WORKSPACE_LENGTH)
        if await _settings(services, number) is None:
            return number
    raise Busy


async def _user(services: Services, claim: Claim) -> User | None:
    user: User | None
    [user] = await read_records(services.store, claim.workspace, "user", [claim.record])
    return user


async def _settings(services: Services, workspace: str) -> Settings | None:
    settings: Settings | None
    [settings] = await read_records(services.store, workspace, "settings", [SETTINGS_ID])
    return settings


def _write(kind: str, record_id: str, record: User | Settings) -> RecordWrite:
    return RecordWrite(kind=kind, id=record_id, version=0, record=record, created_at=creation_order())
