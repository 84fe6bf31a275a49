"""`/token`, `/revoke` and userinfo: one-time codes, PKCE, refresh tokens, and Google's error bodies."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import aiohttp
import jwt
import pytest
import time_machine

from admitone.fakegoogle.demo import CLIENT
from tests.support.fakegoogle.running import CALENDAR, REDIRECT_URI

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


async def test_a_code_becomes_tokens(google: FakeGoogle) -> None:
    answer = await google.token(code=await google.code())
    assert answer.status == 200
    assert "no-store" in answer.headers["Cache-Control"]
    body = await answer.json()
    assert set(body) == {"access_token", "expires_in", "scope", "token_type", "id_token"}
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 3599


async def test_the_id_token_says_who_it_is(google: FakeGoogle) -> None:
    claims = await _claims(google, await google.code("admin@acme.test"))
    assert claims["iss"] == "https://accounts.google.com"
    assert claims["aud"] == claims["azp"] == CLIENT.client_id
    assert claims["nonce"] == "the-nonce"
    assert claims["email"] == "admin@acme.test"
    assert claims["email_verified"] is True
    assert claims["hd"] == "acme.test"
    assert claims["name"] == "Ada Keller"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["sub"].isdecimal()


async def test_personal_accounts_have_no_domain_and_addresses_may_be_unverified(google: FakeGoogle) -> None:
    assert "hd" not in await _claims(google, await google.code("sam@gmail.test"))
    assert (await _claims(google, await google.code("unverified@mail.test")))["email_verified"] is False


async def test_claims_follow_the_scopes(google: FakeGoogle) -> None:
    claims = await _claims(google, await google.code(scope="openid"))
    assert "email" not in claims
    assert "name" not in claims


async def test_a_code_is_good_once(google: FakeGoogle) -> None:
    code = await google.code()
    assert (await google.token(code=code)).status == 200
    await _refused(await google.token(code=code), 400, "invalid_grant", "Bad Request")


async def test_a_code_expires_after_ten_minutes(google: FakeGoogle) -> None:
    code = await google.code()
    with time_machine.travel(google.state.data.codes[code].expires + 1, tick=False):
        answer = await google.token(code=code)
    await _refused(answer, 400, "invalid_grant", "Bad Request")


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type", "Invalid grant_type: password"),
        ({"grant_type": None}, 400, "unsupported_grant_type", "Invalid grant_type: "),
        ({"code": "garbage"}, 400, "invalid_grant", "Malformed auth code."),
        ({"code": "4/unknown"}, 400, "invalid_grant", "Bad Request"),
        ({"code": None}, 400, "invalid_request", "Missing required parameter: code"),
        ({"redirect_uri": f"{REDIRECT_URI}/"}, 400, "redirect_uri_mismatch", "Bad Request"),
        ({"redirect_uri": None}, 400, "invalid_request", "Missing required parameter: redirect_uri"),
        ({"code_verifier": "x" * 43}, 400, "invalid_grant", "Invalid code verifier."),
        ({"code_verifier": None}, 400, "invalid_grant", "Missing code verifier."),
        ({"client_id": "another"}, 401, "invalid_client", "The OAuth client was not found."),
        ({"client_secret": "wrong"}, 401, "invalid_client", "The provided client secret is invalid."),
        ({"client_secret": None}, 400, "invalid_request", "client_secret is missing."),
        ({"nonce": "n"}, 400, "invalid_request", "Parameter not allowed for this message type: nonce"),
    ],
)
async def test_refusals_are_googles_and_leave_the_code_usable(
    google: FakeGoogle, changes: dict[str, str | None], status: int, error: str, description: str
) -> None:
    code = await google.code()
    await _refused(await google.token(**{"code": code, **changes}), status, error, description)
    assert (await google.token(code=code)).status == 200


async def test_a_code_belongs_to_its_client(google: FakeGoogle) -> None:
    await google.control(
        "clients", client_id="another", client_secret="its-secret", redirect_uris=[REDIRECT_URI]
    )
    code = await google.code()
    answer = await google.token(code=code, client_id="another", client_secret="its-secret")
    await _refused(answer, 400, "invalid_grant", "Bad Request")


async def test_the_client_may_authenticate_by_header(google: FakeGoogle) -> None:
    form = {
        "grant_type": "authorization_code",
        "code": await google.code(code_challenge=None, code_challenge_method=None),
        "redirect_uri": REDIRECT_URI,
    }
    credentials = aiohttp.encode_basic_auth(CLIENT.client_id, CLIENT.client_secret)
    headers = {"Authorization": credentials}
    answer = await google.http.post(f"{google.url}/token", data=form, headers=headers)
    assert answer.status == 200
    for header in ("Basic !", "Bearer x", "Basic " + base64.b64encode(b"no colon").decode()):
        answer = await google.http.post(f"{google.url}/token", data=form, headers={"Authorization": header})
        assert answer.status == 401


async def test_offline_access_brings_a_refresh_token_the_first_time(google: FakeGoogle) -> None:
    async def body(**changes: str) -> dict[str, Any]:
        code = await google.code(**changes)
        return dict(await (await google.token(code=code)).json())

    assert "refresh_token" not in await body()
    assert "refresh_token" in await body(access_type="offline")
    assert "refresh_token" not in await body(access_type="offline")
    assert "refresh_token" in await body(access_type="offline", prompt="consent")
    assert "refresh_token" in await body(access_type="offline", scope=f"openid {CALENDAR}.events")


async def test_a_refresh_token_gives_access_until_it_is_revoked(google: FakeGoogle) -> None:
    tokens = await _offline(google)
    refreshed = await google.refresh(tokens["refresh_token"])
    assert refreshed.status == 200
    body = await refreshed.json()
    assert set(body) == {"access_token", "expires_in", "scope", "token_type", "id_token"}
    assert "nonce" not in jwt.decode(body["id_token"], options={"verify_signature": False})
    async with google.http.post(f"{google.url}/revoke", data={"token": body["access_token"]}) as answer:
        assert answer.status == 200
    answer = await google.refresh(tokens["refresh_token"])
    await _refused(answer, 400, "invalid_grant", "Token has been expired or revoked.")
    assert await _userinfo(google, tokens["access_token"]) == 401


async def test_refreshing_may_narrow_the_scopes_and_never_widen_them(google: FakeGoogle) -> None:
    tokens = await _offline(google)
    narrowed = await (await google.refresh(tokens["refresh_token"], scope="openid")).json()
    assert narrowed["scope"] == "openid"
    await _refused(
        await google.refresh(tokens["refresh_token"], scope=f"{CALENDAR}.events"),
        400,
        "invalid_scope",
        "Bad Request",
    )


async def test_revoking_what_is_not_a_token(google: FakeGoogle) -> None:
    async with google.http.post(f"{google.url}/revoke", data={"token": "x"}) as answer:
        await _refused(answer, 400, "invalid_token", "Token expired or revoked")


async def test_userinfo_answers_until_the_token_expires(google: FakeGoogle) -> None:
    tokens = await _offline(google)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    async with google.http.get(f"{google.url}/v1/userinfo", headers=headers) as answer:
        body = await answer.json()
    assert body["email"] == "admin@acme.test"
    assert body["sub"] == google.state.data.accounts["admin@acme.test"].subject
    await google.control("tokens/expire")
    assert await _userinfo(google, tokens["access_token"]) == 401
    assert await _userinfo(google, "garbage") == 401


async def test_the_hundred_and_first_refresh_token_ends_the_first(google: FakeGoogle) -> None:
    first = await _offline(google)
    for _ in range(100):
        await google.control(
            "tokens", account="admin@acme.test", scopes=["openid"], client_id=CLIENT.client_id
        )
    assert len(google.state.data.refresh_tokens) == 100
    assert (await google.refresh(first["refresh_token"])).status == 400


async def _offline(google: FakeGoogle) -> dict[str, Any]:
    answer = await google.token(code=await google.code(access_type="offline"))
    return dict(await answer.json())


async def _claims(google: FakeGoogle, code: str) -> dict[str, Any]:
    body = await (await google.token(code=code)).json()
    public_key = google.state.keys[-1].private_key.public_key()
    return jwt.decode(body["id_token"], public_key, algorithms=["RS256"], audience=CLIENT.client_id)


async def _userinfo(google: FakeGoogle, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    async with google.http.get(f"{google.url}/v1/userinfo", headers=headers) as answer:
        return answer.status


async def _refused(answer: aiohttp.ClientResponse, status: int, error: str, description: str) -> None:
    assert answer.status == status
    assert await answer.json() == {"error": error, "error_description": description}
