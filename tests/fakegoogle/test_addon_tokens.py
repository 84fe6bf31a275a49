"""The tokens of a Workspace add-on's request verify as Google's do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2.id_token import verify_token

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle

ENDPOINT = "https://book.acme.test/addon"


async def _mint(google: FakeGoogle, **more: Any) -> Any:
    return await google.control(
        "addon-tokens", account="admin@acme.test", endpoint=ENDPOINT, oauth_client_id="addon-client", **more
    )


async def _verify(google: FakeGoogle, token: str, audience: str) -> Any:
    return await asyncio.to_thread(verify_token, token, Request(), audience, f"{google.url}/oauth2/v1/certs")


async def test_both_tokens_verify(google: FakeGoogle) -> None:
    tokens = await _mint(google)
    system = await _verify(google, tokens["systemIdToken"], ENDPOINT)
    assert system["email"].endswith("@gcp-sa-gsuiteaddons.iam.gserviceaccount.com")
    assert system["email_verified"] is True
    user = await _verify(google, tokens["userIdToken"], "addon-client")
    assert user["sub"] == google.state.data.accounts["admin@acme.test"].subject


@pytest.mark.parametrize("forgery", [{"key": "other_with_kid"}, {"claims": {"aud": "https://evil.test"}}])
async def test_forged_ones_do_not(google: FakeGoogle, forgery: dict[str, Any]) -> None:
    tokens = await _mint(google, system=forgery)
    with pytest.raises(GoogleAuthError):
        await _verify(google, tokens["systemIdToken"], ENDPOINT)


async def test_the_persons_token_reads_their_profile(google: FakeGoogle) -> None:
    headers = {"Authorization": f"Bearer {(await _mint(google))['userOAuthToken']}"}
    async with google.http.get(f"{google.url}/v1/userinfo", headers=headers) as answer:
        assert (await answer.json())["email"] == "admin@acme.test"


async def test_an_unknown_account_has_none(google: FakeGoogle) -> None:
    body = {"account": "nobody@acme.test", "endpoint": ENDPOINT, "oauth_client_id": "a"}
    async with google.http.post(f"{google.url}/_control/addon-tokens", json=body) as answer:
        assert answer.status == 400
