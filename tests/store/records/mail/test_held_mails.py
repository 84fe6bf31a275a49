"""Budgets under chance: whoever asks when, never one mail more goes out than the budgets allow."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.budgets import DAY, HOUR
from admitone.domain.jobs.job import Job
from admitone.domain.mail.budget import PATIENCE
from admitone.store.records.budgets import budgets_of, count_invitation
from admitone.store.records.index import read_index
from admitone.store.records.mail.held_mails import begin_mail, read_held_mails, subject_of
from admitone.store.records.mail.mails import note_sent
from tests.support.factories import NOW, WORKSPACE, a_job, an_event

if TYPE_CHECKING:
    from admitone.store.store import Store

STEPS = 250
PER_DAY = 40
BOOKINGS = 100
PEOPLE = ("carla@customer.test", "otto@customer.test")


class Waiting(msgspec.Struct):
    """A job and its mail's recipient: when it asks again, and since when it waits."""

    job: Job
    email: str
    due: int
    since: int


class Office:
    """Sends mails by workers that sometimes sleep; a mail has the id of its job."""

    def __init__(self, store: Store, chance: Random) -> None:
        self.store = store
        self.chance = chance
        self.now = NOW
        self.waiting: list[Waiting] = []
        self.sent: dict[str, list[int]] = {email: [] for email in PEOPLE}
        self.ends = {"sent": 0, "lapsed": 0, "superseded": 0}

    async def step(self) -> None:
        """Let some time pass, let what is due ask again, and have something happen or not."""
        self.now += self.chance.choice((0, 1, 60, 600, HOUR, 6 * HOUR))
        due = [each for each in self.waiting if each.due <= self.now]
        self.waiting = [each for each in self.waiting if each.due > self.now]
        self.chance.shuffle(due)
        for each in due:
            await self.ask(each.job, each.email, each.since)
        for _ in range(self.chance.choice((0, 1, 3, 12))):
            booking, email = f"booking-{self.chance.randrange(BOOKINGS)}", self.chance.choice(PEOPLE)
            if self.chance.random() < 0.2:
                await self.invite(email)
            else:
                happened = an_event("booking.rescheduled", booking=booking, at=self.now)
                await self.ask(a_job("mail.customer", event=happened), email, self.now)

    async def ask(self, job: Job, email: str, since: int) -> None:
        """Begin to deliver a mail; deliver it, or wait."""
        subject = subject_of(self.store, WORKSPACE, job.event.booking or "", email)
        budgets = budgets_of(self.store, WORKSPACE, [email], PER_DAY)
        begun = await begin_mail(self.store, job, job.id, subject, budgets, self.now)
        if begun.held_until is not None:
            assert self.now < begun.held_until <= since + PATIENCE
            self.waiting.append(Waiting(job, email, begun.held_until, since))
        elif begun.state is not None:
            self.sent[email].append(self.now)
            self.ends["sent"] += 1
            await note_sent(self.store, WORKSPACE, job.id, self.now)
        else:
            self.ends["lapsed" if begun.has_lapsed else "superseded"] += 1

    async def invite(self, email: str) -> None:
        """Have Google tell of a change, if the budgets allow it."""
        budgets = budgets_of(self.store, WORKSPACE, [email], PER_DAY)
        if await count_invitation(self.store, WORKSPACE, a_job().id, budgets, self.now):
            self.sent[email].append(self.now)


def most(times: list[int], period: int) -> int:
    """The most that went out within a period."""
    return max((sum(at - period < other <= at for other in times) for at in times), default=0)


@pytest.mark.parametrize("seed", range(2))
async def test_never_one_more_goes_out_than_the_budgets_allow(store: Store, seed: int) -> None:
    office = Office(store, Random(seed))
    for _ in range(STEPS):
        await office.step()
    for times in office.sent.values():
        assert most(times, HOUR) <= 10
        assert most(times, DAY) <= 30
    everything = sorted(at for times in office.sent.values() for at in times)
    assert most(everything, DAY) <= PER_DAY
    assert min(office.ends.values()) > 0

    held = {(each.job.event.booking, each.email) for each in office.waiting}
    index = await read_index(
        store, store.keys(WORKSPACE).held_mails, after=None, limit=500, newest_first=False
    )
    found = await read_held_mails(store, WORKSPACE, [entry.id for entry in index])
    waiting = [mail for mail in found if mail.state == "held"]
    assert {mail.booking for mail in waiting} <= {booking for booking, _ in held}
    assert {mail.mail for mail in waiting} <= {each.job.id for each in office.waiting}
