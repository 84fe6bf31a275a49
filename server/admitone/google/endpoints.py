"""Google's addresses, or those of one other server that stands in for all of them."""

from __future__ import annotations

import msgspec


class GoogleEndpoints(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses that we call; the answer of `certificates` is `{key id: PEM certificate}`.

    `root` is the server of Calendar, Gmail and their batches; None for those of the discovery documents.
    """

    authorization: str
    token: str
    revocation: str
    certificates: str
    root: str | None = None


GOOGLE = GoogleEndpoints(
    authorization="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
    revocation="https://oauth2.googleapis.com/revoke",
    certificates="https://www.googleapis.com/oauth2/v1/certs",
)


def google_endpoints(endpoint: str | None) -> GoogleEndpoints:
    """Google's addresses, or the same paths at `endpoint` (a base URL such as `http://127.0.0.1:8081`)."""
    if endpoint is None:
        return GOOGLE
    base = endpoint.rstrip("/")
    return GoogleEndpoints(
        authorization=f"{base}/o/oauth2/v2/auth",
        token=f"{base}/token",
        revocation=f"{base}/revoke",
        certificates=f"{base}/oauth2/v1/certs",
        root=f"{base}/",
    )
