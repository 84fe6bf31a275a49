"""Busy time from Google: who asks the same at once shares an answer, and what failed rests for a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.google import free_busy
from admitone.google.errors import GoogleUnreachable
from admitone.google.free_busy import BusyQuestion
from tests.support.fakegoogle.running import until
from tests.support.google.api_client import a_grant, an_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.google.api import GoogleApi
    from tests.support.fakegoogle.running import FakeGoogle

QUERY = "calendar.freebusy.query"
START = 1_772_442_000  # 2 March 2026, 9:00 UTC


@pytest.fixture
async def api(google: FakeGoogle) -> AsyncIterator[GoogleApi]:
    one = an_api(google)
    yield one
    google.state.faults.clear()
    await one.close()


async def a_question(google: FakeGoogle, *calendars: str) -> BusyQuestion:
    return BusyQuestion(await a_grant(google), calendars or ("primary",), START, START + 7200)


async def test_those_who_ask_at_once_share_one_call(google: FakeGoogle, api: GoogleApi) -> None:
    question = await a_question(google)
    await google.fault(QUERY, "slow")
    await google.fault(QUERY, "500", times=None)
    asking = [asyncio.create_task(api.free_busy.ask_together([question])) for _ in range(5)]
    await until(lambda: google.state.faults.held == 1)
    later = asyncio.create_task(api.free_busy.ask_together([question]))
    await asyncio.sleep(0)
    await google.control("release")
    assert [await one for one in (*asking, later)] == [{question: []}] * 6
    assert isinstance((await api.free_busy.ask_together([question]))[question], GoogleUnreachable)


async def test_who_goes_away_takes_nobody_with_them(google: FakeGoogle, api: GoogleApi) -> None:
    question = await a_question(google)
    await google.fault(QUERY, "slow")
    first, second = (asyncio.create_task(api.free_busy.ask_together([question])) for _ in range(2))
    await until(lambda: google.state.faults.held == 1)
    first.cancel()
    await google.control("release")
    assert await second == {question: []}


async def test_what_failed_rests_for_lists_and_not_for_bookings(
    google: FakeGoogle, api: GoogleApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(free_busy, "PAUSE", 3600)
    question = await a_question(google)
    await google.fault(QUERY, "503")
    for _ in range(2):
        assert isinstance((await api.free_busy.ask_together([question]))[question], GoogleUnreachable)
    assert await api.free_busy.ask([question]) == {question: []}
    assert await api.free_busy.ask_together([question]) == {question: []}


async def test_a_calendar_that_is_gone_is_never_busy(google: FakeGoogle, api: GoogleApi) -> None:
    question = await a_question(google, "primary", "gone@group.calendar.google.com")
    assert await api.free_busy.ask([question]) == {question: []}


async def test_calendars_that_google_does_not_look_at_are_no_answer(
    google: FakeGoogle, api: GoogleApi
) -> None:
    question = await a_question(google, *(f"calendar-{number}" for number in range(51)))
    assert isinstance((await api.free_busy.ask([question]))[question], GoogleUnreachable)
