"""`admitone api-key …`."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, get_args

import click

from admitone import app
from admitone.commands.failures import told, told_plainly
from admitone.config import Config
from admitone.domain.errors import Refusal
from admitone.domain.people.scopes import EVERYTHING, Scope
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.accounts.user_find import ensure_user, find_user

if TYPE_CHECKING:
    from admitone.domain.people.user import Role


@click.group("api-key")
def api_key_group() -> None:
    """Keys by which programs call the API."""


@api_key_group.command("create")
@click.option("--user", "email", required=True, help="The address of the user whom the key acts for.")
@click.option("--label", required=True, help="What the key is for; shown in lists.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(get_args(Scope)),
    multiple=True,
    help="What the key may do; can be given several times. Without it, everything.",
)
@click.option(
    "--expires-in-days", "days", type=click.IntRange(1, 3650), help="Without it, the key does not expire."
)
@click.option("--create-user", is_flag=True, help="Make the user first, if there is none.")
@click.option(
    "--role",
    type=click.Choice(["administrator", "member"]),
    help="With --create-user: the role; the first user of a workspace is its administrator.",
)
@told_plainly
def create_command(
    email: str,
    label: str,
    scopes: tuple[Scope, ...],
    days: int | None,
    role: Role | None,
    *,
    create_user: bool,
) -> None:
    """Make a key and print it; it is shown this once."""
    if role and not create_user:
        raise click.UsageError("--role goes with --create-user.")
    body = ApiKeyBody(label=label, scopes=list(scopes or EVERYTHING), expires_in_days=days)
    key = asyncio.run(_create(email, body, role, create_user=create_user))
    if key is None:
        click.echo(f"There is no user with the address {email}. Add --create-user to make one.", err=True)
        sys.exit(1)
    click.echo(key)


async def _create(email: str, body: ApiKeyBody, role: Role | None, *, create_user: bool) -> str | None:
    config = Config.from_environment()
    try:
        async with app.opened_store(config) as store:
            services = app.services(config, store)
            found = await find_user(services, email)
            if found is None and create_user:
                name = email.partition("@")[0]
                found = await ensure_user(services, email, name=name, role=role or "member")
            if found is None:
                return None
            workspace, user = found
            return await create_api_key(services, workspace, user, body)
    except Refusal as refusal:
        raise told(refusal) from None
