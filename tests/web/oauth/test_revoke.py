"""POST /oauth/revoke: any token of a family ends it."""

from __future__ import annotations

import pytest

from tests.support.oauth.app import App, granted, refused


@pytest.mark.parametrize("which", ["refresh_token", "access_token"])
async def test_a_token_ends_its_family(app: App, which: str) -> None:
    tokens = await app.sign_in()
    reply = await app.revoke(tokens[which], token_type_hint=which)
    assert (reply.status, reply.text) == (200, "")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert await app.me(tokens["access_token"]) == 401
    refused(await app.refresh(tokens["refresh_token"]), "invalid_grant")
    assert (await app.revoke(tokens[which])).status == 200


async def test_a_token_that_was_turned_in_ends_it_too(app: App) -> None:
    first = await app.sign_in()
    second = granted(await app.refresh(first["refresh_token"]))
    assert (await app.revoke(first["refresh_token"], client_id=None)).status == 200
    refused(await app.refresh(second["refresh_token"]), "invalid_grant")


async def test_other_families_go_on(app: App) -> None:
    one, other = await app.sign_in(), await app.sign_in()
    await app.revoke(one["refresh_token"])
    assert await app.me(other["access_token"]) == 200
    granted(await app.refresh(other["refresh_token"]))


async def test_what_is_unknown_is_no_error(app: App) -> None:
    tokens = await app.sign_in()
    for token in ("nonsense", "a.b.c", "0ABC" + "0" * 56, "ünicode"):
        assert (await app.revoke(token)).status == 200
    assert await app.me(tokens["access_token"]) == 200


async def test_what_is_no_revocation_is_refused(app: App) -> None:
    tokens = await app.sign_in()
    token = tokens["refresh_token"]
    refused(await app.revoke(token, token=None), "invalid_request")
    refused(await app.revoke(token, token=[token, token]), "invalid_request")
    refused(await app.revoke(token, client_id="another"), "invalid_client")
    granted(await app.refresh(token))
