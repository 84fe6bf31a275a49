"""Who has left a workspace can join again, or join another one: their Google account is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.errors import AlreadyElsewhere
from admitone.store.records.credentials.google_connections import read_connection
from admitone.store.records.directory import look_up
from admitone.usecases.accounts import workspace_leave
from tests.support.accounts.browser import ADA, MAX, OLGA, refuses
from tests.support.accounts.inviting import accept, invite
from tests.support.google.signed_in_host import SignedInHost

if TYPE_CHECKING:
    from tests.support.accounts.browser import Browser, Reply
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

ROOM = "/dashboard/settings/leave"


async def test_google_is_disconnected(site: Site, google: FakeGoogle) -> None:
    await site.browser().sign_in(ADA)
    host = await SignedInHost.opened(site, google, MAX)
    await host.connect()
    assert await read_connection(site.store, host.workspace, host.user) is not None
    assert (await _leave(host.browser)).status == 303
    assert await read_connection(site.store, host.workspace, host.user) is None
    assert await host.browser.me() is None


async def test_who_left_joins_their_domain_again_as_a_new_user(site: Site) -> None:
    await site.browser().sign_in(ADA)
    max_ = site.browser()
    before = await max_.sign_in(MAX)
    assert (await _leave(max_)).status == 303
    assert await look_up(site.store, "address", MAX) is None
    after = await max_.sign_in(MAX)
    assert after["workspace"] == before["workspace"]
    assert after["id"] != before["id"]


async def test_an_invitation_of_another_workspace_needs_leaving_first(site: Site) -> None:
    await site.browser().sign_in(ADA)
    olga = site.browser()
    home = await olga.sign_in(OLGA)
    invited = await invite(site, MAX)  # by Ada, whose domain is Max's
    refuses(await accept(olga, invited["token"], OLGA), AlreadyElsewhere)
    assert (await olga.me())["workspace"] == home["workspace"]


@pytest.mark.parametrize("crashes", [False, True])
async def test_who_left_accepts_the_invitation_of_another_workspace(
    site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch, crashes: bool
) -> None:
    """Also if the server died after it had written the user: their claims in the directory are outdated."""
    await site.browser().sign_in(OLGA)
    await site.browser().sign_in(ADA)
    max_ = site.browser()
    before = await max_.sign_in(MAX)
    if crashes:

        async def dies(*_: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(workspace_leave, "_release_names", dies)
    assert (await _leave(max_)).status == (500 if crashes else 303)
    clock.forward(minutes=11)
    invited = await invite(site, MAX, by=OLGA)
    assert (await accept(max_, invited["token"], MAX)).status == 303
    assert (await max_.me())["workspace"] != before["workspace"]


async def _leave(browser: Browser) -> Reply:
    page = await browser.get(ROOM)
    csrf = page.text.rpartition(f'action="{ROOM}"')[2].partition('name="csrf" value="')[2].partition('"')[0]
    return await browser.call("POST", ROOM, data={"csrf": csrf})
