"""Calendars that Google answers late or not at all, and calendars that are disconnected or gone."""

from __future__ import annotations

import asyncio
import html
from typing import TYPE_CHECKING

import pytest

from admitone.store.records.credentials.google_connections import read_connection
from tests.support.accounts.browser import ADA, MAX
from tests.support.fakegoogle.running import until
from tests.support.google.host_page import DAY, HostPage
from tests.support.google.signed_in_host import ROOM, SignedInHost

if TYPE_CHECKING:
    from tests.support.accounts.site import Site
    from tests.support.fakegoogle.running import FakeGoogle

LATER = "2027-01-11"  # not among what is asked of Google with DAY
FREE_BUSY = "calendar.freebusy.query"


async def test_while_google_does_not_answer_its_last_word_counts_for_a_while(host_page: HostPage) -> None:
    await host_page.put("10:00", "11:00")
    assert "10:00" not in await host_page.starts(DAY)
    await host_page.google.fault(FREE_BUSY, "503", times=None)
    assert (await host_page.book(DAY, "10:00")).status == 409
    booked = await host_page.book(DAY, "12:00")
    assert booked.status == 201
    assert await host_page.recorded(booked.body) == ("cached", "cached")
    page = await host_page.host.browser.get(f"/dashboard/bookings/{booked.body['id']}")
    assert "Google did not answer when this was booked" in page.text
    host_page.clock.forward(seconds=61)
    assert "12:30" in await host_page.starts(DAY)
    host_page.clock.forward(seconds=900)
    for answer in (await host_page.slots(DAY), await host_page.book(DAY, "13:00")):
        assert answer.status == 503
        assert (answer.body["type"], answer.body["retry"]) == ("/problems/calendar-unreachable", True)
        assert int(answer.headers["Retry-After"]) > 0
    token = booked.body["manage_url"].rpartition("/")[2]
    assert (await host_page.reschedule(token, DAY, "13:00")).status == 503
    link = await host_page.link()
    for path in (f"/.{link}", f"/manage/{token}/reschedule"):
        page = await host_page.host.site.browser().get(path)
        assert page.status == 503
        assert "The calendar can't be reached right now." in html.unescape(page.text)
    times = await host_page.host.browser.get(f"/dashboard/pages/{host_page.page['id']}/times?date={DAY}")
    assert "cannot be reached at present" in times.text
    await host_page.google.http.delete(f"{host_page.google.url}/_control/faults")
    assert (await host_page.book(DAY, "13:00", link)).status == 201


async def test_bookings_go_on_where_the_grant_is_over(host_page: HostPage) -> None:
    """By what Google said last, then by our own bookings: links of a host who is away must not die."""
    await host_page.put("10:00", "11:00")
    assert "10:00" not in await host_page.starts(DAY)
    await host_page.google.control("revoke", account=ADA)
    answer = await host_page.book(DAY, "10:00")
    assert answer.status == 409
    assert "Reconnect Google" in (await host_page.host.browser.get("/dashboard")).text
    host_page.clock.forward(seconds=1000)
    assert "10:00" in await host_page.starts(DAY)
    booked = await host_page.book(DAY, "10:00")
    assert await host_page.recorded(booked.body) == ("unchecked", "unchecked")


async def test_a_host_without_a_calendar_is_not_asked_about(host: SignedInHost) -> None:
    host_page = await HostPage.opened(host)
    await host.google.fault("*", "503", times=None)
    assert "10:00" in await host_page.starts(DAY)
    booked = await host_page.book(DAY, "10:00")
    assert booked.status == 201
    assert await host_page.recorded(booked.body) == (None, None)


async def test_of_two_hosts_one_whose_calendar_does_not_say_is_not_taken_for_free(
    host_page: HostPage, site: Site, google: FakeGoogle
) -> None:
    other = await HostPage.opened(await SignedInHost.opened(site, google, MAX), host_page.event_type)
    await other.host.connect()
    pages = {"primary": {"page": host_page.page["id"]}, "additional": [{"page": other.page["id"]}]}
    rule = {"event_type": host_page.event_type["id"], **pages}
    panel = await host_page.host.made(
        "/master-pages", title="Both", slug="both-of-us", rule_type="dynamic", rules=[rule]
    )
    room = f"/dashboard/master-pages/{panel['id']}/times"
    await google.fault(FREE_BUSY, "500", account=MAX, times=None)
    explained = await host_page.host.browser.get(f"{room}?date={LATER}")
    assert "Nobody is free for additional place 1." in explained.text
    assert "Calendar cannot be reached: <bdi>Max Brunner</bdi>" in explained.text
    await google.http.delete(f"{google.url}/_control/faults")
    await other.put("10:00", "11:00")
    await google.fault(FREE_BUSY, "500", account=ADA, times=None)
    link = (await host_page.host.made("/links", page=panel["id"]))["code"]
    answer = await host_page.book(DAY, "12:00", link)
    assert (answer.status, answer.body["type"]) == (503, "/problems/calendar-unreachable")
    explained = await host_page.host.browser.get(f"{room}?date={DAY}")
    assert "No host’s calendar can be reached at present" in explained.text
    await google.http.delete(f"{google.url}/_control/faults")
    assert (await host_page.book(DAY, "10:30", link)).status == 409
    booked = await host_page.book(DAY, "12:00", link)
    assert await host_page.recorded(booked.body) == ("checked", None)


async def test_a_slow_calendar_keeps_nobody_else_waiting(
    host_page: HostPage, site: Site, google: FakeGoogle
) -> None:
    """Told by the order of things: everybody else is served while one customer's check is held at Google."""
    await host_page.starts(DAY)
    other = await HostPage.opened(await SignedInHost.opened(site, google, "olga@beta.test"))
    await google.fault(FREE_BUSY, "slow")
    slow = asyncio.create_task(host_page.book(DAY, "10:00"))
    await until(lambda: google.state.faults.held == 1)
    assert (await other.book(DAY, "10:00")).status == 201
    assert "10:30" in await host_page.starts(DAY)
    assert (await host_page.book(DAY, "10:30")).status == 201
    assert (await host_page.host.browser.get("/healthz")).status == 200
    assert not slow.done()
    assert google.state.faults.held == 1
    await google.control("release")
    assert (await slow).status == 201


@pytest.mark.parametrize("is_one_link", [True, False])
async def test_of_two_who_race_while_the_check_is_slow_one_books(
    host_page: HostPage, google: FakeGoogle, is_one_link: bool
) -> None:
    links = [await host_page.link()] * 2 if is_one_link else [await host_page.link() for _ in range(2)]
    await google.fault(FREE_BUSY, "slow", times=2)
    racing = [asyncio.create_task(host_page.book(DAY, "10:00", link)) for link in links]
    await until(lambda: google.state.faults.held == 2)
    await google.control("release")
    statuses = sorted([(await each).status for each in racing])
    assert statuses == [201, 410 if is_one_link else 409]


async def test_a_disconnected_calendar_blocks_nothing(host_page: HostPage) -> None:
    await host_page.put("10:00", "11:00")
    assert "10:00" not in await host_page.starts(DAY)
    await host_page.host.submit(f"{ROOM}/disconnect")
    assert "10:00" in await host_page.starts(DAY)
    assert (
        await read_connection(host_page.host.site.store, host_page.host.workspace, host_page.host.user)
        is None
    )


async def test_a_calendar_that_is_gone_blocks_nothing(host_page: HostPage, google: FakeGoogle) -> None:
    other = await host_page.second_calendar()
    await host_page.host.submit(ROOM, ("blocking", other), ("writing", "primary"))
    del google.state.data.calendars[other]
    assert "10:00" in await host_page.starts(DAY)
