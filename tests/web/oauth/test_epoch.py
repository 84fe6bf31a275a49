"""Deactivating a user and *Sign out everywhere* end every credential for good, at every server at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yarl import URL

from admitone.web.http.session_cookie import csrf_token
from tests.support.api.calling import answered
from tests.support.api.deployment import deployed
from tests.support.oauth.app import REDIRECT_URI, App, app_of, granted, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment
    from tests.support.oauth.app import Reply


class Credentials:
    """Everything by which somebody can be known: a session, an API key, an app's tokens and its code."""

    def __init__(self, user: Api, app: App) -> None:
        self.user = user
        self.app = app

    async def take(self) -> None:
        """Get the app's tokens, and a code that is not exchanged yet."""
        self.tokens = await self.app.sign_in()
        self.code = await self.app.code()

    async def accepted(self, deployment: Deployment) -> set[str]:
        """The credentials that a server accepts; refresh token and code are tried with `refused_by_oauth`."""
        cookie = {"Cookie": f"admitone={self.app.cookie}"}
        bearers = {"key": self.user.key, "access token": self.tokens["access_token"]}
        tried = {"session": cookie} | {
            name: {"Authorization": f"Bearer {secret}"} for name, secret in bearers.items()
        }
        url = URL(f"{deployment.url}/api/v1/me")
        return {
            name
            for name, headers in tried.items()
            if (await self.app.call("GET", url, headers=headers)).status == 200
        }

    async def are_refused_by_oauth(self) -> None:
        """Check that neither the refresh token nor the code gives new tokens."""
        refused(await self.app.refresh(self.tokens["refresh_token"]), "invalid_grant")
        refused(await self.app.exchange(self.code), "invalid_grant")


@pytest.fixture
async def credentials(user: Api, app: App) -> Credentials:
    """A member's."""
    taken = Credentials(user, app)
    await taken.take()
    return taken


ALL = {"session", "key", "access token"}


async def test_activating_a_user_again_gives_nothing_back(
    deployment: Deployment, credentials: Credentials
) -> None:
    admin = await deployment.user("administrator", name="Ada Admin")
    assert await credentials.accepted(deployment) == ALL
    path = f"/users/{credentials.user.user}"
    answered(await admin.patch(path, {"active": False}))
    assert await credentials.accepted(deployment) == set()
    answered(await admin.patch(path, {"active": True}))
    assert await credentials.accepted(deployment) == set()
    await credentials.are_refused_by_oauth()


async def test_signing_out_everywhere_ends_everything_of_one_person(
    deployment: Deployment, credentials: Credentials, redis_url: str, clock: Clock
) -> None:
    colleague = await deployment.user(name="Olga Other")
    elsewhere = await app_of(deployment, credentials.user)
    async with deployed(redis_url, clock, EXTENSION_REDIRECT_URIS=REDIRECT_URI) as other:
        for server in (deployment, other):  # both have the user in their caches now
            assert await credentials.accepted(server) == ALL
        answer = await sign_out_everywhere(elsewhere)
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert "admitone=;" in answer.headers["Set-Cookie"].replace('""', "")
        for server in (deployment, other):
            assert await credentials.accepted(server) == set()
    await credentials.are_refused_by_oauth()
    assert (await elsewhere.authorize()).status == 303
    answered(await colleague.get("/me"))


async def test_whoever_signs_in_afterwards_is_signed_in(
    deployment: Deployment, credentials: Credentials
) -> None:
    await sign_out_everywhere(credentials.app)
    again = await app_of(deployment, credentials.user)
    tokens = await again.sign_in()
    assert await again.me(tokens["access_token"]) == 200
    granted(await again.refresh(tokens["refresh_token"]))


async def test_signing_out_everywhere_needs_the_session_and_its_csrf_token(
    deployment: Deployment, credentials: Credentials
) -> None:
    app, url = credentials.app, URL(f"{deployment.url}/auth/sign-out-everywhere")
    assert (await app.call("GET", url, headers={"Cookie": f"admitone={app.cookie}"})).status == 405
    assert (await app.call("POST", url, data="", headers={"Cookie": f"admitone={app.cookie}"})).status == 403
    assert (await app.call("POST", url, data="")).status == 401
    assert await credentials.accepted(deployment) == ALL


async def sign_out_everywhere(app: App) -> Reply:
    """Press the button."""
    url = URL(f"{app.deployment.url}/auth/sign-out-everywhere")
    form = f"csrf={csrf_token(app.cookie or '')}"
    return await app.call("POST", url, data=form, headers={"Cookie": f"admitone={app.cookie}"})
