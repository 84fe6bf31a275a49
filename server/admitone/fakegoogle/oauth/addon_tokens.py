"""The tokens in a request of a Google Workspace add-on.

https://developers.google.com/workspace/add-ons/guides/alternate-runtimes#validate_requests
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.fakegoogle.clock import now
from admitone.fakegoogle.control.faults import Forgery
from admitone.fakegoogle.oauth import id_tokens, tokens

if TYPE_CHECKING:
    from admitone.fakegoogle.state import State

SERVICE_ACCOUNT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"


class TokenRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The account, endpoint and deployment of a request; `system` and `user` forge those tokens."""

    account: str
    endpoint: str
    oauth_client_id: str
    service_account: str = SERVICE_ACCOUNT
    scopes: tuple[str, ...] = ("https://www.googleapis.com/auth/userinfo.email", "openid")
    system: Forgery | None = None
    user: Forgery | None = None


def mint(state: State, wanted: TokenRequest) -> dict[str, Any]:
    """`systemIdToken` (also in the Authorization header), `userIdToken` and `userOAuthToken`."""
    account = state.data.accounts[wanted.account]
    access_token = tokens.issue_access_token(state.data, wanted.oauth_client_id, account.email, wanted.scopes)
    user = id_tokens.claims_for(
        account, wanted.oauth_client_id, wanted.scopes, nonce=None, access_token=access_token
    )
    return {
        "systemIdToken": id_tokens.sign(_system_claims(wanted), state.keys, wanted.system),
        "userIdToken": id_tokens.sign(user, state.keys, wanted.user),
        "userOAuthToken": access_token,
    }


def _system_claims(wanted: TokenRequest) -> dict[str, Any]:
    issued = int(now())
    subject = str(10**20 + int(hashlib.sha256(wanted.service_account.encode()).hexdigest(), 16) % 10**19)
    return {
        "iss": id_tokens.ISSUER,
        "aud": wanted.endpoint,
        "azp": subject,
        "sub": subject,
        "email": wanted.service_account,
        "email_verified": True,
        "iat": issued,
        "exp": issued + id_tokens.LIFETIME_SECONDS,
    }
