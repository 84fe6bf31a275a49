"""Exchange a refresh token for its successor and a new access token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.people.grant import TokenState, grant_of, refresh_address, token_state, turned
from admitone.store.records.credentials.grants import delete_grant, read_successor, write_grant
from admitone.usecases.accounts.oauth_tokens import (
    make_tokens,
    new_refresh_token,
    read_family,
    refuse,
    refuse_ended,
)
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from admitone.domain.people.seen import Seen
    from admitone.usecases.accounts.oauth_tokens import Tokens
    from admitone.usecases.shared.services import Services


async def refresh_tokens(services: Services, refresh_token: str, seen: Seen) -> Tokens:
    """The next tokens; within a minute, a second call returns the same successor if that is still unused.

    Any other second use of a token revokes all tokens of its grant. Raises OAuthError (invalid_grant), Busy,
    OutcomeUnknown.
    """
    normal = tokens.normalise(refresh_token, tokens.REFRESH_TOKEN_LENGTH)
    if normal is None:
        refuse()
    return await settle_alone(lambda: _attempt(services, normal, seen))


async def _attempt(services: Services, refresh_token: str, seen: Seen) -> Tokens | None:
    """The next tokens, or None if another call used the token at the same time."""
    workspace, grant_id = refresh_token[: tokens.WORKSPACE_LENGTH], grant_of(refresh_token)
    snapshot, read = await read_family(services, refresh_token, grant_id)
    store, now = services.store, services.now()
    found = token_state(read.grant, refresh_address(refresh_token), now)
    if found is TokenState.REUSED:
        await delete_grant(store, workspace, grant_id)
    if found in {TokenState.REUSED, TokenState.OVER}:
        refuse()
    await refuse_ended(snapshot, read.grant)
    if found is TokenState.TURNED:
        successor = await read_successor(store, workspace, grant_id, read.grant)
    else:
        successor = new_refresh_token(workspace, grant_id)
        grant = turned(read.grant, successor, now, seen)
        if not await write_grant(store, workspace, grant_id, grant, now=now, read=read, successor=successor):
            return None
    if successor is None:
        return None
    return await make_tokens(services, workspace, grant_id, read.grant, successor)
