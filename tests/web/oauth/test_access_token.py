"""Access tokens: what is in them, and every forgery that we know."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from yarl import URL

from tests.support.api.calling import page_body
from tests.support.api.deployment import PUBLIC_URL
from tests.support.factories import NOW
from tests.support.oauth.app import App, granted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.store.records.credentials.signing_keys import AccessTokenKey
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

OTHER_KEY = ed25519.Ed25519PrivateKey.generate()


@pytest.fixture
async def token(app: App) -> str:
    """A good token."""
    found: str = (await app.sign_in())["access_token"]
    return found


@pytest.fixture
async def key(deployment: Deployment) -> AccessTokenKey:
    """The server's own key."""
    return await deployment.store.signing_keys.signing(NOW)


async def test_a_token_says_for_whom_and_for_what(
    app: App, user: Api, token: str, key: AccessTokenKey
) -> None:
    header, claims = _taken_apart(token)
    assert header == {"alg": "EdDSA", "typ": "at+jwt", "kid": key.id}
    assert claims.keys() == {
        "iss",
        "aud",
        "sub",
        "client_id",
        "workspace",
        "sid",
        "epoch",
        "iat",
        "exp",
        "jti",
    }
    assert (claims["iss"], claims["aud"]) == (PUBLIC_URL, f"{PUBLIC_URL}/api/v1")
    assert (claims["sub"], claims["workspace"]) == (user.user, "0ABC")
    assert (claims["client_id"], claims["iat"], claims["exp"]) == ("admitone-extension", NOW, NOW + 900)


async def test_a_token_acts_for_its_user(app: App, user: Api, token: str) -> None:
    by_token = type(user)(user.http, user.server, token)
    assert (await by_token.get("/me")).body == (await user.get("/me")).body
    assert (await by_token.post("/event-types", {"name": "No", "duration_minutes": 30})).status == 403
    page = await by_token.post("/booking-pages", page_body())
    assert page.status == 201
    assert page.body["owner"] == user.user


async def test_a_call_repeated_with_a_renewed_token_is_the_same_call(app: App, user: Api) -> None:
    tokens = await app.sign_in()
    by_token = type(user)(user.http, user.server, tokens["access_token"])
    body = page_body()
    first = await by_token.post("/booking-pages", body, idempotency_key="once")
    by_token.key = granted(await app.refresh(tokens["refresh_token"]))["access_token"]
    assert (await by_token.post("/booking-pages", body, idempotency_key="once")).body == first.body


async def test_a_token_is_good_for_a_quarter_of_an_hour(app: App, token: str, clock: Clock) -> None:
    clock.forward(seconds=899)
    assert await app.me(token) == 200
    clock.forward(seconds=1)
    assert await app.me(token) == 401


async def test_a_token_counts_in_its_header_only(app: App, token: str) -> None:
    for where in ({"access_token": token}, {"Authorization": f"Bearer {token}"}):
        url = URL(f"{app.deployment.url}/api/v1/me").with_query(where)
        assert (await app.call("GET", url)).status == 401
    url = URL(f"{app.deployment.url}/api/v1/me")
    for header in (token, f"Basic {token}", f"Bearer{token}", f"Bearer {token} {token}", f"Bearer {token},"):
        assert (await app.call("GET", url, headers={"Authorization": header})).status == 401, header
    for name in ("admitone", "access_token"):
        assert (await app.call("GET", url, headers={"Cookie": f"{name}={token}"})).status == 401, name
    assert await app.me(token) == 200


async def test_a_token_of_somebody_deactivated_is_refused_at_once(
    app: App, user: Api, token: str, deployment: Deployment
) -> None:
    assert await app.me(token) == 200
    await deployment.change_user(user, active=False)
    assert await app.me(token) == 401


async def test_no_forgery_is_taken(app: App, token: str, key: AccessTokenKey) -> None:
    assert await app.me(token) == 200
    for name, forged in _forgeries(token, key):
        assert await app.me(forged) == 401, name
    assert await app.me(token) == 200


async def test_no_wrong_claim_is_taken_though_we_signed_it(app: App, token: str, key: AccessTokenKey) -> None:
    header, claims = _taken_apart(token)
    assert await app.me(_signed(header, claims, key)) == 200
    for name, value in _wrong_claims():
        wrong = {**claims, name: value}
        assert await app.me(_signed(header, wrong, key)) == 401, (name, value)
        if value is None:
            del wrong[name]
            assert await app.me(_signed(header, wrong, key)) == 401, name
    for typ in (None, "JWT", "id+jwt"):
        assert await app.me(_signed({**header, "typ": typ}, claims, key)) == 401


def _forgeries(token: str, key: AccessTokenKey) -> Iterator[tuple[str, str]]:
    header, claims = _taken_apart(token)
    head, body, signature = token.split(".")
    public = key.public.public_bytes_raw()
    pem = key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for alg in ("none", "None", "NONE", ""):
        yield alg, f"{_part({**header, 'alg': alg})}.{body}."
        yield f"{alg}, signed", f"{_part({**header, 'alg': alg})}.{body}.{signature}"
    for secret in (public, pem, key.id.encode(), b""):
        for alg, digest in (("HS256", hashlib.sha256), ("HS512", hashlib.sha512)):
            start = f"{_part({**header, 'alg': alg})}.{body}"
            yield (
                f"{alg} with what is public",
                f"{start}.{_base64(hmac.digest(secret, start.encode(), digest))}",
            )
    others: list[tuple[str, Any]] = [
        ("EdDSA", OTHER_KEY),
        ("ES256", ec.generate_private_key(ec.SECP256R1())),
        ("RS256", rsa.generate_private_key(65537, 2048)),
    ]
    for alg, other in others:
        yield f"another key, {alg}", jwt.encode(claims, other, alg, headers={"kid": key.id, "typ": "at+jwt"})
    own = {"kty": "OKP", "crv": "Ed25519", "x": _base64(OTHER_KEY.public_key().public_bytes_raw())}
    headers = {
        "kid": key.id,
        "typ": "at+jwt",
        "jwk": own,
        "jku": "https://evil.test/",
        "x5u": "https://e.test/",
    }
    yield "a key in the header", jwt.encode(claims, OTHER_KEY, "EdDSA", headers=headers)
    for kid in ("unknown", "", "newest", "../../x", None, 1, ["a"], {"a": 1}):
        start = f"{_part({**header, 'kid': kid})}.{body}"
        yield f"kid {kid!r}", f"{start}.{_base64(key.private.sign(start.encode()))}"
    without = {name: value for name, value in header.items() if name != "kid"}
    start = f"{_part(without)}.{body}"
    yield "no kid", f"{start}.{_base64(key.private.sign(start.encode()))}"
    start = f"{_part({**header, 'crit': ['x'], 'x': 1})}.{body}"
    yield "crit", f"{start}.{_base64(key.private.sign(start.encode()))}"
    yield "another body", f"{head}.{_part({**claims, 'sub': 'other'})}.{signature}"
    for wrong in (
        f"{head}.{body}",
        f"{head}.{body}.",
        f"{token}.x",
        "..",
        "a.b.c",
        f".{body}.{signature}",
        "é.é.é",
    ):
        yield wrong[:20], wrong.encode().decode("latin-1")
    yield "half a signature", token[:-40]
    yield "longer", token + "AAAA"


def _wrong_claims() -> Iterator[tuple[str, Any]]:
    anything: list[Any] = [None, "", "x", 1, [], {}, True]
    for name in ("iss", "aud", "sub", "client_id", "workspace", "sid", "iat", "exp"):
        yield from ((name, value) for value in anything)
    yield "iss", f"{PUBLIC_URL}/"
    yield "iss", "https://other.test"
    yield "aud", PUBLIC_URL
    yield "aud", "https://other.test/api/v1"
    yield "client_id", "another"
    for workspace in ("0XYZ", "0abc", "0AB", "0ABCD", "{p0}"):
        yield "workspace", workspace
    for sid in ("0" * 26, "link:x", "A" * 26):
        yield "sid", sid
    yield "sub", "another"
    yield "exp", NOW
    yield "exp", NOW - 1
    yield "exp", float("inf")
    yield "exp", NOW + 901
    yield "iat", NOW + 61


def _taken_apart(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    head, body, _ = (base64.urlsafe_b64decode(part + "==") for part in token.split("."))
    return json.loads(head), json.loads(body)


def _signed(header: dict[str, Any], claims: dict[str, Any], key: AccessTokenKey) -> str:
    start = f"{_part(header)}.{_part(claims)}"
    return f"{start}.{_base64(key.private.sign(start.encode()))}"


def _part(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
