"""Grants, codes and tokens: what Google hands out and what it still honours."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from admitone.fakegoogle.clock import now
from admitone.fakegoogle.records import AccessToken, AuthorizationCode, Grant, RefreshToken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.fakegoogle.authorization_request import AuthorizationRequest
    from admitone.fakegoogle.records import Account, Data

CODE_SECONDS = 600
ACCESS_TOKEN_SECONDS = 3599
REFRESH_TOKENS_PER_GRANT = 100  # https://developers.google.com/identity/protocols/oauth2#expiration


def grant_of(data: Data, client_id: str, account: str) -> Grant | None:
    """What `account` has allowed `client_id` up to now."""
    for grant in data.grants:
        if (grant.client_id, grant.account) == (client_id, account):
            return grant
    return None


def issue_code(
    data: Data, request: AuthorizationRequest, account: Account, allowed: Iterable[str]
) -> tuple[str, tuple[str, ...]]:
    """Record the consent to `allowed` and answer its code and the scopes that the code stands for.

    A refresh token goes with it when offline access is asked for and something was newly consented to: Google
    gives none to a client that already had one, unless `prompt=consent`.
    """
    allowed = list(allowed)
    grant = grant_of(data, request.client_id, account.email)
    if grant is None:
        grant = Grant(client_id=request.client_id, account=account.email, scopes=set())
        data.grants.append(grant)
    is_news = bool(set(allowed) - grant.scopes) or not grant.offline
    grant.scopes.update(allowed)
    grant.offline = grant.offline or request.offline
    earlier = sorted(grant.scopes - set(allowed)) if request.include_granted_scopes else []
    scopes = (*allowed, *earlier)
    code = "4/0A" + secrets.token_urlsafe(42)
    data.codes[code] = AuthorizationCode(
        client_id=request.client_id,
        account=account.email,
        redirect_uri=request.redirect_uri,
        scopes=scopes,
        nonce=request.nonce,
        challenge=request.code_challenge,
        challenge_method=request.code_challenge_method,
        refresh=request.offline and (is_news or "consent" in request.prompts),
        expires=now() + CODE_SECONDS,
    )
    return code, scopes


def issue_access_token(data: Data, client_id: str, account: str, scopes: Iterable[str]) -> str:
    """A new access token, good for an hour."""
    token = "ya29.a0A" + secrets.token_urlsafe(120)
    data.access_tokens[token] = AccessToken(
        client_id=client_id, account=account, scopes=tuple(scopes), expires=now() + ACCESS_TOKEN_SECONDS
    )
    return token


def issue_refresh_token(data: Data, client_id: str, account: str, scopes: Iterable[str]) -> str:
    """A new refresh token; the oldest one above the limit stops working without notice."""
    mine = [
        token
        for token, record in data.refresh_tokens.items()
        if (record.client_id, record.account) == (client_id, account)
    ]
    for token in mine[: max(0, len(mine) - REFRESH_TOKENS_PER_GRANT + 1)]:
        del data.refresh_tokens[token]
    token = "1//0" + secrets.token_urlsafe(72)
    data.refresh_tokens[token] = RefreshToken(client_id=client_id, account=account, scopes=tuple(scopes))
    return token


def live_access_token(data: Data, token: str | None) -> AccessToken | None:
    """The record of an access token that is good now."""
    record = data.access_tokens.get(token) if token is not None else None
    return record if record is not None and record.expires > now() else None


def revoke(data: Data, client_id: str, account: str) -> None:
    """End the grant, and with it every token of it: Google revokes all scopes at once."""
    data.grants = [grant for grant in data.grants if (grant.client_id, grant.account) != (client_id, account)]
    for tokens in (data.access_tokens, data.refresh_tokens, data.codes):
        doomed = [key for key, one in tokens.items() if (one.client_id, one.account) == (client_id, account)]
        for key in doomed:
            del tokens[key]


def revoke_account(data: Data, account: str) -> None:
    """End every grant of `account`, as removing the app on the account's security page does."""
    clients = {grant.client_id for grant in data.grants if grant.account == account}
    clients |= {token.client_id for token in data.access_tokens.values() if token.account == account}
    clients |= {token.client_id for token in data.refresh_tokens.values() if token.account == account}
    for client_id in clients:
        revoke(data, client_id, account)


def expire_access_tokens(data: Data, account: str | None) -> None:
    """Make the access tokens of `account` (None: of all) expired as of now; refresh tokens go on working."""
    for token, record in data.access_tokens.items():
        if account in (None, record.account):
            data.access_tokens[token] = AccessToken(
                client_id=record.client_id, account=record.account, scopes=record.scopes, expires=0
            )
