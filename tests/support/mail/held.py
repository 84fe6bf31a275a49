"""Mails that are held, or have lapsed, because the workspace's own budget is used up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.mail.budget import TO_ONE_ADDRESS
from admitone.store.records.budgets import budgets_of, count_invitation
from admitone.store.records.index import read_index
from admitone.store.records.mail.held_mails import begin_mail, read_held_mails, subject_of
from tests.support.factories import DAY, WORKSPACE, a_job, an_event
from tests.support.store.actions import the_booking

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.store.records.mail.held_mails import Begun, HeldMail
    from admitone.store.store import Store

ONE_A_DAY = 1


async def use_up(store: Store, now: int) -> None:
    """Use up a budget of one a day."""
    budgets = budgets_of(store, WORKSPACE, [], ONE_A_DAY)
    assert await count_invitation(store, WORKSPACE, f"invitation-{now}", budgets, now)


async def use_up_of(store: Store, email: str, now: int) -> None:
    """Use up the hour's budget of one address."""
    budgets = budgets_of(store, WORKSPACE, [email], None)
    for place in range(TO_ONE_ADDRESS[0].most):
        assert await count_invitation(store, WORKSPACE, f"earlier-{place}", budgets, now)


async def held_mails(store: Store) -> list[HeldMail]:
    """The held and lapsed mails, the oldest first."""
    held = store.keys(WORKSPACE).held_mails
    entries = await read_index(store, held, after=None, limit=100, newest_first=False)
    return await read_held_mails(store, WORKSPACE, [entry.id for entry in entries])


async def hold_mail(store: Store, booking: str, now: int, *, lapses: bool = False) -> None:
    """Hold a mail to the booking's customer; one that `lapses` is given up a day later."""
    job = a_job("mail.customer", event=an_event("booking.scheduled", booking=booking))
    assert (await _begin(store, job, booking, now)).held_until is not None
    if lapses:
        assert (await _begin(store, job, booking, now + DAY)).has_lapsed


async def _begin(store: Store, job: Job, booking: str, now: int) -> Begun:
    email = (await the_booking(store, booking)).data.email
    subject = subject_of(store, WORKSPACE, booking, email)
    return await begin_mail(
        store, job, job.id, subject, budgets_of(store, WORKSPACE, [email], ONE_A_DAY), now
    )
