"""POST /oauth/token with a refresh token: each is good once, and its reuse ends the family."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.oauth.app import App, granted, refused

if TYPE_CHECKING:
    from tests.api.calling import Api
    from tests.api.deployment import Clock, Deployment


async def test_a_refresh_token_gets_others(app: App) -> None:
    first = await app.sign_in()
    second = granted(await app.refresh(first["refresh_token"]))
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    assert await app.me(second["access_token"]) == 200
    third = granted(await app.refresh(second["refresh_token"]))
    assert third["refresh_token"] not in {first["refresh_token"], second["refresh_token"]}
