"""Give an app a code for the user who is signed in and has allowed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import Busy
from admitone.domain.people.grant import CODE_SECONDS, Grant, code_address
from admitone.domain.people.oauth import CLIENT_ID
from admitone.store.records.credentials.grants import write_grant
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.people.oauth import AuthorizationRequest
    from admitone.usecases.shared.services import Caller, Services


async def authorize(services: Services, caller: Caller, asked: AuthorizationRequest) -> str:
    """A code that can be exchanged once within a minute, with the verifier of the challenge; raises Busy."""
    code = new_token(caller.workspace, tokens.OAUTH_CODE_LENGTH)
    now = services.now()
    grant = Grant(
        user=caller.user.id,
        client=CLIENT_ID,
        redirect_uri=asked.redirect_uri,
        challenge=asked.challenge,
        created_at=now,
        until=now + CODE_SECONDS,
        current=code_address(code),
        epoch=caller.user.epoch,
    )
    if not await write_grant(services.store, caller.workspace, code_address(code), grant, now=now):
        raise Busy
    return code
