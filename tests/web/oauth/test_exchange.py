"""POST /oauth/token with a code: good once, for a minute, with its verifier and its address."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from yarl import URL

from tests.support.oauth.app import VERIFIER, App, Changes, app_of, granted, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

WRONG: list[tuple[dict[str, Changes], str]] = [
    ({"grant_type": None}, "invalid_request"),
    ({"grant_type": ""}, "invalid_request"),
    ({"grant_type": "password"}, "unsupported_grant_type"),
    ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
    ({"grant_type": ["authorization_code", "authorization_code"]}, "invalid_request"),
    ({"client_id": None}, "invalid_request"),
    ({"client_id": "another"}, "invalid_client"),
    ({"client_id": ["admitone-extension", "another"]}, "invalid_request"),
    ({"code": None}, "invalid_request"),
    ({"code": ["0ABC", "0ABC"]}, "invalid_request"),
    ({"code": "nonsense"}, "invalid_grant"),
    ({"code": "0ABC" + "0" * 36}, "invalid_grant"),
    ({"code": "ÄÖÜ" + "0" * 37}, "invalid_grant"),
    ({"code_verifier": None}, "invalid_request"),
    ({"code_verifier": [VERIFIER, VERIFIER]}, "invalid_request"),
    ({"redirect_uri": ["https://a.test/", "https://b.test/"]}, "invalid_request"),
]
ENDS: list[dict[str, Changes]] = [
    {"code_verifier": "another-verifier-of-no-less-than-forty-three-characters"},
    {"code_verifier": VERIFIER.upper()},
    {"code_verifier": f"{VERIFIER} "},
    {"code_verifier": "ünicode"},
    {"redirect_uri": "https://evil.test/"},
    {"redirect_uri": "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org"},
]


async def test_a_code_gets_tokens(app: App, user: Api) -> None:
    tokens = granted(await app.exchange(await app.code()))
    assert await app.me(tokens["access_token"]) == 200
    assert tokens["refresh_token"].startswith("0ABC")


async def test_the_address_need_not_be_repeated(app: App) -> None:
    granted(await app.exchange(await app.code(), redirect_uri=None))


async def test_what_is_no_exchange_is_refused_and_leaves_the_code(app: App) -> None:
    code = await app.code()
    for changes, error in WRONG:
        refused(await app.exchange(code, **changes), error)
    granted(await app.exchange(code))


async def test_another_verifier_or_address_ends_the_code(app: App) -> None:
    for changes in ENDS:
        code = await app.code()
        refused(await app.exchange(code, **changes), "invalid_grant")
        refused(await app.exchange(code), "invalid_grant")


@pytest.mark.parametrize("again", [{}, {"code_verifier": "another"}], ids=str)
async def test_a_code_that_comes_again_ends_its_family(app: App, again: dict[str, Changes]) -> None:
    code = await app.code()
    tokens = granted(await app.exchange(code))
    refused(await app.exchange(code, **again), "invalid_grant")
    assert await app.me(tokens["access_token"]) == 401
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")


async def test_a_code_that_comes_again_days_later_ends_its_family(app: App, clock: Clock) -> None:
    code = await app.code()
    tokens = granted(await app.exchange(code))
    clock.forward(days=30)
    tokens = granted(await app.refresh(tokens["refresh_token"]))
    refused(await app.exchange(code), "invalid_grant")
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")


async def test_of_two_at_once_one_is_a_replay(app: App) -> None:
    code = await app.code()
    replies = await asyncio.gather(*(app.exchange(code) for _ in range(8)))
    found = [reply for reply in replies if reply.status == 200]
    assert len(found) <= 1
    for reply in replies:
        if reply.status != 200:
            refused(reply, "invalid_grant")
    for reply in found:
        refused(await app.refresh(reply.body["refresh_token"]), "invalid_grant")


async def test_a_code_is_good_for_a_minute(app: App, clock: Clock) -> None:
    one, other = await app.code(), await app.code()
    clock.forward(seconds=59)
    granted(await app.exchange(one))
    clock.forward(seconds=1)
    refused(await app.exchange(other), "invalid_grant")


async def test_a_code_of_somebody_deactivated_is_refused(app: App, user: Api, deployment: Deployment) -> None:
    code = await app.code()
    await deployment.change_user(user, active=False)
    refused(await app.exchange(code), "invalid_grant")


async def test_a_code_is_no_refresh_token_and_the_other_way_round(app: App) -> None:
    code = await app.code()
    refused(await app.refresh(code), "invalid_grant")
    tokens = granted(await app.exchange(code))
    refused(await app.exchange(tokens["refresh_token"]), "invalid_grant")
    granted(await app.refresh(tokens["refresh_token"]))


async def test_families_do_not_touch_each_other(app: App, deployment: Deployment, user: Api) -> None:
    code = await app.code()
    granted(await app.exchange(code))
    other = await (await app_of(deployment, user)).sign_in()
    refused(await app.exchange(code), "invalid_grant")
    assert await app.me(other["access_token"]) == 200
    granted(await app.refresh(other["refresh_token"]))


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
async def test_only_forms_are_read(app: App, path: str) -> None:
    url = URL(f"{app.deployment.url}{path}")
    for content_type in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        refused(await app.call("POST", url, data="{}", content_type=content_type), "invalid_request")
    refused(await app.call("POST", url, data="token=%ff"), "invalid_request")
    refused(await app.call("POST", url, data="&".join(["a=b"] * 100)), "invalid_request")
    assert (await app.call("POST", url, data="a=" + "b" * 70_000)).status == 413
    assert (await app.call("GET", url)).status == 405


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
async def test_a_public_client_has_nothing_to_authenticate_with(app: App, path: str) -> None:
    url = URL(f"{app.deployment.url}{path}")
    headers = {"Authorization": "Basic YWRtaXRvbmUtZXh0ZW5zaW9uOnNlY3JldA=="}
    refused(await app.call("POST", url, data="token=x", headers=headers), "invalid_client")
