"""An OAuth client like the browser extension: it sends a browser to sign in, and keeps the tokens."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from yarl import URL

from admitone.domain import tokens
from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.web.http.session_cookie import csrf_token
from tests.support.factories import NOW, WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

REDIRECT_URI = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"
VERIFIER = "a-verifier-of-no-less-than-forty-three-characters"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
STATE = "a state & more"
Changes = str | list[str] | None


class Reply(NamedTuple):
    """An answer; `body` is what its JSON says."""

    status: int
    headers: Mapping[str, str]
    body: Any
    text: str

    @property
    def back(self) -> dict[str, str]:
        """The parameters of the redirect to the app."""
        assert self.status in {302, 303}, self
        address = URL(self.headers["Location"])
        assert str(address.with_query(None)) == REDIRECT_URI
        return dict(address.query)


class App:
    """An app of one user's browser; `cookie` is its session, `consent` the cookie of its user's consent."""

    def __init__(self, deployment: Deployment, cookie: str | None = None) -> None:
        self.deployment = deployment
        self.cookie = cookie
        self.consent: str | None = None

    @property
    def browser(self) -> dict[str, str]:
        """The headers that the browser sends."""
        cookies = [f"admitone={self.cookie}"] if self.cookie else []
        cookies += [self.consent] if self.consent else []
        return {"Accept": "text/html"} | ({"Cookie": "; ".join(cookies)} if cookies else {})

    async def authorize(self, method: str = "GET", /, **changes: Changes) -> Reply:
        """Send the browser to the server; `changes` replace or (None) leave out parameters."""
        return await self.call(method, self.address(**changes), headers=self.browser)

    async def allow(self, **changes: Changes) -> Reply:
        """Press *Allow* on the page that `authorize` shows; the browser keeps the cookie of the consent."""
        form = f"csrf={csrf_token(self.cookie or '')}"
        reply = await self.call("POST", self.address(**changes), data=form, headers=self.browser)
        self.consent = reply.headers.get("Set-Cookie", "").partition(";")[0] or None
        return reply

    def address(self, **changes: Changes) -> URL:
        """The address that the app sends the browser to."""
        asked = {
            "response_type": "code",
            "client_id": "admitone-extension",
            "redirect_uri": REDIRECT_URI,
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "state": STATE,
        }
        return URL(f"{self.deployment.url}/oauth/authorize").with_query(pairs(asked, changes))

    async def code(self) -> str:
        """A code."""
        return (await self.allow()).back["code"]

    async def exchange(self, code: str, /, **changes: Changes) -> Reply:
        """Exchange a code."""
        form = {
            "grant_type": "authorization_code",
            "client_id": "admitone-extension",
            "code": code,
            "code_verifier": VERIFIER,
            "redirect_uri": REDIRECT_URI,
        }
        return await self.post("/oauth/token", form, **changes)

    async def refresh(self, refresh_token: str, /, **changes: Changes) -> Reply:
        """Turn a refresh token in."""
        form = {
            "grant_type": "refresh_token",
            "client_id": "admitone-extension",
            "refresh_token": refresh_token,
        }
        return await self.post("/oauth/token", form, **changes)

    async def revoke(self, token: str, /, **changes: Changes) -> Reply:
        """Sign out."""
        return await self.post(
            "/oauth/revoke", {"client_id": "admitone-extension", "token": token}, **changes
        )

    async def sign_in(self) -> Any:
        """The whole flow; returns the tokens."""
        return granted(await self.exchange(await self.code()))

    async def me(self, access_token: str) -> int:
        """The status of a call of the API."""
        url = URL(f"{self.deployment.url}/api/v1/me")
        return (await self.call("GET", url, headers={"Authorization": f"Bearer {access_token}"})).status

    async def post(self, path: str, form: Mapping[str, str], **changes: Changes) -> Reply:
        """Post a form."""
        url = URL(f"{self.deployment.url}{path}")
        return await self.call("POST", url, data=URL.build(query=pairs(form, changes)).raw_query_string)

    async def call(
        self,
        method: str,
        url: URL,
        *,
        data: str | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str = "application/x-www-form-urlencoded",
    ) -> Reply:
        """One request, which follows no redirect."""
        sent = dict(headers or {}) | ({} if data is None else {"Content-Type": content_type})
        async with self.deployment.http.request(
            method, url, data=data, headers=sent, allow_redirects=False
        ) as answer:
            is_json = answer.content_type in {"application/json", "application/problem+json"}
            text = await answer.text()
            return Reply(answer.status, answer.headers, await answer.json() if is_json else None, text)


async def app_of(deployment: Deployment, user: Api, workspace: str = WORKSPACE) -> App:
    """The app of somebody whose browser is signed in."""
    rest = tokens.SESSION_LENGTH - tokens.WORKSPACE_LENGTH
    session = workspace + tokens.encode(secrets.token_bytes(32), rest)
    [record] = await read_records(deployment.store, workspace, "user", [user.user])
    await write_session(
        deployment.store, workspace, session, Session(user=user.user, at=NOW, epoch=record.epoch)
    )
    return App(deployment, session)


def pairs(given: Mapping[str, str], changes: Mapping[str, Changes]) -> list[tuple[str, str]]:
    """Parameters with some of them replaced, left out (None) or given several times."""
    merged: dict[str, Changes] = {**given, **changes}
    return [
        (name, value)
        for name, values in merged.items()
        if values is not None
        for value in ([values] if isinstance(values, str) else values)
    ]


def granted(reply: Reply) -> Any:
    """The tokens of an answer, which is checked whole."""
    assert reply.status == 200, reply
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.body.keys() == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert (reply.body["token_type"], reply.body["expires_in"]) == ("Bearer", 900)
    return reply.body


def refused(reply: Reply, error: str) -> None:
    """Check a refusal of the token endpoint whole (RFC 6749, section 5.2)."""
    assert reply.status == (401 if error == "invalid_client" else 400), reply
    assert ("WWW-Authenticate" in reply.headers) == (error == "invalid_client")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Type"].startswith("application/json")
    assert reply.body.keys() == {"error", "error_description"}
    assert reply.body["error"] == error, reply
