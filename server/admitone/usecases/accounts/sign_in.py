"""Sign in a person whom Google has identified: find their user, join a prepared one, or create one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import AccountInactive, AddressInUse, SignUpClosed
from admitone.domain.event import Event
from admitone.domain.people.audit import audit_entry
from admitone.domain.people.seen import Seen
from admitone.domain.text import trimmed
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import field_of
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.store.records.directory import new_claim
from admitone.texts.catalogues import ENGLISH
from admitone.usecases.accounts.first_page import Start, first_records
from admitone.usecases.accounts.user_create import (
    NewUser,
    claim_user_name,
    create_user,
    domain_settings,
    identity_name,
)
from admitone.usecases.accounts.user_find import find_by_name, normal_address
from admitone.usecases.shared.services import new_token
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.google.id_token import GoogleIdentity
    from admitone.usecases.shared.services import Services

SignUpRule = Literal["open", "domains", "invited"]
NOWHERE = Seen()
"""Where the command line signs people in."""
NOTHING_TOLD = Start(ENGLISH)
"""What no browser says."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Whom Google identified; the address is verified, `domain` is the Google Workspace domain (`hd`)."""

    issuer: str
    subject: str
    email: str
    name: str
    domain: str | None

    @property
    def directory_name(self) -> str:
        """The identity's name in the directory."""
        return identity_name(self.issuer, self.subject)


def identity_of(services: Services, found: GoogleIdentity) -> Identity:
    """The identity in Google's id token; raises Invalid if its address is not one."""
    email = normal_address(services, found.email)
    return Identity(
        issuer=found.issuer,
        subject=found.subject,
        email=email,
        name=trimmed(found.name or "") or email.partition("@")[0],
        domain=found.hd.casefold() if found.hd else None,
    )


class SignedIn(NamedTuple):
    """The token of a new session, and whether its user got their first page just now."""

    token: str
    is_new: bool


class Joined(NamedTuple):
    """A user, their workspace, and whether they got their first page just now."""

    workspace: str
    user: User
    is_new: bool = False


async def sign_in(
    services: Services,
    identity: Identity,
    sign_up: SignUpRule,
    seen: Seen = NOWHERE,
    start: Start = NOTHING_TOLD,
) -> SignedIn:
    """A session for the user whose identity this is; who signs in for the first time gets a page.

    A user that the command line created is found by the verified address. A new person joins the workspace of
    their domain; if there is none, `sign_up` says who may create one.

    Raises AccountInactive, AddressInUse (another account has joined as this address), SignUpClosed, Busy.
    """
    joined = await settle_alone(lambda: _found_or_made(services, identity, sign_up, seen, start))
    return SignedIn(await start_session(services, joined.workspace, joined.user, seen), joined.is_new)


async def start_session(services: Services, workspace: str, user: User, seen: Seen) -> str:
    """A session token for the user; raises AccountInactive."""
    if not user.active:
        raise AccountInactive
    token = new_token(workspace, tokens.SESSION_LENGTH)
    now = services.now()
    session = Session(user=user.id, at=now, epoch=user.epoch, used_at=now, seen=seen)
    await write_session(services.store, workspace, token, session)
    return token


async def _found_or_made(
    services: Services, identity: Identity, sign_up: SignUpRule, seen: Seen, start: Start
) -> Joined | None:
    """The workspace and the user; None if another process wrote one of the records meanwhile."""
    known = await find_by_name(services, "identity", identity.directory_name)
    if known is not None:
        return Joined(*known)
    prepared = await find_by_name(services, "address", identity.email)
    if prepared is not None:
        return await join_prepared(services, identity, seen, start, *prepared)
    await _refuse_unless_open(services, identity, sign_up)
    new = NewUser(
        email=identity.email,
        name=identity.name,
        domain=identity.domain,
        issuer=identity.issuer,
        subject=identity.subject,
        address=seen.address,
        start=start,
    )
    made = await create_user(services, new)
    return None if made is None else Joined(*made, is_new=True)


async def join_prepared(
    services: Services, identity: Identity, seen: Seen, start: Start, workspace: str, user: User
) -> Joined | None:
    """Give a user that was created with this address, before their first sign-in, identity and page.

    None if another process wrote the user meanwhile; raises AddressInUse.
    """
    user_id = user.id
    wanted = Wanted(records=(("user", user_id),))
    snapshot = await read_snapshot(services.store, workspace, wanted)
    there: User | None = snapshot.find("user", user_id)
    if there is None or there.email != identity.email:
        return None
    if there.subject is not None:
        if identity_name(there.issuer, there.subject) == identity.directory_name:
            return Joined(workspace, there)
        raise AddressInUse
    now = services.now()
    claim = new_claim(workspace, user_id, now)
    if not await claim_user_name(services, "identity", identity.directory_name, claim):
        return None
    user = msgspec.structs.replace(there, issuer=identity.issuer, subject=identity.subject)
    version = snapshot.version("user", user_id)
    first = await first_records(services, snapshot, user, start)
    written = await write_config(
        services.store,
        workspace,
        [RecordWrite(kind="user", id=user_id, version=version, record=user, created_at=0), *first],
        Event(type="config.updated", at=now, by=user_id, record=field_of("user", user_id)),
        now=services.now(),
        claimed=now,
        audit=audit_entry("user", user_id, there, user, by=user_id, address=seen.address, at=now),
    )
    return Joined(workspace, user, is_new=bool(first)) if written.code is Code.OK else None


async def _refuse_unless_open(services: Services, identity: Identity, sign_up: SignUpRule) -> None:
    """Raise SignUpClosed unless the domain's workspace takes new users, or `sign_up` allows a new one."""
    theirs = await domain_settings(services, identity.domain) if identity.domain else None
    if theirs is not None:
        if not theirs.join_by_domain:
            raise SignUpClosed
        return
    if sign_up == "invited" or (sign_up == "domains" and identity.domain is None):
        raise SignUpClosed
