"""Connects the demo's users to the stand-in for Google, as they would in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone import app
from admitone.fakegoogle.oauth.give_consent import give_consent
from admitone.google.scopes import SCOPES
from admitone.google.sign_in import new_attempt
from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.accounts.sign_in import identity_of, sign_in
from admitone.usecases.google.google_connect import connect_google
from admitone.web.oauth.google_client import CALLBACK

if TYPE_CHECKING:
    from admitone.commands.demo_seed import Demo
    from admitone.config import Config
    from admitone.google.sign_in import Granted
    from admitone.usecases.shared.services import Services

SERVICES = (*SCOPES["calendar"], *SCOPES["drafts"])


async def connect_demo(config: Config, services: Services, demo: Demo) -> None:
    """Connect calendar and mail of every user who is not connected, or must reconnect."""
    for user_id in demo.users:
        connection = await read_connection(services.store, demo.workspace, user_id)
        if connection is not None and not connection.needs_reconnect:
            continue
        [user] = await read_records(services.store, demo.workspace, "user", [user_id])
        granted = await _consented(config, user.email)
        await sign_in(services, identity_of(services, granted.identity), "open")
        [user] = await read_records(services.store, demo.workspace, "user", [user_id])
        await connect_google(services, demo.workspace, user, granted)


async def _consented(config: Config, email: str) -> Granted:
    """Give the consent of the account with this address."""
    attempt, redirect_uri = new_attempt(), f"{config.public_url}{CALLBACK}"
    async with app.google_sign_in(config) as google:
        assert google is not None
        url = google.authorization_url(attempt, redirect_uri, login_hint=email, scopes=SERVICES)
        code = await give_consent(url, email)
        return await google.connect(code, attempt, redirect_uri)
