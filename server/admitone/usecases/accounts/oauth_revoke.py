"""Sign an app out: end the grant of a token (RFC 7009)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import Unauthenticated
from admitone.domain.people.grant import grant_of
from admitone.store.records.credentials.grants import delete_grant
from admitone.usecases.accounts.access_token import read_access_token

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


async def revoke_token(services: Services, token: str) -> None:
    """Revoke the grant of a refresh or access token; any other text is ignored.

    An older token of the grant revokes it too: its holder signs out, or it was stolen. Raises Busy.
    """
    if refresh_token := tokens.normalise(token, tokens.REFRESH_TOKEN_LENGTH):
        workspace = refresh_token[: tokens.WORKSPACE_LENGTH]
        await delete_grant(services.store, workspace, grant_of(refresh_token))
        return
    try:
        claims = await read_access_token(services, token)
    except Unauthenticated:
        return
    await delete_grant(services.store, claims.workspace, claims.sid)
