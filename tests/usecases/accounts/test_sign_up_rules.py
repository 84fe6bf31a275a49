"""Who may make a workspace, who comes into one, and who is joined to a user that the command line made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.errors import AccountInactive, AddressInUse, SignUpClosed
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.accounts.user_find import ensure_user
from tests.support.accounts.browser import ADA, MAX, OLGA, SAM, refuses
from tests.support.accounts.people import sessions, the_workspace, workspaces
from tests.support.accounts.site import running_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

RULES = ["open", "domains", "invited"]


@pytest.fixture(params=RULES)
def rule(request: pytest.FixtureRequest) -> str:
    """ADMITONE_SIGN_UP."""
    name: str = request.param
    return name


@pytest.fixture
async def ruled(redis_url: str, google: FakeGoogle, clock: Clock, rule: str) -> AsyncIterator[Site]:
    """A server under the rule."""
    async with running_site(redis_url, google, clock, SIGN_UP=rule) as one:
        yield one


async def test_the_rule_says_who_makes_a_workspace(ruled: Site, rule: str, redis: Redis) -> None:
    allowed = {"open": {ADA, SAM}, "domains": {ADA}, "invited": set()}[rule]
    for account in ADA, SAM:
        browser = ruled.browser()
        if account in allowed:
            assert (await browser.sign_in(account))["role"] == "administrator"
        else:
            refuses(await browser.come_back(account), SignUpClosed)
            assert await browser.me() is None
    assert len(await workspaces(redis)) == len(await sessions(redis)) == len(allowed)
    if not allowed:
        assert [key async for key in redis.scan_iter(match="ao:{dir:*")] == []


async def test_whoever_has_a_workspace_signs_in_under_any_rule(site: Site, ruled: Site) -> None:
    for account in ADA, SAM:
        before = await site.browser().sign_in(account)
        assert await ruled.browser().sign_in(account) == before


async def test_colleagues_of_a_workspace_come_in_under_any_rule(site: Site, ruled: Site) -> None:
    ada = await site.browser().sign_in(ADA)
    colleague = await ruled.browser().sign_in(MAX)
    assert colleague["role"] == "member"
    assert colleague["workspace"] == ada["workspace"]
    assert colleague["id"] != ada["id"]


async def test_whom_the_command_line_made_comes_in_under_any_rule(ruled: Site, redis: Redis) -> None:
    for account in ADA, SAM:
        workspace, user = await ensure_user(ruled.services, account, name="Made")
        me = await ruled.browser().sign_in(account)
        assert (me["id"], me["workspace"]["id"]) == (user.id, workspace)
    assert len(await workspaces(redis)) == 2


async def test_production_is_by_invitation_and_elsewhere_everybody_is_welcome() -> None:
    from admitone.config import Config, SignUp

    assert Config({"ADMITONE_ENV": "production"}).sign_up is SignUp.INVITED
    assert Config({}).sign_up is SignUp.OPEN


async def test_personal_accounts_have_workspaces_of_their_own(
    site: Site, google: FakeGoogle, redis: Redis
) -> None:
    await google.control("accounts", email="pia@gmail.test", name="Pia Private")
    people = [await site.browser().sign_in(account) for account in (SAM, "pia@gmail.test")]
    assert [me["role"] for me in people] == ["administrator"] * 2
    assert [me["workspace"]["name"] for me in people] == ["Sam Rivers", "Pia Private"]
    assert len({me["workspace"]["id"] for me in people}) == len(await workspaces(redis)) == 2


async def test_domains_have_workspaces_of_their_own(site: Site, redis: Redis) -> None:
    people = [await site.browser().sign_in(account) for account in (ADA, OLGA)]
    assert [me["role"] for me in people] == ["administrator"] * 2
    assert len(await workspaces(redis)) == 2


async def test_an_address_under_a_domain_does_not_lead_into_its_workspace(
    site: Site, google: FakeGoogle, redis: Redis
) -> None:
    """Only Google's word (`hd`) does: anybody can make a personal account with an address of their own."""
    await site.browser().sign_in(ADA)
    await google.control("accounts", email="eve@acme.test", name="Eve Elsewhere")
    eve = await site.browser().sign_in("eve@acme.test")
    assert eve["role"] == "administrator"
    assert eve["workspace"]["name"] == "Eve Elsewhere"
    assert sorted(len(found.users) for found in await workspaces(redis)) == [1, 1]


async def test_the_domain_counts_whatever_the_address_is(site: Site, google: FakeGoogle) -> None:
    """Organisations have addresses under several domains, and Google names the first one in any case."""
    ada = await site.browser().sign_in(ADA)
    await google.control("accounts", email="lea@acme-labs.test", name="Lea Labs", hd="ACME.test")
    lea = await site.browser().sign_in("lea@acme-labs.test")
    assert (lea["workspace"], lea["role"]) == (ada["workspace"], "member")


@pytest.mark.parametrize("hd", [None, ""])
async def test_no_domain_is_no_domain_however_it_is_said(
    redis_url: str, google: FakeGoogle, clock: Clock, hd: str | None
) -> None:
    await google.fault("oauth2.token", "forged_id_token", forgery={"claims": {"hd": hd}})
    async with running_site(redis_url, google, clock, SIGN_UP="domains") as site:
        refuses(await site.browser().come_back(ADA), SignUpClosed)


@pytest.mark.parametrize("role", ["member", "administrator"])
async def test_whom_the_command_line_made_keeps_id_role_name_and_what_they_have(
    site: Site, redis: Redis, role: Any
) -> None:
    await ensure_user(site.services, ADA, name="The first one")
    workspace, made = await ensure_user(site.services, MAX, name="As it was made", role=role)
    key = await create_api_key(site.services, workspace, made, ApiKeyBody(label="before the first sign-in"))
    browser = site.browser()
    me = await browser.sign_in(MAX)
    assert (me["id"], me["name"], me["role"]) == (made.id, "As it was made", role)
    assert me["connected"]["google"] is True
    by_key = await site.browser().get("/api/v1/me", Authorization=f"Bearer {key}")
    assert by_key.body == me
    assert len((await the_workspace(redis)).users) == 2


async def test_the_command_line_finds_whom_google_made(site: Site) -> None:
    me = await site.browser().sign_in(ADA)
    workspace, user = await ensure_user(site.services, "Admin@Acme.test", name="Somebody else")
    assert (workspace, user.id, user.name) == (me["workspace"]["id"], me["id"], "Ada Keller")


async def test_case_does_not_make_another_person(site: Site, google: FakeGoogle) -> None:
    _, made = await ensure_user(site.services, "Kim@Gmail.test", name="Kim")
    await google.control("accounts", email="kim@gmail.test", name="Kim Lower")
    await google.fault("oauth2.token", "forged_id_token", forgery={"claims": {"email": "KIM@gmail.TEST"}})
    assert (await site.browser().sign_in("kim@gmail.test"))["id"] == made.id


@pytest.mark.parametrize("account", [ADA, SAM])
async def test_another_google_account_with_the_same_address_is_refused(
    site: Site, google: FakeGoogle, redis: Redis, account: str
) -> None:
    """Addresses are given to others when their owners leave; what the first one had stays theirs."""
    me = await site.browser().sign_in(account)
    await google.fault("oauth2.token", "forged_id_token", times=None, forgery={"claims": {"sub": "another"}})
    heir = site.browser()
    for _ in range(2):
        refuses(await heir.come_back(account), AddressInUse)
    assert await heir.me() is None
    google.state.faults.clear()
    assert await site.browser().sign_in(account) == me
    assert len((await the_workspace(redis)).users) == 1


async def test_somebody_whose_address_changes_stays_who_they_are(site: Site, google: FakeGoogle) -> None:
    me = await site.browser().sign_in(SAM)
    claims = {"sub": google.state.data.accounts[SAM].subject, "email": "sam.married@gmail.test"}
    await google.fault("oauth2.token", "forged_id_token", forgery={"claims": claims})
    assert (await site.browser().sign_in(SAM))["id"] == me["id"]


async def test_whom_an_administrator_deactivated_does_not_come_back(
    site: Site, browser: Browser, redis: Redis
) -> None:
    me = await browser.sign_in(ADA)
    await site.change_user(me["workspace"]["id"], me["id"], active=False)
    again = site.browser()
    refuses(await again.come_back(ADA), AccountInactive)
    assert again.session is None
    assert len(await sessions(redis)) == 1
    assert len((await the_workspace(redis)).users) == 1


async def test_nor_do_they_whom_the_command_line_made_and_who_never_signed_in(site: Site) -> None:
    workspace, made = await ensure_user(site.services, MAX, name="Made")
    await site.change_user(workspace, made.id, active=False)
    refuses(await site.browser().come_back(MAX), AccountInactive)
