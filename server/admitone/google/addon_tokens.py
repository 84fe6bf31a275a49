"""The two id tokens in a request of the Google Workspace add-on: Google's own, and its user's.

https://developers.google.com/workspace/add-ons/guides/alternate-runtimes#validate_requests
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.google.errors import GoogleRefused
from admitone.google.id_token import Claims, identity_in, signed_claims

if TYPE_CHECKING:
    from admitone.google.certificates import Certificates
    from admitone.google.id_token import GoogleIdentity


async def verify_system_token(
    token: str, certificates: Certificates, *, endpoint: str, service_account: str
) -> None:
    """Verify that Google's add-on service sent the request to `endpoint`, a whole address.

    Raises `GoogleRefused` with the reason, `GoogleUnreachable` if the certificates cannot be fetched.
    """
    claims = await signed_claims(token, certificates, Claims)
    if claims.aud != endpoint:
        raise GoogleRefused("audience")
    if not claims.email_verified or claims.email != service_account:
        raise GoogleRefused("service-account")


async def verify_user_token(token: str, certificates: Certificates, *, client_id: str) -> GoogleIdentity:
    """The person who uses the add-on, of the deployment's OAuth client `client_id`.

    Raises as `verify_system_token`.
    """
    claims = await signed_claims(token, certificates, Claims)
    if claims.aud != client_id:
        raise GoogleRefused("audience")
    return identity_in(claims)
