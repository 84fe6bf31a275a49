"""The tokens of an app, and the checks that exchanging a code and refreshing share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import msgspec

from admitone.domain import tokens
from admitone.domain.people.oauth import OAuthError
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.access_token import LIFETIME, make_access_token
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.people.grant import Grant
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.records.credentials.grants import StoredGrant
    from admitone.usecases.shared.services import Services


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `/oauth/token` (RFC 6749, section 5.1)."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - RFC 6750
    expires_in: int = LIFETIME
    refresh_token: str


async def read_family(services: Services, token: str, grant_id: str) -> tuple[Snapshot, StoredGrant]:
    """The grant of a code or token; raises OAuthError if it does not exist."""
    workspace = token[: tokens.WORKSPACE_LENGTH]
    snapshot = await read_snapshot(services.store, workspace, Wanted(grant=grant_id))
    if snapshot.grant is None:
        refuse()
    return snapshot, snapshot.grant


async def refuse_ended(snapshot: Snapshot, grant: Grant) -> None:
    """Raise OAuthError if the user was deactivated or deleted, or has signed out everywhere."""
    [user] = await snapshot.load(("user", grant.user))
    if user is None or not user.accepts(grant.epoch):
        refuse()


async def make_tokens(
    services: Services, workspace: str, grant_id: str, grant: Grant, refresh_token: str
) -> Tokens:
    """The refresh token with a new access token."""
    access_token = await make_access_token(services, workspace, grant_id, grant)
    return Tokens(access_token=access_token, refresh_token=refresh_token)


def new_refresh_token(workspace: str, grant_id: str) -> str:
    """A new refresh token of a grant."""
    return new_token(workspace + grant_id.upper(), tokens.REFRESH_TOKEN_LENGTH)


def refuse() -> NoReturn:
    """Raise OAuthError; it is the same for every fault of a code or token, so that it reveals nothing."""
    raise OAuthError("invalid_grant", "The code or refresh token is not valid, or no longer. Sign in again.")
