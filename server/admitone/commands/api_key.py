"""`admitone api-key …`."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Literal

import click

from admitone import app
from admitone.commands.failures import told, told_plainly
from admitone.config import Config
from admitone.domain.errors import Refusal
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.user_find import ensure_user, find_user

if TYPE_CHECKING:
    from admitone.domain.people.user import Role

Scope = Literal["read", "write"]


@click.group("api-key")
def api_key_group() -> None:
    """Keys by which programs call the API."""


@api_key_group.command("create")
@click.option("--user", "email", required=True, help="The address of the user whom the key acts for.")
@click.option("--label", required=True, help="What the key is for; shown in lists.")
@click.option("--scope", type=click.Choice(["read", "write"]), default="write", show_default=True)
@click.option("--create-user", is_flag=True, help="Make the user first, if there is none.")
@click.option(
    "--role",
    type=click.Choice(["administrator", "member"]),
    help="With --create-user: the role; the first user of a workspace is its administrator.",
)
@told_plainly
def create_command(email: str, label: str, scope: Scope, role: Role | None, *, create_user: bool) -> None:
    """Make a key and print it; it is shown this once."""
    if role and not create_user:
        raise click.UsageError("--role goes with --create-user.")
    key = asyncio.run(_create(email, label, scope, role, create_user=create_user))
    if key is None:
        click.echo(f"There is no user with the address {email}. Add --create-user to make one.", err=True)
        sys.exit(1)
    click.echo(key)


async def _create(
    email: str, label: str, scope: Scope, role: Role | None, *, create_user: bool
) -> str | None:
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
            return await create_api_key(services, workspace, user, label, scope)
    except Refusal as refusal:
        raise told(refusal) from None
