"""Connected apps and sessions: what is listed to whom, and that ending one ends it at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from yarl import URL

from admitone.domain.people.seen import device_of
from admitone.store.records.credentials.sessions import session_id
from admitone.web.http.session_cookie import csrf_token
from tests.support.oauth.app import App, Reply, app_of, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

ROOM = "/dashboard/settings/access"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def room(app: App, **headers: str) -> str:
    """The page."""
    url = URL(f"{app.deployment.url}{ROOM}")
    reply = await app.call("GET", url, headers={**app.browser, **headers})
    assert reply.status == 200, reply
    return reply.text


async def end(app: App, kind: str, named: str) -> Reply:
    """Press *End*."""
    url = URL(f"{app.deployment.url}{ROOM}/{kind}/{named}/end")
    return await app.call("POST", url, data=f"csrf={csrf_token(app.cookie or '')}", headers=app.browser)


def listed(page: str, kind: str) -> list[str]:
    """The ids of what can be ended on the page."""
    return re.findall(rf"{ROOM}/{kind}/(\w+)/end", page)


async def test_sessions_and_apps_are_listed_to_their_user_only(
    app: App, user: Api, deployment: Deployment
) -> None:
    other = await app_of(deployment, user)
    await app.sign_in()
    await app.code()  # which no app has exchanged
    page = await room(app)
    mine = {session_id(one) for one in (app.cookie, other.cookie, user.session) if one}
    assert set(listed(page, "sessions")) == mine
    assert len(listed(page, "apps")) == 1
    assert page.count("This browser") == 1
    colleague = await app_of(deployment, await deployment.user(name="Olga Other"))
    assert not set(listed(await room(colleague), "sessions")) & mine
    assert listed(await room(colleague), "apps") == []


async def test_a_session_says_when_and_where_it_was_last_used(app: App, clock: Clock) -> None:
    assert "Firefox on Linux" not in await room(app)
    clock.forward(hours=1)
    await room(app, **{"User-Agent": FIREFOX})
    page = await room(app)
    assert "Firefox on Linux" in page
    assert "127.0.0.1" in page


async def test_ending_a_session_ends_it_and_no_other(app: App, user: Api, deployment: Deployment) -> None:
    other = await app_of(deployment, user)
    assert other.cookie
    answer = await end(app, "sessions", session_id(other.cookie))
    assert URL(answer.headers["Location"]).path == ROOM
    assert (await other.authorize()).status == 303
    assert session_id(other.cookie) not in await room(app)


async def test_ending_the_present_session_signs_out(app: App) -> None:
    assert app.cookie
    answer = await end(app, "sessions", session_id(app.cookie))
    assert answer.headers["Location"] == "/"
    assert (await app.authorize()).status == 303


async def test_ending_an_app_ends_its_tokens_and_its_consent(app: App) -> None:
    tokens = await app.sign_in()
    [named] = listed(await room(app), "apps")
    answer = await end(app, "apps", named)
    assert "admitone_app_" in answer.headers["Set-Cookie"]
    assert await app.me(tokens["access_token"]) == 401
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")
    assert listed(await room(app), "apps") == []


async def test_nobody_ends_what_is_another_s(app: App, deployment: Deployment) -> None:
    tokens = await app.sign_in()
    [named] = listed(await room(app), "apps")
    colleague = await app_of(deployment, await deployment.user(name="Olga Other"))
    stranger = await deployment.user("administrator", workspace="0XYZ", name="Sue Stranger")
    for other in (colleague, await app_of(deployment, stranger, "0XYZ")):
        assert (await end(other, "apps", named)).status == 404
        assert (await end(other, "sessions", session_id(app.cookie or ""))).status == 404
    for wrong in ("x", "0" * 26, f"{named}:successor"):
        assert (await end(app, "apps", wrong)).status == 404
    assert await app.me(tokens["access_token"]) == 200


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_a_few_words(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
