"""A client of Google's APIs on fakegoogle, and grants for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.demo import CLIENT
from admitone.google.api import GoogleApi, GoogleGrant
from admitone.google.endpoints import google_endpoints
from tests.support.fakegoogle.running import CALENDAR
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle

ADA, MAX = "admin@acme.test", "member@acme.test"

SCOPES = (f"{CALENDAR}.events", f"{CALENDAR}.freebusy")


def an_api(google: FakeGoogle, **options: Any) -> GoogleApi:
    """A client of Google's APIs that calls fakegoogle."""
    endpoints = google_endpoints(google.url)
    return GoogleApi(endpoints, CLIENT.client_id, CLIENT.client_secret, **{"timeout": PATIENCE} | options)


async def a_grant(google: FakeGoogle, account: str = ADA, scopes: tuple[str, ...] = SCOPES) -> GoogleGrant:
    """A grant of `scopes` by `account`, as the server has it after the consent page."""
    minted = await google.control("tokens", account=account, scopes=list(scopes), client_id=CLIENT.client_id)
    return GoogleGrant(minted["refresh_token"], frozenset(scopes))
