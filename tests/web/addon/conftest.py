from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.addon.draft import Deployment, OpenDraft
from admitone.fakegoogle.addon.host import Host
from admitone.fakegoogle.state import State
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.accounts.user_find import find_user
from tests.support.accounts.browser import ADA
from tests.support.accounts.site import ORIGIN, REGISTERED, running_site
from tests.support.addon.gmail import Person
from tests.support.api.calling import Api
from tests.support.api.deployment import Clock
from tests.support.fakegoogle.running import running, signing_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.support.accounts.site import Site
    from tests.support.fakegoogle.running import FakeGoogle

CLIENT_ID = "addon.apps.googleusercontent.com"
SERVICE_ACCOUNT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@pytest.fixture
async def site(redis_url: str, google: FakeGoogle) -> AsyncIterator[Site]:
    """A server with the add-on, to which nobody has signed in yet."""
    async with running_site(
        redis_url,
        google,
        Clock(),
        SIGN_UP="open",
        ADDON_CLIENT_ID=CLIENT_ID,
        ADDON_SERVICE_ACCOUNT=SERVICE_ACCOUNT,
    ) as one:
        yield one


@pytest.fixture
async def ada(site: Site) -> Api:
    """Ada, who has signed in once and has an API key."""
    await site.browser().sign_in(ADA)
    found = await find_user(site.services, ADA)
    assert found
    workspace, user = found
    key = await create_api_key(site.services, workspace, user, ApiKeyBody(label="test"))
    return Api(site.http, site.address, key, user.id)


@pytest.fixture
def host(site: Site, google: FakeGoogle) -> Host:
    """Gmail with the add-on installed."""
    deployment = Deployment(
        endpoint=f"{ORIGIN}/addon", address=f"{site.address}/addon", oauth_client_id=CLIENT_ID
    )
    return Host(google.state, deployment, google.http)


@pytest.fixture
def person(host: Host) -> Callable[..., Person]:
    """Makes a person; with `to` they write a draft to these addresses."""

    def make(account: str = ADA, to: list[str] | None = None, platform: str = "WEB") -> Person:
        return Person(host, OpenDraft(account=account, recipients=to, platform=platform))  # type: ignore[arg-type]

    return make
