"""A user of the dashboard whose Google account is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.google.scopes import SCOPES
from admitone.store.records.credentials.google_connections import (
    Connection,
    seal_refresh_token,
    write_connection,
)
from tests.support.factories import NOW, WORKSPACE
from tests.support.google.api_client import a_grant

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ACCOUNT = "admin@acme.test"


async def connect(dashboard: DashboardServer, admin: Api) -> None:
    """Connect the administrator's calendar and mail, as the consent page would have."""
    grant = await a_grant(dashboard.google, ACCOUNT, (*SCOPES["calendar"], *SCOPES["mail"]))
    connection = Connection(
        user=admin.user,
        email=ACCOUNT,
        scopes=sorted(grant.scopes),
        refresh_token=seal_refresh_token(dashboard.store, WORKSPACE, admin.user, grant.refresh_token),
        connected_at=NOW,
    )
    await write_connection(dashboard.store, WORKSPACE, connection)
