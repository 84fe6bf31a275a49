"""`admitone fakegoogle`: run only the stand-in for Google."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import click
import msgspec

from admitone.commands.failures import told_plainly
from admitone.config import Config, Environment
from admitone.fakegoogle.app import make_app
from admitone.fakegoogle.demo import CLIENT
from admitone.fakegoogle.persistence import read_data
from admitone.fakegoogle.state import State
from admitone.web.http.connections.listen import listening
from admitone.web.http.connections.listen_error import ListenError

if TYPE_CHECKING:
    from pathlib import Path

    from admitone.fakegoogle.records import Client

LOOPBACK = "127.0.0.1"
FILE = "fakegoogle.json"


@click.command("fakegoogle")
@click.option("--redirect-uri", multiple=True, help="Where it may send people.")
@click.option("--forget", is_flag=True, help="Start anew, and keep nothing in the data directory.")
@told_plainly
def fakegoogle_command(redirect_uri: tuple[str, ...], forget: bool) -> None:
    """Stand in for Google on loopback, until Ctrl-C. Refused in production."""
    config = Config.from_environment()
    if config.env is Environment.PRODUCTION:
        raise click.ClickException("The stand-in for Google is refused where ADMITONE_ENV is production.")
    redirect_uris = redirect_uri or (f"{config.public_url}/auth/google/callback",)
    client = msgspec.structs.replace(CLIENT, redirect_uris=redirect_uris)
    file = None if forget else config.data_dir / FILE
    try:
        asyncio.run(_serve(config.fakegoogle_port, client, file))
    except ListenError:
        raise click.ClickException(
            f"{LOOPBACK}:{config.fakegoogle_port} cannot be listened on. Set ADMITONE_FAKEGOOGLE_PORT to"
            " another port."
        ) from None


async def _serve(port: int, client: Client, file: Path | None) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    state = State(read_data(file) if file is not None else None, clients=[client])
    async with listening(make_app(state, file=file), LOOPBACK, port) as address:
        click.echo(f"The stand-in for Google listens on {address}")
        click.echo(f"  ADMITONE_GOOGLE_ENDPOINT={address}")
        click.echo(f"  ADMITONE_GOOGLE_CLIENT_ID={client.client_id}")
        click.echo(f"  ADMITONE_GOOGLE_CLIENT_SECRET={client.client_secret}")
        await stop.wait()
