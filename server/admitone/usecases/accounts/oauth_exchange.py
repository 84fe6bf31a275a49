"""Exchange a code for the first tokens of its family."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.people.grant import TokenState, code_address, exchanged, proves, token_state
from admitone.store.records.credentials.grants import delete_grant, write_grant
from admitone.usecases.accounts.oauth_tokens import (
    make_tokens,
    new_refresh_token,
    read_family,
    refuse,
    refuse_ended,
)

if TYPE_CHECKING:
    from admitone.domain.people.grant import Grant
    from admitone.domain.people.seen import Seen
    from admitone.usecases.accounts.oauth_tokens import Tokens
    from admitone.usecases.shared.services import Services


async def exchange_code(
    services: Services, code: str, verifier: str, redirect_uri: str | None, seen: Seen
) -> Tokens:
    """The first tokens for a code, which can be exchanged once.

    A code that is sent again, or with a wrong verifier or redirect URI, was probably stolen: its grant
    is revoked. Raises OAuthError (invalid_grant), Busy, OutcomeUnknown.
    """
    normal = tokens.normalise(code, tokens.OAUTH_CODE_LENGTH)
    if normal is None:
        refuse()
    workspace, grant_id = normal[: tokens.WORKSPACE_LENGTH], code_address(normal)
    snapshot, read = await read_family(services, normal, grant_id)
    now = services.now()
    is_good = token_state(read.grant, grant_id, now) is TokenState.GOOD
    if not (is_good and proves(read.grant, verifier) and _leads_back(read.grant, redirect_uri)):
        await delete_grant(services.store, workspace, grant_id)
        refuse()
    await refuse_ended(snapshot, read.grant)
    refresh_token = new_refresh_token(workspace, grant_id)
    grant = exchanged(read.grant, refresh_token, now, seen)
    if not await write_grant(services.store, workspace, grant_id, grant, now=now, read=read):
        await delete_grant(services.store, workspace, grant_id)  # two calls sent it at once: one is a replay
        refuse()
    return await make_tokens(services, workspace, grant_id, grant, refresh_token)


def _leads_back(grant: Grant, redirect_uri: str | None) -> bool:
    """Whether the redirect URI is the grant's, or absent: OAuth 2.1 omits it, RFC 6749 repeats it."""
    return redirect_uri is None or hmac.compare_digest(redirect_uri.encode(), grant.redirect_uri.encode())
