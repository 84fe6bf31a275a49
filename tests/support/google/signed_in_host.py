"""A host who is signed in with a Google account, and connects Google in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain import tokens
from admitone.usecases.shared.google_grant import grant_of
from tests.support.accounts.browser import ADA, Browser

if TYPE_CHECKING:
    from yarl import URL

    from admitone.google.api import GoogleGrant
    from tests.support.accounts.browser import Reply
    from tests.support.accounts.site import Site
    from tests.support.fakegoogle.running import FakeGoogle

ROOM = "/dashboard/settings/google"
WEEKDAYS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


class SignedInHost:
    """One signed-in host; `account` is the address of their Google account."""

    def __init__(self, site: Site, google: FakeGoogle, browser: Browser, account: str, me: Any) -> None:
        self.site = site
        self.google = google
        self.browser = browser
        self.account = account
        self.workspace: str = me["workspace"]["id"]
        self.user: str = me["id"]

    @classmethod
    async def opened(cls, site: Site, google: FakeGoogle, account: str = ADA) -> SignedInHost:
        """A host who has just signed in."""
        browser = site.browser()
        return cls(site, google, browser, account, await browser.sign_in(account))

    async def leave_for_google(self, *services: str) -> URL:
        """Press *Connect*; returns the URL at Google."""
        query = "&".join(f"service={service}" for service in services)
        return (await self.browser.get(f"/auth/google/connect?{query}")).location

    async def come_back(
        self, *services: str, account: str | None = None, withhold: tuple[str, ...] = ()
    ) -> Reply:
        """Grant `services` without the scopes in `withhold`; returns the server's answer to the callback."""
        url = await self.leave_for_google(*services)
        form = [("account", account or self.account), *(("withhold", scope) for scope in withhold)]
        return await self.browser.get((await self.browser.call("POST", url, data=form)).location)

    async def connect(self, *services: str) -> None:
        """Connect `services`, by default the calendar."""
        answer = await self.come_back(*services or ("calendar",))
        assert answer.location.query["said"] in {"google-connected", "google-calendar", "google-mail"}, answer

    async def grant(self) -> GoogleGrant:
        """The grant that the server keeps for this host."""
        found = await grant_of(self.site.services, self.workspace, self.user)
        assert found
        return found

    async def submit(self, path: str, *fields: tuple[str, str]) -> Reply:
        """Send a form of the dashboard."""
        assert self.browser.session
        csrf = tokens.address("csrf", self.browser.session)
        return await self.browser.call("POST", path, data=[("csrf", csrf), *fields])

    async def api(self, method: str, path: str, body: object = None) -> Reply:
        """Call the API as the dashboard's own pages do."""
        assert self.browser.session
        headers = {"X-CSRF-Token": tokens.address("csrf", self.browser.session)}
        return await self.browser.call(method, f"/api/v1{path}", body=body, headers=headers)

    async def made(self, path: str, **body: Any) -> Any:
        """Make a record through the API; returns it."""
        answer = await self.api("POST", path, body)
        assert answer.status == 201, answer
        return answer.body
