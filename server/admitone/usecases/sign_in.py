"""Sign somebody in whom Google has identified: find them, join them to what was prepared, or make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import AccountInactive, AddressInUse, SignUpClosed
from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.config_cache import SETTINGS_ID, field_of
from admitone.store.config_store import RecordWrite, read_records, write_config
from admitone.store.directory import claim_name, look_up, new_claim
from admitone.store.sessions import Session, write_session
from admitone.store.snapshot import Wanted, read_snapshot
from admitone.usecases.services import new_token, settle
from admitone.usecases.user_create import NewUser, bears_name, create_user, identity_name

if TYPE_CHECKING:
    from admitone.domain.user import User
    from admitone.usecases.services import Services

SignUpRule = Literal["open", "domains", "invited"]


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Whom Google identified; the address is verified, `domain` is the Google Workspace domain (`hd`)."""

    issuer: str
    subject: str
    email: str
    name: str
    domain: str | None


async def sign_in(services: Services, identity: Identity, sign_up: SignUpRule) -> str:
    """A session token for the user whose identity this is.

    A user whom the command line made is joined by their verified address. Somebody new joins the workspace of
    their domain; where there is none, `sign_up` says who may make one.

    Raises AccountInactive, AddressInUse (another account has joined as this address), SignUpClosed, Busy.
    """
    workspace, user = (
        await _known(services, identity) or await _joined(services, identity)
        or await _made(services, identity, sign_up)
    )  # fmt: skip
    if not user.active:
        raise AccountInactive
    token = new_token(workspace, tokens.SESSION_LENGTH)
    await write_session(services.store, workspace, token, Session(user=user.id, at=services.now()))
    return token


async def _known(services: Services, identity: Identity) -> tuple[str, User] | None:
    name = identity_name(identity.issuer, identity.subject)
    claim = await look_up(services.store, "identity", name)
    user = await bears_name(services, "identity", name, claim) if claim else None
    return (claim.workspace, user) if claim and user else None


async def _joined(services: Services, identity: Identity) -> tuple[str, User] | None:
    """The user who was made with this address before their first sign-in, now with their identity."""

    async def attempt() -> tuple[str, User | None] | None:
        claim = await look_up(services.store, "address", identity.email)
        there = await bears_name(services, "address", identity.email, claim) if claim else None
        if claim is None or there is None:
            return "", None
        if there.subject is not None:
            raise AddressInUse
        snapshot = await read_snapshot(services.store, claim.workspace, Wanted(records=(("user", there.id),)))
        now = services.now()
        name = identity_name(identity.issuer, identity.subject)
        mine = new_claim(claim.workspace, there.id, now)
        await claim_name(services.store, "identity", name, mine, is_borne=lambda _: _never(), is_ours=True)
        user = msgspec.structs.replace(there, issuer=identity.issuer, subject=identity.subject)
        version = snapshot.version("user", there.id)
        written = await write_config(
            services.store,
            claim.workspace,
            [RecordWrite(kind="user", id=user.id, version=version, record=user, created_at=0)],
            Event(type="config.updated", at=now, by=user.id, record=field_of("user", user.id)),
            now=now,
            claimed=now,
        )
        return (claim.workspace, user) if written.code is Code.OK else None

    workspace, user = await settle(attempt)
    return None if user is None else (workspace, user)


async def _never() -> bool:
    return False


async def _made(services: Services, identity: Identity, sign_up: SignUpRule) -> tuple[str, User]:
    if not await _has_workspace(services, identity):
        allowed = sign_up == "open" or (sign_up == "domains" and identity.domain is not None)
        if not allowed:
            raise SignUpClosed
    return await create_user(
        services,
        NewUser(
            email=identity.email,
            name=identity.name,
            domain=identity.domain,
            issuer=identity.issuer,
            subject=identity.subject,
        ),
    )


async def _has_workspace(services: Services, identity: Identity) -> bool:
    if identity.domain is None:
        return False
    claim = await look_up(services.store, "domain", identity.domain)
    if claim is None:
        return False
    [settings] = await read_records(services.store, claim.workspace, "settings", [SETTINGS_ID])
    return settings is not None and settings.domain == identity.domain
