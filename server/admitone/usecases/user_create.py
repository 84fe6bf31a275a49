"""Make a user, and with them the workspace where there is none: at a first sign-in, or by the command line.

Directory claims come first, then one script writes all records. After a crash between the two, the same
person's next attempt finds its own unfinished claims and finishes with their ids.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.event import Event
from admitone.domain.user import Role, Settings, User
from admitone.store.codes import Code
from admitone.store.config_cache import SETTINGS_ID
from admitone.store.config_store import RecordWrite, read_records, write_config
from admitone.store.directory import claim_name, look_up, new_claim
from admitone.usecases.services import new_id, settle

if TYPE_CHECKING:
    from admitone.store.directory import Claim
    from admitone.usecases.services import Services


class NewUser(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to be made; `domain` is what they share a workspace by, `issuer` and `subject` come from Google.

    `role` is for a workspace that has users: its first one is an administrator, whatever is asked for.
    """

    email: str
    name: str
    role: Role = "member"
    domain: str | None = None
    issuer: str | None = None
    subject: str | None = None

    @property
    def names(self) -> list[tuple[str, str]]:
        """The directory names that lead to this user, the one that is theirs for certain first."""
        by_address = [("address", self.email)]
        return (
            [("identity", identity_name(self.issuer, self.subject)), *by_address]
            if self.subject
            else by_address
        )


async def create_user(services: Services, new: NewUser) -> tuple[str, User]:
    """The workspace and the user, both made if need be; raises Busy if others keep interfering."""
    return await settle(lambda: _attempt(services, new))


def identity_name(issuer: str | None, subject: str | None) -> str:
    """The directory name of an identity."""
    return f"{issuer} {subject}"


async def bears_name(services: Services, kind: str, name: str, claim: Claim) -> User | None:
    """The user that a claim speaks of, if they really have the name; None for an unfinished claim."""
    [user] = await read_records(services.store, claim.workspace, "user", [claim.record])
    if user is None:
        return None
    borne = user.email if kind == "address" else identity_name(user.issuer, user.subject)
    return user if borne == name else None


async def _attempt(services: Services, new: NewUser) -> tuple[str, User] | None:
    now = services.now()
    kind, name = new.names[0]
    earlier = await look_up(services.store, kind, name)
    if earlier is not None and (there := await bears_name(services, kind, name, earlier)) is not None:
        return earlier.workspace, there
    workspace, is_first = await _workspace(services, new, earlier)
    user = User(
        id=earlier.record if earlier else new_id(),
        email=new.email,
        name=new.name,
        role="administrator" if is_first else new.role,
        created_at=now,
        issuer=new.issuer,
        subject=new.subject,
    )
    if is_first and new.domain and not await _claim_domain(services, new.domain, workspace, now):
        return None
    for kind, name in new.names:
        await _claim_user_name(services, kind, name, new_claim(workspace, user.id, now))
    records = [_write("user", user.id, user)]
    if is_first:
        settings = Settings(name=workspace_name(new), created_at=now, domain=new.domain)
        records.append(_write("settings", SETTINGS_ID, settings))
    event = Event(type="workspace.created" if is_first else "config.created", at=now, by=user.id)
    written = await write_config(services.store, workspace, records, event, now=now, claimed=now)
    return (workspace, user) if written.code is Code.OK else None


async def _workspace(services: Services, new: NewUser, earlier: Claim | None) -> tuple[str, bool]:
    """Which workspace the user belongs to, and whether it is still to be made."""
    claim = await look_up(services.store, "domain", new.domain) if new.domain else earlier
    if claim is None:
        return _new_workspace(), True
    [settings] = await read_records(services.store, claim.workspace, "settings", [SETTINGS_ID])
    if settings is None:
        return claim.workspace, True
    if new.domain and settings.domain == new.domain:
        return claim.workspace, False
    # The number was drawn, and claimed by nobody's records, before another workspace was made with it.
    return _new_workspace(), True


async def _claim_domain(services: Services, domain: str, workspace: str, now: int) -> bool:
    async def is_borne(claim: Claim) -> bool:
        [settings] = await read_records(services.store, claim.workspace, "settings", [SETTINGS_ID])
        return settings is not None and settings.domain == domain

    claim = new_claim(workspace, SETTINGS_ID, now)
    return await claim_name(services.store, "domain", domain, claim, is_borne=is_borne, is_ours=True) is None


async def _claim_user_name(services: Services, kind: str, name: str, claim: Claim) -> None:
    """Claim it unless another user has it: an address may be another workspace's, and is theirs then."""

    async def is_borne(other: Claim) -> bool:
        return await bears_name(services, kind, name, other) is not None

    await claim_name(services.store, kind, name, claim, is_borne=is_borne, is_ours=True)


def workspace_name(new: NewUser) -> str:
    """What a new workspace is called until its administrator names it: acme.test is Acme."""
    return new.domain.split(".")[0].capitalize() if new.domain else new.name


def _new_workspace() -> str:
    return tokens.encode(secrets.token_bytes(3), tokens.WORKSPACE_LENGTH)


def _write(kind: str, record_id: str, record: User | Settings) -> RecordWrite:
    return RecordWrite(kind=kind, id=record_id, version=0, record=record, created_at=time.time_ns() // 1000)
