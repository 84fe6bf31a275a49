"""Coming into a workspace by an invitation, which outranks the domain and every rule for signing up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.errors import (
    AlreadyElsewhere,
    CsrfMissing,
    InvitationForAnother,
    InvitationGone,
    SignUpClosed,
)
from admitone.usecases.accounts import invitation_accept
from admitone.usecases.accounts.invitations import delete_invitation
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.user_find import ensure_user, find_by_name
from admitone.web.http.session_cookie import csrf_token
from tests.support.accounts.browser import ADA, MAX, OLGA, SAM, refuses
from tests.support.accounts.inviting import accept, begin, caller_of, come_back, form_of, invite
from tests.support.accounts.site import running_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

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
    invited = await invite(closed, SAM, role="administrator")
    ada, sam = closed.browser(), closed.browser()
    page = await sam.get(f"/invite/{invited['token']}")
    assert page.status == 200
    assert SAM in page.text
    assert (await accept(sam, invited["token"], SAM)).wanted == "/dashboard?said=joined"
    me = await sam.me()
    assert (me["email"], me["role"]) == (SAM, "administrator")
    assert me["workspace"] == (await ada.sign_in(ADA))["workspace"]
    assert (await closed.browser().sign_in(SAM))["id"] == me["id"]
    refuses(await closed.browser().get(f"/invite/{invited['token']}"), InvitationGone)


async def test_an_invitation_outranks_the_domain(site: Site) -> None:
    await ensure_user(site.services, ADA, name="Ada Admin")
    await site.browser().sign_in(OLGA)  # the domain of hers has a workspace now
    await site.browser().sign_in(SAM)
    invited = await invite(site, "other@beta.test")
    refuses(await accept(site.browser(), invited["token"], OLGA), AlreadyElsewhere)
    refuses(await accept(site.browser(), invited["token"], SAM), AlreadyElsewhere)


async def test_looking_accepts_nothing(closed: Site) -> None:
    invited = await invite(closed, SAM)
    for method in "GET", "HEAD", "GET":
        assert (await closed.browser().call(method, f"/invite/{invited['token']}")).status == 200
    refuses(await closed.browser().come_back(SAM), SignUpClosed)
    assert (await accept(closed.browser(), invited["token"], SAM)).status == 303


async def test_starting_a_sign_in_accepts_nothing(closed: Site) -> None:
    invited = await invite(closed, SAM)
    sam = closed.browser()
    google = (await sam.get(f"/auth/google/start?invitation={invited['token']}")).location
    refuses(await sam.get(await sam.choose(google, SAM)), SignUpClosed)
    assert await sam.me() is None


async def test_the_page_says_who_invites_whom_to_what(closed: Site) -> None:
    invited = await invite(closed, SAM, role="administrator")
    text = (await closed.browser().get(f"/invite/{invited['token']}")).text
    for shown in "Acme", "Ada Admin", SAM, "as an administrator":
        assert shown in text


@pytest.mark.parametrize(
    "forged", ["no form", "another’s form", "no cookie", "empty cookie", "another invitation’s"]
)
async def test_a_form_that_the_page_did_not_give_this_browser_starts_nothing(
    closed: Site, forged: str
) -> None:
    """Whoever invites knows the token: their site could send the form in the name of who visits it."""
    invited, other = await invite(closed, SAM), await invite(closed, MAX)
    attacker, victim = closed.browser(), closed.browser()
    theirs = form_of(await attacker.get(f"/invite/{invited['token']}"))
    data = {"another’s form": theirs, "no form": {}}.get(forged, theirs)
    if forged == "another’s form":
        await victim.get(f"/invite/{invited['token']}")
    elif forged == "empty cookie":
        data = {"csrf": csrf_token(f" {invited['token']}")}
    elif forged == "another invitation’s":
        data = form_of(await victim.get(f"/invite/{other['token']}"))
    refuses(await victim.call("POST", f"/invite/{invited['token']}", data=data), CsrfMissing)
    assert victim.attempts == {}


async def test_the_form_leads_to_google_alone(closed: Site, google: FakeGoogle) -> None:
    invited = await invite(closed, SAM)
    page = await closed.browser().get(f"/invite/{invited['token']}")
    policy = page.headers["Content-Security-Policy"]
    assert f"form-action 'self' {google.url};" in policy, policy


async def test_who_belongs_to_the_workspace_already_reads_that(closed: Site) -> None:
    invited = await invite(closed, SAM)
    first = await accept(closed.browser(), invited["token"], SAM)
    assert first.wanted == "/dashboard?said=joined"
    again = await invite(closed, OLGA)
    sam = closed.browser()
    assert (await accept(sam, again["token"], SAM)).location.query["said"] == "joined-before"
    assert (
        "The invitation has changed nothing." in (await sam.get("/dashboard/links?said=joined-before")).text
    )


async def test_accepted_twice_it_is_one_user(closed: Site) -> None:
    invited = await invite(closed, SAM)
    one, two, later = browsers = [closed.browser() for _ in range(3)]
    begun = [await begin(who, invited["token"]) for who in browsers]
    pairs = list(zip(browsers, begun, strict=True))
    replies = await asyncio.gather(*(come_back(who, google, SAM) for who, google in pairs[:2]))
    assert [reply.status for reply in replies] == [303, 303], replies
    assert (await one.me())["id"] == (await two.me())["id"]
    assert (await come_back(*pairs[2], SAM)).status == 303
    assert (await later.me())["id"] == (await one.me())["id"]


async def test_accepted_in_another_tab_at_the_same_moment_both_are_signed_in(
    closed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tab accepts between our look for the person and our look at the invitation."""
    invited = await invite(closed, SAM)
    one, two = closed.browser(), closed.browser()
    first, second = await begin(one, invited["token"]), await begin(two, invited["token"])
    find, is_first = find_by_name, True

    async def overtaken(*args: Any) -> Any:
        nonlocal is_first
        found = await find(*args)
        if is_first:
            is_first = False
            assert (await come_back(one, first, SAM)).status == 303
        return found

    monkeypatch.setattr(invitation_accept, "find_by_name", overtaken)
    assert (await come_back(two, second, SAM)).status == 303
    assert (await one.me())["id"] == (await two.me())["id"]


async def test_another_account_than_the_invited_is_refused(closed: Site) -> None:
    invited = await invite(closed, SAM)
    refuses(await accept(closed.browser(), invited["token"], OLGA), InvitationForAnother)
    refuses(await closed.browser().come_back(OLGA), SignUpClosed)
    assert (await accept(closed.browser(), invited["token"], SAM)).status == 303


@pytest.mark.parametrize("end", ["withdrawn", "expired", "replaced"])
async def test_what_is_not_good_any_more_lets_nobody_in(closed: Site, clock: Clock, end: str) -> None:
    invited = await invite(closed, SAM)
    clock.forward(days=13, hours=23, minutes=59)
    begun = closed.browser()
    google = await begin(begun, invited["token"])
    if end == "withdrawn":
        await delete_invitation(closed.services, await caller_of(closed, ADA), invited["id"])
    elif end == "expired":
        clock.forward(minutes=1)
    else:
        await invite(closed, SAM)
    refuses(await closed.browser().get(f"/invite/{invited['token']}"), InvitationGone)
    refuses(await come_back(begun, google, SAM), InvitationGone)


@pytest.mark.parametrize("token", ["0", "x" * 40, "0ABC" + "7" * 36, "%00", "../auth"])
async def test_a_token_that_never_was_is_refused(closed: Site, token: str) -> None:
    answer = await closed.browser().get(f"/invite/{token}")
    assert answer.status in {404, 410}, answer
    begun = await closed.browser().call("POST", f"/invite/{token}", data={})
    assert begun.status in {403, 404}, begun


async def test_who_was_made_by_the_command_line_is_joined(closed: Site) -> None:
    invited = await invite(closed, MAX)
    workspace, made = await ensure_user(closed.services, MAX, name="Max")
    browser = closed.browser()
    assert (await accept(browser, invited["token"], MAX)).status == 303
    assert (await browser.me())["id"] == made.id
    assert (await closed.user(workspace, made.id)).subject


async def test_a_domain_may_ask_for_invitations(site: Site) -> None:
    workspace, _ = await ensure_user(site.services, ADA, name="Ada Admin")
    await _close_to_its_domain(site, workspace)
    refuses(await site.browser().come_back(MAX), SignUpClosed)
    invited = await invite(site, MAX)
    browser = site.browser()
    assert (await accept(browser, invited["token"], MAX)).status == 303
    assert (await browser.me())["role"] == "member"


async def _close_to_its_domain(site: Site, workspace: str) -> None:
    caller = await caller_of(site, ADA)
    assert caller.workspace == workspace
    await update_settings(site.services, caller, {"join_by_domain": False})
