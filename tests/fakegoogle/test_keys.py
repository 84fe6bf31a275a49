"""google-auth verifies the stand-in's signatures with both published forms of the keys."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from google.auth.transport.requests import Request
from google.oauth2.id_token import verify_token

from admitone.fakegoogle.demo import CLIENT

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.mark.parametrize("path", ["/oauth2/v1/certs", "/oauth2/v3/certs"])
async def test_google_auth_verifies_our_tokens(google: FakeGoogle, path: str) -> None:
    tokens = await (await google.token(code=await google.code())).json()
    claims = await asyncio.to_thread(
        verify_token, tokens["id_token"], Request(), CLIENT.client_id, google.url + path
    )
    assert claims["email"] == "admin@acme.test"


async def test_certificates_say_how_long_they_may_be_kept(google: FakeGoogle) -> None:
    for path in ("/oauth2/v1/certs", "/oauth2/v3/certs"):
        async with google.http.get(google.url + path) as answer:
            assert "max-age=" in answer.headers["Cache-Control"]


async def test_a_new_key_signs_and_the_old_one_stays_until_dropped(google: FakeGoogle) -> None:
    async def kids() -> list[str]:
        async with google.http.get(f"{google.url}/oauth2/v3/certs") as answer:
            return [key["kid"] for key in (await answer.json())["keys"]]

    before = await kids()
    await google.control("keys/rotate")
    during = await kids()
    assert during[:1] == before
    assert len(during) == 2
    await google.control("keys/rotate", drop_old=True)
    assert not set(during) & set(await kids())


async def test_the_configuration_names_addresses_that_exist(google: FakeGoogle) -> None:
    async with google.http.get(f"{google.url}/.well-known/openid-configuration") as answer:
        document = await answer.json()
    assert document["issuer"] == "https://accounts.google.com"
    for name, address in document.items():
        if name.endswith(("_endpoint", "_uri")):
            async with google.http.get(address, allow_redirects=False) as answer:
                assert answer.status != 404, name
