"""`admitone demo`: everything on this machine, with demo data; what `make run` starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
import msgspec
import uvloop

from admitone import app, logs
from admitone.commands.demo_google import connect_demo
from admitone.commands.demo_history.seed import seed_history
from admitone.commands.demo_history.story import MOST
from admitone.commands.demo_seed import Demo, seed_demo
from admitone.commands.demo_workflow import seed_workflow
from admitone.commands.failures import told_plainly
from admitone.commands.fakegoogle import FILE, LOOPBACK
from admitone.config import Config, Environment
from admitone.fakegoogle.addon.draft import Deployment
from admitone.fakegoogle.app import make_app
from admitone.fakegoogle.calendar.demo_events import seed_events
from admitone.fakegoogle.demo import CLIENT
from admitone.fakegoogle.oauth.addon_tokens import SERVICE_ACCOUNT
from admitone.fakegoogle.persistence import read_data
from admitone.fakegoogle.state import State
from admitone.store.records.configuration.configuration import read_records
from admitone.usecases.accounts.api_key_create import api_key_id, create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.web.addon.use import PATH as ADDON_PATH
from admitone.web.http.connections.listen import listening
from admitone.web.oauth.google_client import CALLBACK

if TYPE_CHECKING:
    from pathlib import Path

    from admitone.fakegoogle.records import Client
    from admitone.usecases.shared.services import Services

KEY_FILE = "demo-api-key"
DAYS = 60
ADDON_CLIENT_ID = "addon.apps.googleusercontent.com"
CACHE_SECONDS = 5
"""The stand-in for Google sends no notifications, so a short cache shows changes soon."""


@click.command("demo")
@click.option(
    "--bookings",
    type=click.IntRange(0, MOST),
    default=0,
    metavar="N",
    help=f"Seed up to N bookings over a year, and twice as many links; at most {MOST}.",
)
@told_plainly
def demo_command(bookings: int) -> None:
    """Serve with demo data, and print the addresses to open. Refused in production."""
    config = Config.from_environment()
    config.demand_all()
    if config.env is Environment.PRODUCTION:
        raise click.ClickException("The demo is refused where ADMITONE_ENV is production.")
    logs.configure(config.log_format)
    uvloop.run(_run(config, bookings))


async def _run(config: Config, bookings: int) -> None:
    file = config.data_dir / FILE
    state = State(read_data(file), clients=[_client(config)])
    google = make_app(state, file=file, addon=_addon(config))
    async with listening(google, LOOPBACK, config.fakegoogle_port) as google_address:
        seed_events(state, datetime.now(UTC).date(), google_address)
        await _serve(_with_google(config, google_address), google_address, bookings)


def _addon(config: Config) -> Deployment:
    """The add-on, as it is installed in the stand-in's Gmail."""
    endpoint = f"{config.public_url}{ADDON_PATH}"
    return Deployment(endpoint=endpoint, address=endpoint, oauth_client_id=ADDON_CLIENT_ID)


def _client(config: Config) -> Client:
    return msgspec.structs.replace(CLIENT, redirect_uris=(f"{config.public_url}{CALLBACK}",))


def _with_google(config: Config, address: str) -> Config:
    """The settings, with the stand-in instead of Google."""
    return Config(
        {
            **config.environment,
            "ADMITONE_GOOGLE_CLIENT_ID": CLIENT.client_id,
            "ADMITONE_GOOGLE_CLIENT_SECRET": CLIENT.client_secret,
            "ADMITONE_GOOGLE_ENDPOINT": address,
            "ADMITONE_ADDON_CLIENT_ID": ADDON_CLIENT_ID,
            "ADMITONE_ADDON_SERVICE_ACCOUNT": SERVICE_ACCOUNT,
            "ADMITONE_CALENDAR_CACHE_SECONDS": config.environment.get(
                "ADMITONE_CALENDAR_CACHE_SECONDS", str(CACHE_SECONDS)
            ),
            "ADMITONE_WEBHOOKS_TO_LOOPBACK": "yes",
            "ADMITONE_PROCESSES": "1",
        }
    )


async def _serve(config: Config, google_address: str, bookings: int) -> None:
    async with app.opened_store(config) as store:
        services = app.services(config, store)
        demo = await seed_demo(services)
        await connect_demo(config, services, demo)
        await seed_workflow(services, demo)
        await seed_history(services, demo, bookings)
        key = await _demo_key(services, demo, config.data_dir / KEY_FILE)
        await app.serve(
            config, lambda address: click.echo(_welcome(config, address, google_address, demo, key))
        )


async def _demo_key(services: Services, demo: Demo, file: Path) -> str:
    """The administrator's API key, kept in a file that only its owner can read."""
    if key := _read(file):
        [known] = await read_records(services.store, demo.workspace, "api_key", [api_key_id(key)])
        if known is not None:
            return key
    key = await create_api_key(services, demo.workspace, demo.administrator, ApiKeyBody(label="Demo"))
    _write(file, key)
    return key


def _read(file: Path) -> str | None:
    return file.read_text().strip() if file.exists() else None


def _write(file: Path, key: str) -> None:
    file.touch(mode=0o600)
    file.write_text(f"{key}\n")


def _welcome(config: Config, address: str, google_address: str, demo: Demo, key: str) -> str:
    base = config.public_url
    today = datetime.now(UTC).date()
    auth = f"-H 'Authorization: Bearer {key}'"
    json = "-H 'Content-Type: application/json'"
    return f"""
Admit One listens on {address}, and its stand-in for Google on {google_address}

  Sign in            {base}/dashboard   as admin@acme.test or member@acme.test
  Workflows          {base}/dashboard/workflows   one is published; add contacts to it by hand
  API                {base}/api/v1 (the key is in {config.data_dir / KEY_FILE})
  Ada's page         {base}/ada
  Calendars, mail    {google_address}   both accounts are connected to them
  Gmail on a phone   {google_address}/gmail   with the add-on

Make a one-time link:

  curl -s -X POST {base}/api/v1/links {auth} {json} \\
    -d '{{"page": "{demo.page}", "event_type": "{demo.event_type}"}}'

Book the newest link that is active, at the last time that is offered:

  code=$(curl -s '{base}/api/v1/links?status=active&limit=1' {auth} \\
    | sed 's/.*"code":"\\([^"]*\\)".*/\\1/')
  start=$(curl -s "{base}/api/v1/book/$code/slots?from={today}&to={today + timedelta(DAYS)}" \\
    | sed 's/.*"start":"\\([^"]*\\)".*/\\1/')
  curl -s -X POST {base}/api/v1/book/$code {json} \\
    -d '{{"start": "'$start'", "name": "Carla Customer", "email": "carla@example.test"}}'

Ctrl-C stops everything in order.
"""
