"""Coming into a workspace by an invitation, which outranks the domain and every rule for signing up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.errors import (
    AlreadyElsewhere,
    InvitationForAnother,
    InvitationGone,
    SignUpClosed,
)
from admitone.domain.people.invitation import InvitationBody
from admitone.store.records.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.accounts.invitations import delete_invitation
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.user_find import ensure_user
from admitone.usecases.shared.services import Caller
from tests.support.accounts.browser import ADA, MAX, OLGA, SAM, refuses
from tests.support.accounts.site import running_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.accounts.browser import Browser, Reply
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def closed(redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """A server on which nobody makes a workspace by signing in; Ada's is there."""
    async with running_site(redis_url, google, clock, SIGN_UP="invited") as one:
        await ensure_user(one.services, ADA, name="Ada Admin")
        yield one


async def test_the_invited_come_in_as_what_they_were_invited_to_be(closed: Site) -> None:
    refuses(await closed.browser().come_back(SAM), SignUpClosed)
    invited = await _invite(closed, SAM, role="administrator")
    ada, sam = closed.browser(), closed.browser()
    page = await sam.get(f"/invite/{invited['token']}")
    assert page.status == 200
    assert SAM in page.text
    assert (await _accept(sam, invited["token"], SAM)).location.path == "/dashboard"
    me = await sam.me()
    assert (me["email"], me["role"]) == (SAM, "administrator")
    assert me["workspace"] == (await ada.sign_in(ADA))["workspace"]
    assert (await closed.browser().sign_in(SAM))["id"] == me["id"]
    refuses(await closed.browser().get(f"/invite/{invited['token']}"), InvitationGone)


async def test_an_invitation_outranks_the_domain(site: Site) -> None:
    await ensure_user(site.services, ADA, name="Ada Admin")
    await site.browser().sign_in(OLGA)  # the domain of hers has a workspace now
    await site.browser().sign_in(SAM)
    invited = await _invite(site, "other@beta.test")
    refuses(await _accept(site.browser(), invited["token"], OLGA), AlreadyElsewhere)
    refuses(await _accept(site.browser(), invited["token"], SAM), AlreadyElsewhere)


async def test_looking_accepts_nothing(closed: Site) -> None:
    invited = await _invite(closed, SAM)
    for method in "GET", "HEAD", "GET":
        assert (await closed.browser().call(method, f"/invite/{invited['token']}")).status == 200
    await closed.browser().get(f"/auth/google/start?invitation={invited['token']}")
    refuses(await closed.browser().come_back(SAM), SignUpClosed)
    assert (await _accept(closed.browser(), invited["token"], SAM)).status == 303


async def test_accepted_twice_it_is_one_user(closed: Site) -> None:
    invited = await _invite(closed, SAM)
    one, two = closed.browser(), closed.browser()
    replies = await asyncio.gather(*(_accept(who, invited["token"], SAM) for who in (one, two)))
    assert [reply.status for reply in replies] == [303, 303], replies
    assert (await one.me())["id"] == (await two.me())["id"]
    again = closed.browser()
    assert (await _accept(again, invited["token"], SAM)).status == 303
    assert (await again.me())["id"] == (await one.me())["id"]


async def test_another_account_than_the_invited_is_refused(closed: Site) -> None:
    invited = await _invite(closed, SAM)
    refuses(await _accept(closed.browser(), invited["token"], OLGA), InvitationForAnother)
    refuses(await closed.browser().come_back(OLGA), SignUpClosed)
    assert (await _accept(closed.browser(), invited["token"], SAM)).status == 303


@pytest.mark.parametrize("end", ["withdrawn", "expired", "replaced"])
async def test_what_is_not_good_any_more_lets_nobody_in(closed: Site, clock: Clock, end: str) -> None:
    invited = await _invite(closed, SAM)
    if end == "withdrawn":
        await delete_invitation(closed.services, await _ada(closed), invited["id"])
    elif end == "expired":
        clock.forward(days=14)
    else:
        await _invite(closed, SAM)
    refuses(await closed.browser().get(f"/invite/{invited['token']}"), InvitationGone)
    refuses(await _accept(closed.browser(), invited["token"], SAM), InvitationGone)


@pytest.mark.parametrize("token", ["0", "x" * 40, "0ABC" + "7" * 36, "%00", "../auth"])
async def test_a_token_that_never_was_is_refused(closed: Site, token: str) -> None:
    answer = await closed.browser().get(f"/invite/{token}")
    assert answer.status in {404, 410}, answer
    begun = await closed.browser().get(f"/auth/google/start?invitation={token}")
    assert begun.status == 303


async def test_who_was_made_by_the_command_line_is_joined(closed: Site) -> None:
    invited = await _invite(closed, MAX)
    workspace, made = await ensure_user(closed.services, MAX, name="Max")
    browser = closed.browser()
    assert (await _accept(browser, invited["token"], MAX)).status == 303
    assert (await browser.me())["id"] == made.id
    assert (await closed.user(workspace, made.id)).subject


async def test_a_domain_may_ask_for_invitations(site: Site) -> None:
    workspace, _ = await ensure_user(site.services, ADA, name="Ada Admin")
    await _close_to_its_domain(site, workspace)
    refuses(await site.browser().come_back(MAX), SignUpClosed)
    invited = await _invite(site, MAX)
    browser = site.browser()
    assert (await _accept(browser, invited["token"], MAX)).status == 303
    assert (await browser.me())["role"] == "member"


async def _accept(browser: Browser, token: str, account: str) -> Reply:
    """Press *Accept* and choose an account at Google: the server's answer to who comes back."""
    google = (await browser.get(f"/auth/google/start?invitation={token}")).location
    return await browser.get(await browser.choose(google, account))


async def _invite(site: Site, email: str, **body: Any) -> dict[str, str]:
    view = await create_invitation(site.services, await _ada(site), InvitationBody(email=email, **body))
    return {"id": view.id, "token": view.accept_url.rpartition("/")[2]}


async def _ada(site: Site) -> Caller:
    workspace, user = await ensure_user(site.services, ADA, name="Ada Admin")
    return Caller(await read_snapshot(site.store, workspace, Wanted()), user)


async def _close_to_its_domain(site: Site, workspace: str) -> None:
    caller = await _ada(site)
    assert caller.workspace == workspace
    await update_settings(site.services, caller, {"join_by_domain": False})
