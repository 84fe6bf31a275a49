"""Mails that nothing can send wait; once the host connects, those that still make sense go out, each once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.store.records.budgets import budgets_of
from admitone.store.records.index import read_index
from admitone.store.records.mail.waiting_mails import MOST, read_waiting
from admitone.usecases.google.google_disconnect import disconnect_google
from admitone.usecases.shared.index_walk import walk_index
from admitone.usecases.shared.waiting_mails import release_waiting_mails
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE
from tests.support.mail.delivered import BOTH, in_gmail, in_server
from tests.support.mail.workspace_with_mail import DRAFTS, MAILS, text_of, to
from tests.support.store.actions import the_booking

if TYPE_CHECKING:
    import pytest

    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

CARLA = "carla@customer.test"
FAR = NOW + 20 * DAY


async def waiting(workspace: WorkspaceWithMail) -> list[str]:
    """The jobs whose mails wait for the host, by name."""
    store, names = workspace.store, []
    async for subjects in walk_index(store, store.keys(WORKSPACE).waiting_of("user")):
        names += subjects
    found = await read_waiting(store, WORKSPACE, names)
    return sorted(one.mail.job.name for one in found)


def subjects_to(workspace: WorkspaceWithMail, address: str) -> list[str]:
    """The beginnings of the subjects of what Gmail sent to the address."""
    return [mail["Subject"].partition(":")[0] for mail in workspace.in_gmail() if to(mail) == address]


async def test_mails_about_a_booking_to_come_go_out_once_the_host_connects(
    workspace: WorkspaceWithMail,
) -> None:
    await workspace.booked(start=FAR)
    await workspace.work()
    assert await waiting(workspace) == ["mail.customer", "mail.hosts"]
    assert sorted(map(to, await workspace.kept())) == BOTH
    await workspace.connect(DRAFTS)
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert in_gmail(workspace) == BOTH
    assert await waiting(workspace) == []
    assert await workspace.kept() == []

    assert await disconnect_google(workspace.services, WORKSPACE, "user")
    await workspace.work()
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert in_gmail(workspace) == BOTH


async def test_two_workers_that_release_at_once_send_each_mail_once(workspace: WorkspaceWithMail) -> None:
    for place in range(3):
        await workspace.booked(start=FAR + place * HOUR)
    await workspace.work()
    await workspace.connect(DRAFTS)
    released = await asyncio.gather(
        *(release_waiting_mails(workspace.services, WORKSPACE, "user") for _ in range(4))
    )
    assert sum(released) == 6
    await workspace.work()
    assert in_gmail(workspace) == sorted(BOTH * 3)


async def test_a_calendar_alone_lets_the_mails_wait_on(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(start=FAR)
    await workspace.work()
    await workspace.connect("https://www.googleapis.com/auth/calendar.freebusy")
    await workspace.work()
    assert await waiting(workspace) == ["mail.customer", "mail.hosts"]


async def test_a_booking_that_moved_meanwhile_is_confirmed_once_as_it_is_now(
    workspace: WorkspaceWithMail,
) -> None:
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    await workspace.moved(booking, HOUR)
    await workspace.work()
    await workspace.connect(DRAFTS)
    await workspace.work()
    [mail] = [mail for mail in workspace.in_gmail() if to(mail) == CARLA]
    assert "1:06" in text_of(mail)  # where Carla is, 13 hours after 12:06
    assert subjects_to(workspace, CARLA) == ["Confirmed"]


async def test_a_booking_that_was_cancelled_meanwhile_is_never_told(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    await workspace.cancelled(booking)
    await workspace.work()
    assert await waiting(workspace) == []
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert in_gmail(workspace) == []


async def test_a_cancellation_is_not_told_although_mail_works_by_then(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    workspace.by(server)
    await workspace.cancelled(booking)
    await workspace.work()
    assert in_server(server) == []
    assert await waiting(workspace) == []


async def test_a_cancellation_goes_out_later_if_the_confirmation_had_gone_out(
    workspace: WorkspaceWithMail,
) -> None:
    await workspace.connect(DRAFTS)
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    assert await disconnect_google(workspace.services, WORKSPACE, "user")
    await workspace.cancelled(booking)
    await workspace.work()
    assert "mail.customer" in await waiting(workspace)
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert subjects_to(workspace, CARLA) == ["Confirmed", "Cancelled"]


async def test_a_booking_that_is_over_is_not_confirmed(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    workspace.clock.now = booking.end
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert in_gmail(workspace) == []
    assert await waiting(workspace) == []


async def test_a_reminder_does_not_wait(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=(60,))
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    workspace.clock.now = booking.start - HOUR
    await workspace.work()
    assert await waiting(workspace) == ["mail.customer", "mail.hosts"]
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert subjects_to(workspace, CARLA) == ["Confirmed"]


async def test_a_mail_server_that_is_set_up_later_sends_what_waits_with_its_first_mail(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    await workspace.booked(start=FAR)
    await workspace.work()
    workspace.by(server)
    await workspace.booked(start=FAR + HOUR)
    await workspace.work()
    assert in_server(server) == sorted(BOTH * 2)
    assert await waiting(workspace) == []


async def test_a_mail_counts_in_its_budget_when_it_goes_out(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(start=FAR)
    await workspace.work()
    workspace.clock.forward(hours=2)
    await workspace.connect(DRAFTS)
    await workspace.work()
    store = workspace.store
    [key] = budgets_of(store, WORKSPACE, [CARLA], None).keys
    [counted] = await read_index(store, key, after=None, limit=2, newest_first=False)
    assert counted.score == NOW + 2 * HOUR


async def test_what_waits_is_bounded(workspace: WorkspaceWithMail, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 1_000
    monkeypatch.setattr("admitone.store.records.mail.waiting_mails.MOST", 4)
    made = [await workspace.booked(start=FAR + place * HOUR) for place in range(4)]
    await workspace.work()
    store = workspace.store
    assert await store.client.hlen(store.keys(WORKSPACE).waiting_mails) == 4
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert len(subjects_to(workspace, CARLA)) == 2
    assert (await the_booking(store, made[0].id)).status == "scheduled"


async def test_a_mail_that_nothing_could_send_twice_is_kept_once(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(start=FAR)
    jobs = await workspace.jobs_done()
    for job in jobs:
        await MAILS[job.name](workspace.services, job)
    assert sorted(map(to, await workspace.kept())) == BOTH
    assert await waiting(workspace) == ["mail.customer", "mail.hosts"]


async def test_a_first_mail_is_kept_once_also_if_its_job_is_repeated(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(start=FAR)
    jobs = await workspace.jobs_done()
    assert len(jobs) == len(await workspace.kept()) == 2
    for job in jobs:
        await workspace.do(job)
    assert len(await workspace.kept()) == 2
    assert workspace.services.mail.counts.sent["kept"] == 2
