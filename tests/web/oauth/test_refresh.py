"""POST /oauth/token with a refresh token: each is good once, and its reuse ends the family."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.support.oauth.app import App, Changes, granted, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

WRONG: list[tuple[dict[str, Changes], str]] = [
    ({"refresh_token": None}, "invalid_request"),
    ({"refresh_token": ""}, "invalid_request"),
    ({"refresh_token": ["x", "y"]}, "invalid_request"),
    ({"refresh_token": "nonsense"}, "invalid_grant"),
    ({"refresh_token": "0ABC" + "0" * 56}, "invalid_grant"),
    ({"refresh_token": "a.b.c"}, "invalid_grant"),
    ({"client_id": "another"}, "invalid_client"),
    ({"grant_type": "authorization_code"}, "invalid_request"),
]


async def _is_over(app: App, tokens: Any) -> None:
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")
    assert await app.me(tokens["access_token"]) == 401


async def test_a_refresh_token_gets_others(app: App) -> None:
    first = await app.sign_in()
    second = granted(await app.refresh(first["refresh_token"]))
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    assert await app.me(second["access_token"]) == 200
    third = granted(await app.refresh(second["refresh_token"], client_id=None))
    assert third["refresh_token"] not in {first["refresh_token"], second["refresh_token"]}


async def test_what_is_no_refresh_is_refused_and_ends_nothing(app: App) -> None:
    tokens = await app.sign_in()
    for changes, error in WRONG:
        refused(await app.refresh(tokens["refresh_token"], **changes), error)
    granted(await app.refresh(tokens["refresh_token"]))


async def test_within_a_minute_the_same_token_gets_the_same_successor(app: App, clock: Clock) -> None:
    first = await app.sign_in()
    second = granted(await app.refresh(first["refresh_token"]))
    for _ in range(2):
        clock.forward(seconds=29)
        again = granted(await app.refresh(first["refresh_token"]))
        assert again["refresh_token"] == second["refresh_token"]
        assert await app.me(again["access_token"]) == 200
    granted(await app.refresh(second["refresh_token"]))


async def test_after_a_minute_its_reuse_ends_the_family(app: App, clock: Clock) -> None:
    first = await app.sign_in()
    second = granted(await app.refresh(first["refresh_token"]))
    clock.forward(seconds=60)
    refused(await app.refresh(first["refresh_token"]), "invalid_grant")
    await _is_over(app, second)


async def test_once_its_successor_was_used_its_reuse_ends_the_family(app: App) -> None:
    first = await app.sign_in()
    second = granted(await app.refresh(first["refresh_token"]))
    third = granted(await app.refresh(second["refresh_token"]))
    refused(await app.refresh(first["refresh_token"]), "invalid_grant")
    await _is_over(app, third)


async def test_the_minute_counts_anew_for_each_token(app: App, clock: Clock) -> None:
    tokens = await app.sign_in()
    for _ in range(3):
        clock.forward(minutes=10)
        before, tokens = tokens, granted(await app.refresh(tokens["refresh_token"]))
        clock.forward(seconds=59)
        again = granted(await app.refresh(before["refresh_token"]))
        assert again["refresh_token"] == tokens["refresh_token"]


async def test_callers_at_once_get_the_same_successor(app: App) -> None:
    tokens = await app.sign_in()
    for _ in range(3):
        replies = await asyncio.gather(*(app.refresh(tokens["refresh_token"]) for _ in range(8)))
        successors = {granted(reply)["refresh_token"] for reply in replies}
        assert len(successors) == 1
        tokens = replies[0].body
    assert await app.me(tokens["access_token"]) == 200


async def test_a_token_with_another_secret_ends_the_family_that_it_names(app: App) -> None:
    tokens = await app.sign_in()
    refused(await app.refresh(tokens["refresh_token"][:30] + "0" * 30), "invalid_grant")
    await _is_over(app, tokens)


async def test_an_unused_token_is_good_for_ninety_days(app: App, clock: Clock) -> None:
    tokens = await app.sign_in()
    for _ in range(3):
        clock.forward(days=89)
        tokens = granted(await app.refresh(tokens["refresh_token"]))
    clock.forward(days=90)
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")


async def test_somebody_deactivated_is_refused_and_comes_back_with_the_account(
    app: App, user: Api, deployment: Deployment
) -> None:
    tokens = await app.sign_in()
    await deployment.change_user(user, active=False)
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")
    assert await app.me(tokens["access_token"]) == 401
    await deployment.change_user(user, active=True)
    granted(await app.refresh(tokens["refresh_token"]))
