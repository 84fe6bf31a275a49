"""Invite people, and accept invitations as a browser does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from admitone.domain.people.invitation import InvitationBody
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.accounts.user_find import ensure_user
from admitone.usecases.shared.services import Caller
from tests.support.accounts.browser import ADA

if TYPE_CHECKING:
    from yarl import URL

    from tests.support.accounts.browser import Browser, Reply
    from tests.support.accounts.site import Site


async def accept(browser: Browser, token: str, account: str) -> Reply:
    """Press *Accept* and choose an account at Google: the server's answer to who comes back."""
    return await come_back(browser, await begin(browser, token), account)


async def begin(browser: Browser, token: str) -> URL:
    """Press *Accept* on the invitation's page: the address at Google to which the browser is sent."""
    page = await browser.get(f"/invite/{token}")
    return (await browser.call("POST", f"/invite/{token}", data=form_of(page))).location


async def come_back(browser: Browser, google: URL, account: str) -> Reply:
    """Choose an account on Google's page: the server's answer to who comes back."""
    return await browser.get(await browser.choose(google, account))


def form_of(page: Reply) -> dict[str, str]:
    """The fields of the form on an invitation's page."""
    [csrf] = re.findall(r'name="csrf" value="([^"]+)"', page.text)
    return {"csrf": csrf}


async def invite(site: Site, email: str, by: str = ADA, **body: Any) -> dict[str, str]:
    """The id and the token of a new invitation by the administrator `by`, who is made if necessary."""
    caller = await caller_of(site, by)
    view = await create_invitation(site.services, caller, InvitationBody(email=email, **body))
    assert view.accept_url
    return {"id": view.id, "token": view.accept_url.rpartition("/")[2]}


async def caller_of(site: Site, email: str) -> Caller:
    """The user with an address, made if necessary, as a caller."""
    workspace, user = await ensure_user(site.services, email, name="Ada Admin")
    return Caller(await read_snapshot(site.store, workspace, Wanted()), user)
