"""Users of the server: what they do through the API, and signing the extension in for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from yarl import URL

from admitone.domain import tokens
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.accounts.oauth_client import EXTENSION_REDIRECT_URIS
from admitone.usecases.accounts.user_find import ensure_user
from admitone.usecases.shared.services import new_token
from admitone.web.http.session_cookie import csrf_token
from tests.support.accounts.site import Site
from tests.support.api.calling import Api
from tests.support.oauth.app import CHALLENGE, VERIFIER

if TYPE_CHECKING:
    from admitone.domain.people.user import Role
    from tests.support.extension.browser import Extension


class Person(msgspec.Struct):
    """A user of the server; `api` calls the API with their key."""

    site: Site
    workspace: str
    email: str
    name: str
    api: Api

    async def new_page(self, **changes: Any) -> Any:
        """Create a booking page with a new event type: half an hour by telephone, weekdays in Paris."""
        return await self.api.new_page(await self.api.new_event_type(), **changes)

    async def sign_in(self, extension: Extension) -> None:
        """Sign the extension in as this person, without its sign-in window."""
        answered = await extension.ask("server.set", address=self.site.origin)
        assert answered == {"ok": True, "server": self.site.origin}
        await extension.store(await self.sign_in_as_stored())
        await extension.store({"accessToken": None}, "session")

    async def sign_in_as_stored(self) -> dict[str, Any]:
        """A new sign-in in the form that the extension stores, without the server."""
        granted = await self._tokens()
        account = {"id": self.api.user, "email": self.email, "name": self.name, "workspace": "Acme"}
        return {"refreshToken": granted["refresh_token"], "account": account}

    async def all_revoked(self, besides: str = "") -> list[Any]:
        """Wait until all their links except one are revoked: no page shows when that is done. The links."""
        while True:
            links = [link for link in (await self.api.get("/links")).items if link["id"] != besides]
            if {link["status"] for link in links} == {"revoked"}:
                return links
            await asyncio.sleep(0.05)

    async def end_sessions(self) -> None:
        """Deactivate the person: their sessions, tokens and keys are refused."""
        await self.site.change_user(self.workspace, self.api.user, active=False)

    async def end_app(self, extension: Extension) -> None:
        """Revoke the extension's tokens on the server, behind its back."""
        token = (await extension.stored())["refreshToken"]
        form = {"client_id": "admitone-extension", "token": token}
        async with self.site.http.post(f"{self.site.address}/oauth/revoke", data=form) as answer:
            assert answer.status == 200

    async def _tokens(self) -> Any:
        http, address = self.site.http, self.site.address
        asked = {
            "response_type": "code",
            "client_id": "admitone-extension",
            "redirect_uri": EXTENSION_REDIRECT_URIS[0],
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "state": "a-state",
        }
        session = await self._session()
        cookie = {"Cookie": f"__Host-admitone={session}"}
        form = {"csrf": csrf_token(session)}
        authorize = f"{address}/oauth/authorize"
        async with http.post(
            authorize, params=asked, data=form, headers=cookie, allow_redirects=False
        ) as answer:
            code = URL(answer.headers["Location"]).query["code"]
        form = {
            "grant_type": "authorization_code",
            "client_id": "admitone-extension",
            "code": code,
            "code_verifier": VERIFIER,
        }
        async with http.post(f"{address}/oauth/token", data=form) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def _session(self) -> str:
        token = new_token(self.workspace, tokens.SESSION_LENGTH)
        at = self.site.services.now()
        await write_session(self.site.store, self.workspace, token, Session(user=self.api.user, at=at))
        return token


async def a_person(site: Site, email: str, name: str, role: Role = "member") -> Person:
    """A user who has not signed in yet; the Google account with this address signs in as them."""
    workspace, user = await ensure_user(site.services, email, name=name, role=role)
    key = await create_api_key(site.services, workspace, user, ApiKeyBody(label="A test's"))
    return Person(site, workspace, email, name, Api(site.http, site.address, key, user.id))
