"""Connecting Google: by one's own account only, as far as one allows, and no longer than one likes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import OtherGoogleAccount, SignInExpired
from admitone.google.scopes import CALENDAR_LIST, COMPOSE, EVENTS, FREE_BUSY, SEND
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.calendar_events.calendar_unwritable import mark_unwritable
from admitone.usecases.shared.google_grant import grant_of, mark_revoked
from tests.support.accounts.browser import ADA, MAX, refuses
from tests.support.google.signed_in_host import ROOM, SignedInHost

if TYPE_CHECKING:
    from admitone.store.records.credentials.google_connections import Connection
    from tests.support.accounts.site import Site
    from tests.support.fakegoogle.running import FakeGoogle


async def connection(host: SignedInHost) -> Connection | None:
    return await read_connection(host.site.store, host.workspace, host.user)


async def connected(host: SignedInHost) -> dict[str, bool]:
    me = await host.browser.me()
    return me["connected"]  # type: ignore[no-any-return]


async def test_a_calendar_is_connected(host: SignedInHost) -> None:
    assert await connected(host) == {"google": True, "calendar": False, "mail": False}
    url = await host.leave_for_google("calendar")
    assert url.query["access_type"] == "offline"
    assert url.query["include_granted_scopes"] == "true"
    assert url.query["login_hint"] == ADA
    assert set(url.query["scope"].split()) == {
        "openid", "email", "profile", EVENTS, FREE_BUSY, CALENDAR_LIST,
    }  # fmt: skip
    await host.connect()
    assert await connected(host) == {"google": True, "calendar": True, "mail": False}
    found = await connection(host)
    assert found
    assert (found.email, list(found.blocking), found.writing) == (ADA, ["primary"], "primary")
    assert set(found.scopes) == {EVENTS, FREE_BUSY, CALENDAR_LIST}
    assert (await host.grant()).refresh_token not in str(found)
    assert (await host.grant()).refresh_token in host.google.state.data.refresh_tokens


@pytest.mark.parametrize(("service", "scope"), [("mail", SEND), ("drafts", COMPOSE)])
async def test_what_was_allowed_before_stays_when_mail_is_added(
    host: SignedInHost, service: str, scope: str
) -> None:
    await host.connect("calendar")
    await host.connect(service)
    assert (await host.grant()).scopes == {EVENTS, FREE_BUSY, CALENDAR_LIST, scope}
    assert await connected(host) == {"google": True, "calendar": True, "mail": True}


async def test_another_account_than_ones_own_is_refused(host: SignedInHost) -> None:
    answer = await host.come_back("calendar", account=MAX)
    refuses(answer, OtherGoogleAccount)
    assert MAX in answer.text
    assert await connection(host) is None


async def test_what_is_withheld_is_told_and_can_be_allowed_later(host: SignedInHost) -> None:
    answer = await host.come_back("calendar", withhold=(EVENTS, CALENDAR_LIST))
    assert answer.location.query["said"] == "google-part"
    assert (await host.grant()).scopes == {FREE_BUSY}
    assert (await connected(host))["calendar"] is False
    room = (await host.browser.get(ROOM)).text
    assert "Read only: bookings are not written to it" in room
    assert "Allow the rest" in room
    await host.connect()
    assert "Allow the rest" not in (await host.browser.get(ROOM)).text


async def test_nothing_allowed_connects_nothing(host: SignedInHost) -> None:
    answer = await host.come_back("calendar", withhold=(EVENTS, FREE_BUSY, CALENDAR_LIST))
    assert answer.location.query["said"] == "google-nothing"
    assert await connection(host) is None
    url = await host.leave_for_google("calendar")
    cancelled = await host.browser.call("POST", url, data={"cancel": "1"})
    answer = await host.browser.get(cancelled.location)
    assert answer.location.query["said"] == "google-cancelled"
    assert "Nothing has changed" in (await host.browser.get(answer.location)).text


async def test_it_ends_in_the_browser_that_began_it_for_the_user_who_did(
    site: Site, google: FakeGoogle
) -> None:
    ada, other = await SignedInHost.opened(site, google), await SignedInHost.opened(site, google, MAX)
    back = await ada.browser.choose(await ada.leave_for_google("calendar"), ADA)
    refuses(await other.browser.get(back), SignInExpired)
    ada.browser.plant({"admitone": other.browser.session or ""})
    refuses(await ada.browser.get(back), SignInExpired)
    assert await connection(ada) is None
    assert await connection(other) is None


async def test_what_cannot_be_connected_is_refused(host: SignedInHost) -> None:
    for query in ("", "?service=drive", "?service=calendar&service=drive"):
        assert (await host.browser.get(f"/auth/google/connect{query}")).status == 422
    assert (await host.site.browser().get("/auth/google/connect?service=calendar")).status == 401
    answer = await host.browser.get("/auth/google/connect?service=calendar&next=//evil.test/")
    back = await host.browser.get(await host.browser.choose(answer.location, ADA))
    assert str(back.location) == f"{ROOM}?said=google-calendar"


async def test_disconnecting_ends_the_grant_at_google(host: SignedInHost) -> None:
    await host.connect()
    token = (await host.grant()).refresh_token
    answer = await host.submit(f"{ROOM}/disconnect")
    assert answer.location.query["said"] == "google-disconnected"
    assert token not in host.google.state.data.refresh_tokens
    assert await connection(host) is None
    assert (await host.submit(f"{ROOM}/disconnect")).location.query["said"] == "google-disconnected"


async def test_disconnecting_happens_here_even_where_google_cannot_be_told(host: SignedInHost) -> None:
    await host.connect()
    await host.google.fault("oauth2.revoke", "500")
    answer = await host.submit(f"{ROOM}/disconnect")
    assert answer.location.query["said"] == "google-forgotten"
    assert "myaccount.google.com/permissions" in (await host.browser.get(answer.location)).text
    assert await connection(host) is None


async def test_a_revoked_grant_is_said_on_every_page_and_mended_by_connecting_again(
    host: SignedInHost,
) -> None:
    await host.connect("calendar", "drafts")
    before = await connection(host)
    await host.google.control("revoke", account=ADA)
    await host.browser.get(ROOM)  # which lists the calendars, and so finds out
    assert await grant_of(host.site.services, host.workspace, host.user) is None
    for page in ("/dashboard", "/dashboard/links", "/dashboard/bookings", "/dashboard/settings", ROOM):
        assert "Reconnect Google" in (await host.browser.get(page)).text
    assert await connected(host) == {"google": True, "calendar": False, "mail": False, "reconnect": True}
    page = (await host.browser.get("/dashboard")).text
    assert 'href="/auth/google/connect?service=calendar&amp;service=drafts"' in page
    await host.connect("calendar", "drafts")
    assert "Reconnect Google" not in (await host.browser.get("/dashboard")).text
    found = await connection(host)
    assert found
    assert before
    assert found.scopes == before.scopes


async def test_a_grant_that_failed_late_does_not_mark_the_one_that_followed_it(host: SignedInHost) -> None:
    await host.connect()
    old = await host.grant()
    await host.connect()
    await mark_revoked(host.site.services, host.workspace, host.user, old)
    assert await grant_of(host.site.services, host.workspace, host.user) is not None
    assert host.site.services.google_counts["revoked"] == 0
    for _ in range(2):
        await mark_revoked(host.site.services, host.workspace, host.user)
    assert await grant_of(host.site.services, host.workspace, host.user) is None
    assert host.site.services.google_counts["revoked"] == 1


async def test_calendars_are_chosen(host: SignedInHost) -> None:
    await host.connect()
    page = (await host.browser.get(ROOM)).text
    ids = re.findall(r'name="blocking" value="([^"]+)"', page)
    assert ids[0] == "primary"
    assert len(ids) == 3
    writable = re.findall(r'<option value="([^"]+)"', page.partition('id="writing"')[2])
    other = next(one for one in writable if one != "primary")
    read_only = next(one for one in ids if one not in writable)
    answer = await host.submit(ROOM, ("blocking", other), ("blocking", "primary"), ("writing", other))
    assert answer.location.query["said"] == "saved"
    found = await connection(host)
    assert found
    assert (list(found.blocking), found.writing) == ([other, "primary"], other)
    for fields in ([("writing", read_only)], [("blocking", "gone"), ("writing", "primary")], []):
        answer = await host.submit(ROOM, *fields)
        assert answer.status == 422
        assert "was not saved" in answer.text
    await host.google.fault("calendar.calendarList.list", "500", times=None)
    assert "cannot be listed at present" in (await host.browser.get(ROOM)).text


async def test_a_calendar_that_is_gone_is_said_on_every_page_until_another_is_chosen(
    host: SignedInHost,
) -> None:
    await host.connect()
    other = f"c_{ADA.replace('@', '.')}@group.calendar.google.com"
    await host.submit(ROOM, ("blocking", "primary"), ("writing", other))
    del host.google.state.data.calendars[other]
    assert 'aria-describedby="writing-hint"' in (await host.browser.get(ROOM)).text
    await mark_unwritable(host.site.services, host.workspace, host.user, other)
    for page in ("/dashboard", "/dashboard/bookings", ROOM):
        assert f'href="{ROOM}#writing">Choose another calendar' in (await host.browser.get(page)).text
    refused = await host.submit(ROOM, ("blocking", "primary"), ("writing", ""))
    assert refused.status == 422
    await host.submit(ROOM, ("blocking", "primary"), ("writing", "primary"))
    for page in ("/dashboard", ROOM):
        assert "Choose another calendar" not in (await host.browser.get(page)).text
    found = await connection(host)
    assert found
    assert (found.writing, found.unwritable) == ("primary", None)
