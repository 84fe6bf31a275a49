"""Mails to an address and by a workspace have budgets; beyond, the latest mail of a booking is held."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.jobs.job import JobNotDue
from admitone.domain.people.invitation import InvitationBody
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.shared.services import Caller
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_link
from tests.support.mail.delivered import in_server
from tests.support.mail.held import held_mails
from tests.support.mail.workspace_with_mail import MAILS, text_of, to
from tests.support.store.actions import a_store, put_links, the_booking

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.store.records.mail.held_mails import HeldMail
    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

CARLA, HANNA = "carla@customer.test", "hanna@host.test"
FAR = NOW + 20 * DAY


async def held(workspace: WorkspaceWithMail) -> list[HeldMail]:
    """The held and lapsed mails, the oldest first."""
    return await held_mails(workspace.store)


async def sent(workspace: WorkspaceWithMail) -> Counter[str]:
    """How many mails each address got."""
    return Counter(to(mail) for mail in await workspace.kept())


async def book_many(workspace: WorkspaceWithMail, count: int, **fields: Any) -> list[Booking]:
    """Bookings by Carla that follow each other."""
    return [await workspace.booked(start=FAR + place * HOUR, **fields) for place in range(count)]


async def move(workspace: WorkspaceWithMail, booking: Booking, by: int) -> None:
    """Move a booking, and mail what there is to mail."""
    await workspace.moved(await the_booking(workspace.store, booking.id), by)
    await workspace.work()


async def test_moves_mail_one_address_ten_times_an_hour_and_then_hold_the_last(
    workspace: WorkspaceWithMail,
) -> None:
    booking = await workspace.booked(start=FAR)
    await workspace.work()
    for _ in range(14):
        await move(workspace, booking, HOUR)
    assert await sent(workspace) == {CARLA: 10, HANNA: 1}
    [waiting] = await held(workspace)
    assert (waiting.state, waiting.name, waiting.booking) == ("held", "mail.customer", booking.id)
    assert (waiting.since, waiting.due, waiting.superseded) == (NOW, NOW + HOUR, 4)
    counts = workspace.services.mail.counts
    assert (counts.held, counts.superseded, counts.lapsed) == (5, 4, 0)

    workspace.clock.forward(hours=1)
    await workspace.work()
    assert await sent(workspace) == {CARLA: 11, HANNA: 1}
    last = (await workspace.kept())[-1]
    assert to(last) == CARLA
    assert "2:06" in text_of(last)  # where Carla is, 14 hours after 12:06
    assert await held(workspace) == []
    await workspace.work_through(days=1.5)
    assert (await sent(workspace))[CARLA] == 11


async def test_a_day_has_thirty_and_what_waits_a_day_lapses_visibly(workspace: WorkspaceWithMail) -> None:
    bookings = await book_many(workspace, 43)
    await workspace.work()
    assert (await sent(workspace))[CARLA] == 10
    for hour, total in ((1, 20), (2, 30), (3, 30), (20, 30)):
        workspace.clock.now = NOW + hour * HOUR
        await workspace.work()
        assert (await sent(workspace))[CARLA] == total
    workspace.clock.now = NOW + DAY
    await workspace.work()
    assert (await sent(workspace))[CARLA] == 40
    lapsed = await held(workspace)
    assert [mail.state for mail in lapsed] == ["lapsed"] * 3
    assert {mail.booking for mail in lapsed} < {booking.id for booking in bookings}
    assert workspace.services.mail.counts.lapsed == 3
    await workspace.work_through(days=2)
    assert (await sent(workspace))[CARLA] == 40
    assert await workspace.parked() == []


async def test_workers_that_slept_send_ten_an_hour_all_the_same(workspace: WorkspaceWithMail) -> None:
    await book_many(workspace, 25)
    await workspace.work()
    totals = []
    for hour in (3, 4, 5):
        workspace.clock.now = NOW + hour * HOUR
        await workspace.work()
        totals.append((await sent(workspace))[CARLA])
    assert totals == [20, 25, 25]


async def test_a_later_mail_takes_the_place_of_one_that_lapsed(workspace: WorkspaceWithMail) -> None:
    bookings = await book_many(workspace, 41)
    await workspace.work()
    await workspace.work_through(days=1)
    [lapsed] = await held(workspace)
    [booking] = [booking for booking in bookings if booking.id == lapsed.booking]
    workspace.clock.forward(hours=24)
    await move(workspace, booking, 50 * HOUR)
    assert await held(workspace) == []
    assert (await sent(workspace))[CARLA] == 41


async def test_fifty_deliveries_at_once_through_three_stores_send_ten(
    workspace: WorkspaceWithMail, redis_url: str
) -> None:
    await book_many(workspace, 50)
    jobs = [job for job in await workspace.jobs_planned() if job.name == "mail.customer"]
    async with a_store(redis_url) as second, a_store(redis_url) as third:
        services = [
            msgspec.structs.replace(workspace.services, store=store)
            for store in (workspace.store, second, third)
        ]
        done = await asyncio.gather(
            *(MAILS[job.name](services[place % 3], job) for place, job in enumerate(jobs)),
            return_exceptions=True,
        )
    waiting = [outcome for outcome in done if isinstance(outcome, JobNotDue)]
    assert (done.count(None), len(waiting)) == (10, 40)
    assert Counter(outcome.at - NOW for outcome in waiting) == {HOUR: 10, 2 * HOUR: 10, DAY: 20}
    assert await sent(workspace) == {CARLA: 10}


async def test_an_attempt_that_fails_counts_once(workspace: WorkspaceWithMail, server: MailServer) -> None:
    workspace.by(server)
    server.faults.extend(["451 busy"] * 5)
    await workspace.booked(start=FAR)
    await workspace.work()
    await workspace.work_through(days=0.5)
    assert in_server(server) == [CARLA, HANNA]
    [key] = [key async for key in workspace.store.client.scan_iter(match="*:mails:to:*")]
    assert await workspace.store.client.zcard(key) == 1


async def test_a_job_that_runs_again_holds_its_mail_once(workspace: WorkspaceWithMail) -> None:
    await book_many(workspace, 11)
    *first, last = [job for job in await workspace.jobs_planned() if job.name == "mail.customer"]
    for job in first:
        await workspace.do(job)
    for _ in range(3):
        with pytest.raises(JobNotDue):
            await workspace.do(last)
    assert [mail.superseded for mail in await held(workspace)] == [0]
    [key] = [key async for key in workspace.store.client.scan_iter(match="*:mails:to:*")]
    assert await workspace.store.client.zcard(key) == 11
    assert workspace.services.mail.counts.held == 1


@pytest.mark.parametrize("address", ["Carla+news@Customer.test", "carla+2@customer.test"])
async def test_other_spellings_of_an_address_share_its_budget(
    workspace: WorkspaceWithMail, address: str
) -> None:
    await book_many(workspace, 9)
    for place in range(3):
        await workspace.booked(start=FAR + DAY + place * HOUR, data={"email": address})
    await workspace.work()
    assert len(await held(workspace)) == 2


async def test_users_of_the_workspace_are_not_counted(workspace: WorkspaceWithMail) -> None:
    await book_many(workspace, 12, data={"email": "Hanna+self@host.test"})
    await workspace.work()
    assert len(await workspace.kept()) == 24
    assert await held(workspace) == []


async def test_the_workspaces_own_budget_holds_all_but_confirmations_of_one_time_links(
    workspace: WorkspaceWithMail,
) -> None:
    await workspace.change("settings", "-", mails_per_day=2)
    for place in range(4):
        await workspace.booked(start=FAR + place * HOUR, data={"email": f"g{place}@guest.test"})
    link = a_link()
    await put_links(workspace.store, link)
    booking = await workspace.booked(start=FAR + DAY, link=link.id)
    await workspace.work()
    found = await sent(workspace)
    assert found[CARLA] == 1
    assert sum(found.values()) - found[HANNA] == 3
    assert [mail.due for mail in await held(workspace)] == [NOW + DAY] * 2
    await move(workspace, booking, HOUR)
    assert (await sent(workspace))[CARLA] == 1
    assert len(await held(workspace)) == 3


async def test_the_budget_of_an_address_holds_confirmations_of_one_time_links_too(
    workspace: WorkspaceWithMail,
) -> None:
    await book_many(workspace, 10)
    link = a_link()
    await put_links(workspace.store, link)
    await workspace.work()
    booking = await workspace.booked(start=FAR + DAY, link=link.id)
    await workspace.work()
    assert [mail.booking for mail in await held(workspace)] == [booking.id]
    assert (await sent(workspace))[CARLA] == 10


async def test_a_held_mail_with_nothing_to_tell_any_more_is_forgotten(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[30])
    booking = await workspace.booked(start=NOW + HOUR)
    await workspace.work()
    await book_many(workspace, 9)
    await workspace.work()
    workspace.clock.now = booking.start - 30 * 60
    await workspace.work()
    [waiting] = await held(workspace)
    assert waiting.name == "mail.reminder"
    workspace.clock.now = booking.start
    await workspace.work()
    assert await held(workspace) == []
    assert (await sent(workspace))[CARLA] == 10


async def test_invitations_to_the_workspace_count_too(workspace: WorkspaceWithMail) -> None:
    await book_many(workspace, 10)
    await workspace.work()
    snapshot = await read_snapshot(workspace.store, WORKSPACE, Wanted(records=(("user", "user"),)))
    caller = Caller(snapshot, snapshot.find("user", "user"))
    await create_invitation(workspace.services, caller, InvitationBody(email=CARLA))
    await workspace.work()
    [waiting] = await held(workspace)
    assert (waiting.name, waiting.booking) == ("mail.invitation", None)
    workspace.clock.forward(hours=1)
    await workspace.work()
    assert (await sent(workspace))[CARLA] == 11
