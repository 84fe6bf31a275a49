"""A browser without scripts: it keeps cookies as browsers do, and follows a redirect only on request."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp
from yarl import URL

from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.errors import Refusal

ADA = "admin@acme.test"
MAX = "member@acme.test"
SAM = "sam@gmail.test"
OLGA = "olga@beta.test"
UNVERIFIED = "unverified@mail.test"


class Reply(NamedTuple):
    """An answer; `cookies` are its Set-Cookie headers, as they stand."""

    status: int
    headers: Mapping[str, str]
    cookies: list[str]
    text: str

    @property
    def location(self) -> URL:
        """The URL of its `Location` header."""
        assert self.status in {302, 303}, self
        return URL(self.headers["Location"])

    @property
    def wanted(self) -> str:
        """The address at which a sign-in ends, past the welcome of a new user."""
        to = self.location
        return to.query["next"] if to.path == "/dashboard/welcome" else self.headers["Location"]

    @property
    def body(self) -> Any:
        """Its JSON, decoded."""
        return json.loads(self.text)


class Browser:
    """One person's browser. `address` is where the server listens, `origin` is the server's public origin."""

    def __init__(self, http: aiohttp.ClientSession, address: str, origin: str) -> None:
        self.http = http
        self.address = address
        self.origin = origin
        self.jar = aiohttp.CookieJar(unsafe=True)

    async def call(
        self,
        method: str,
        path: str | URL,
        *,
        data: object = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request to a path of the server, or to a whole URL; `data` is a form."""
        url = URL(self.origin).join(URL(str(path), encoded=True))
        is_ours = url.origin() == URL(self.origin)
        where = self.address + url.raw_path_qs if is_ours else str(url)
        sent = {"Host": url.authority} if is_ours else {}
        if cookies := self.jar.filter_cookies(url):
            sent["Cookie"] = "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
        sent |= headers or {}
        async with self.http.request(
            method, URL(where, encoded=True), data=data, json=body, headers=sent, allow_redirects=False
        ) as answer:
            self.jar.update_cookies(answer.cookies, url)
            text = await answer.text(errors="replace")
            return Reply(answer.status, answer.headers, answer.headers.getall("Set-Cookie", []), text)

    async def get(self, path: str | URL, **headers: str) -> Reply:
        """GET."""
        return await self.call("GET", path, headers=headers)

    async def begin(self, to: str | None = None) -> URL:
        """Press *Sign in*; returns the URL at Google that the browser is sent to."""
        query = "" if to is None else f"?{URL.build(query={'next': to}).raw_query_string}"
        return (await self.get(f"/auth/google/start{query}")).location

    async def choose(self, google: URL, account: str) -> URL:
        """Choose an account on Google's page; returns the URL that Google sends the browser to."""
        return (await self.call("POST", google, data={"account": account})).location

    async def come_back(self, account: str, to: str | None = None) -> Reply:
        """A whole sign-in; returns the server's answer to the callback."""
        return await self.get(await self.choose(await self.begin(to), account))

    async def sign_in(self, account: str) -> Any:
        """A whole sign-in that succeeds; returns the answer of `/auth/me`."""
        answer = await self.come_back(account)
        assert answer.status == 303, answer
        return await self.me()

    async def me(self) -> Any:
        """The user who is signed in, or None if nobody is."""
        answer = await self.get("/api/v1/me")
        assert answer.status in {200, 401}, answer
        return answer.body if answer.status == 200 else None

    @property
    def session(self) -> str | None:
        """The session's token."""
        return self.cookies.get("admitone") or self.cookies.get("__Host-admitone")

    @property
    def attempts(self) -> dict[str, str]:
        """The cookies of sign-ins that have not finished."""
        return {name: value for name, value in self.cookies.items() if "sign_in" in name}

    @property
    def cookies(self) -> dict[str, str]:
        """Every cookie of the server, wherever it is sent."""
        return {cookie.key: cookie.value for cookie in self.jar}

    def plant(self, cookies: Mapping[str, str]) -> None:
        """Add these cookies to the browser's own, as somebody who stole them would."""
        self.jar.update_cookies(cookies, URL(self.origin))


def refuses(answer: Reply, refusal: type[Refusal]) -> None:
    """Check that an answer is this refusal, in JSON or on a page, and signs nobody in."""
    assert answer.status == STATUS[refusal], answer
    assert not any("admitone=" in cookie for cookie in answer.cookies), answer
    if answer.headers["Content-Type"].startswith("text/html"):
        assert escape(refusal.sentence) in answer.text or escape(refusal.sentence, quote=False) in answer.text
    else:
        assert answer.body["type"] == f"/problems/{refusal.code}", answer
