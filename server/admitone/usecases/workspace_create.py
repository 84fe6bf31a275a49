"""Make a workspace, and users of it, by an address: what the command line and the demo do."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.email_address import MESSAGE, normalise_email
from admitone.domain.errors import Busy, invalid
from admitone.domain.event import Event
from admitone.domain.user import Role, Settings, User
from admitone.store.codes import Code
from admitone.store.config_cache import SETTINGS_ID
from admitone.store.config_store import RecordWrite, read_records, write_config
from admitone.store.directory import Claim, claim_name, look_up, new_claim
from admitone.usecases.services import new_id

if TYPE_CHECKING:
    from admitone.usecases.services import Services

PERSONAL_DOMAINS = frozenset({"gmail.com", "googlemail.com"})
"""Domains whose addresses belong to people who have nothing to do with each other."""


async def find_user(services: Services, email: str) -> tuple[str, User] | None:
    """The workspace and user of an address, or None; raises Invalid for what is no address."""
    address = _address(services, email)
    claim = await look_up(services.store, "address", address)
    if claim is None:
        return None
    [user] = await read_records(services.store, claim.workspace, "user", [claim.record])
    return None if user is None or user.email.casefold() != address else (claim.workspace, user)


async def ensure_user(
    services: Services, email: str, *, name: str, role: Role | None = None
) -> tuple[str, User]:
    """The user of an address, made if need be with the workspace of its domain.

    The first user of a workspace is an administrator, whatever `role` says; later ones are members unless it
    says otherwise. Raises Invalid, Busy (somebody else is making them at the same time).
    """
    found = await find_user(services, email)
    return found or await _create_user(services, _address(services, email), name, role)


async def _create_user(services: Services, address: str, name: str, role: Role | None) -> tuple[str, User]:
    domain = address.rpartition("@")[2]
    shared = domain not in PERSONAL_DOMAINS
    workspace = await _workspace_of(services, domain) if shared else None
    is_first = workspace is None
    workspace = workspace or _new_workspace()
    now = services.now()
    user = User(
        id=new_id(),
        email=address,
        name=name,
        role="administrator" if is_first else role or "member",
        created_at=now,
    )
    claims = [("address", address, new_claim(workspace, user.id, now))]
    if is_first and shared:
        claims.append(("domain", domain, new_claim(workspace, SETTINGS_ID, now)))
    for kind, claimed, claim in claims:
        if await claim_name(
            services.store, kind, claimed, claim, is_borne=lambda it: _is_there(services, it)
        ):
            raise Busy
    settings = Settings(name=workspace_name(address), created_at=now, domain=domain if shared else None)
    records = [_write("user", user.id, user)] + (
        [_write("settings", SETTINGS_ID, settings)] if is_first else []
    )
    event = Event(type="workspace.created" if is_first else "config.created", at=now, by=user.id)
    written = await write_config(services.store, workspace, records, event, now=now, claimed=now)
    if written.code is not Code.OK:
        raise Busy
    return workspace, user


async def _workspace_of(services: Services, domain: str) -> str | None:
    claim = await look_up(services.store, "domain", domain)
    return claim.workspace if claim is not None and await _is_there(services, claim) else None


async def _is_there(services: Services, claim: Claim) -> bool:
    kind = "settings" if claim.record == SETTINGS_ID else "user"
    [record] = await read_records(services.store, claim.workspace, kind, [claim.record])
    return record is not None


def workspace_name(address: str) -> str:
    """What a new workspace is called until its administrator names it: acme.test is Acme."""
    local, _, domain = address.rpartition("@")
    return local if domain in PERSONAL_DOMAINS else domain.split(".")[0].capitalize()


def _new_workspace() -> str:
    return tokens.encode(secrets.token_bytes(3), tokens.WORKSPACE_LENGTH)


def _address(services: Services, email: str) -> str:
    address = normalise_email(email, test_addresses=services.test_addresses)
    if address is None:
        raise invalid("email", MESSAGE)
    return address.casefold()


def _write(kind: str, record_id: str, record: User | Settings) -> RecordWrite:
    return RecordWrite(kind=kind, id=record_id, version=0, record=record, created_at=time.time_ns() // 1000)
