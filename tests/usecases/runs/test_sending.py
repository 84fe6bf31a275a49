"""Mails of workflows: at what rate they go out, to whom not, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.budgets import budgets_of
from admitone.store.records.mail.held_mails import begin_mail
from admitone.store.records.workflows.run_writes import read_figures
from tests.support.factories import NOW, WORKSPACE, a_job
from tests.support.mail.held import held_mails
from tests.support.mail.workspace_with_mail import DRAFTS, text_of
from tests.support.workflows.engine import LINK, MAIL, WORKFLOW, told

if TYPE_CHECKING:
    from admitone.domain.workflows.run import Run
    from tests.support.workflows.engine import Engine

PLAIN = {**MAIL, "text": "Hello"}


async def test_runs_begin_at_the_rate_of_the_mailbox(engine: Engine) -> None:
    await engine.publish(LINK, MAIL)
    contacts = [await engine.contact() for _ in range(45)]
    for contact in contacts:
        await engine.enter(contact)
    made = []
    for _ in range(4):
        await engine.work()
        made.append(await engine.store.client.zcard(engine.store.keys(WORKSPACE).links))
        engine.clock.forward(minutes=1)
    assert made == [20, 40, 45, 45]
    figures, queued = await read_figures(engine.store, WORKSPACE, WORKFLOW)
    assert (figures["entered"], figures["mailed"], figures["done"], queued) == (45, 45, 45, 0)


async def test_a_run_and_its_first_mail_count_once_in_the_rates_of_the_mailbox(engine: Engine) -> None:
    await engine.publish(LINK, MAIL, {**PLAIN, "id": "second"})
    await engine.entered(await engine.contact())
    assert len(await engine.mail.kept()) == 2
    assert await engine.store.client.zcard(engine.store.keys(WORKSPACE).mailbox("user")) == 2


async def test_a_paused_workflow_begins_no_step_and_then_goes_on(engine: Engine) -> None:
    await engine.publish({"kind": "wait", "for": {"hours": 1}}, PLAIN)
    run = await engine.entered(await engine.contact())
    await engine.change_workflow(is_paused=True)
    late = await engine.contact()
    await engine.enter(late)
    await engine.later(hours=2)
    assert (await engine.again(run)).history == run.history
    assert (await engine.run_of(late)).history == ()
    assert await engine.mail.kept() == []
    await engine.change_workflow(is_paused=False)
    await engine.work()
    assert told(await engine.again(run)) == [(0, "done", "time"), (1, "done", "")]
    assert (await engine.run_of(late)).status == "waiting"
    assert len(await engine.mail.kept()) == 1


async def test_a_mail_waits_for_the_sending_window(engine: Engine) -> None:
    window = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "03:00", "end": "04:00"}
    await engine.publish(PLAIN, sending_window=window)
    run = await engine.entered(await engine.contact(timezone="UTC"))
    assert run.status == "waiting"
    assert run.until is not None
    assert run.until % 86_400 == 3 * 3600
    await engine.later(seconds=run.until - engine.clock())
    assert told(await engine.again(run)) == [(0, "done", "")]


async def test_who_unsubscribed_is_skipped(engine: Engine) -> None:
    await engine.publish(PLAIN)
    contact = await engine.contact()
    await engine.unsubscribe(contact)
    run = await engine.entered(contact)
    assert told(run) == [(0, "skipped", "unsubscribed")]
    assert await engine.mail.kept() == []


async def crowded_out(engine: Engine, *steps: dict[str, Any], **changes: Any) -> Run:
    """A run whose mail is held longer than mails wait: the workspace sends one a day, and two came first."""
    await engine.mail.change("settings", "-", mails_per_day=1)
    await engine.publish(PLAIN, workflow="crowd")
    for _ in range(2):
        await engine.entered(await engine.contact(), "crowd")
    await engine.publish(*steps, **changes)
    run = await engine.entered(await engine.contact())
    assert [mail.state for mail in await held_mails(engine.store)] == ["held"] * 2
    return run


async def test_a_mail_that_lapses_is_skipped(engine: Engine) -> None:
    run = await crowded_out(engine, PLAIN)
    await engine.later(days=1)
    assert told(await engine.again(run)) == [(0, "skipped", "lapsed")]
    figures = await engine.figures()
    assert (figures["1:mail:s"], figures["done"]) == (1, 1)
    assert {"mailed", "1:mail:d"}.isdisjoint(figures)
    assert len(await engine.mail.kept()) == 2


async def test_a_mail_that_lapsed_is_skipped_also_if_the_worker_died_then(engine: Engine) -> None:
    run = await crowded_out(engine, PLAIN)
    engine.clock.forward(days=1)
    [_, mail] = await held_mails(engine.store)
    contact = await engine.contact_now(run.contact)
    budgets = budgets_of(engine.store, WORKSPACE, [contact.email], 1)
    begun = await begin_mail(engine.store, a_job("run.step"), mail.mail, mail.id, budgets, engine.clock())
    assert begun.has_lapsed
    await engine.work()
    assert told(await engine.again(run)) == [(0, "skipped", "lapsed")]


async def test_a_held_mail_that_is_not_wanted_any_more_is_skipped_and_not_listed(engine: Engine) -> None:
    run = await crowded_out(engine, PLAIN, {**PLAIN, "id": "second"}, {"kind": "wait", "for": {"days": 9}})
    await engine.unsubscribe(await engine.contact_now(run.contact))
    await engine.later(days=1)
    assert told(await engine.again(run)) == [(0, "skipped", "unsubscribed"), (1, "skipped", "unsubscribed")]
    assert await held_mails(engine.store) == []


async def test_a_mail_whose_link_is_revoked_while_it_is_held_is_skipped(engine: Engine) -> None:
    second = {**PLAIN, "id": "second"}
    run = await crowded_out(engine, LINK, MAIL, second)
    await engine.revoke(run.links[0])
    await engine.later(hours=23)
    assert told(await engine.again(run)) == [(0, "done", "")], "it is still held"
    await engine.later(hours=1)
    assert told(await engine.again(run)) == [(0, "done", ""), (1, "skipped", "link_gone")]
    [mail] = await held_mails(engine.store)
    assert (mail.state, mail.since) == ("held", engine.clock()), "the next step's mail"


async def test_a_run_whose_link_is_booked_while_its_mail_is_held_sends_nothing(engine: Engine) -> None:
    run = await crowded_out(engine, LINK, MAIL)
    await engine.book(run.links[0])
    await engine.later(days=1)
    stopped = await engine.again(run)
    assert (stopped.status, stopped.why) == ("stopped", "booked")
    assert await held_mails(engine.store) == []
    assert len(await engine.mail.kept()) == 2


async def test_a_mail_can_be_unsubscribed_from(engine: Engine) -> None:
    await engine.publish({**PLAIN, "html": "<p>Hello</p>"})
    await engine.entered(await engine.contact())
    [mail] = await engine.mail.kept()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip().strip("<>")
    assert url in text_of(mail)


async def test_a_revoked_link_is_not_mailed(engine: Engine) -> None:
    await engine.publish(LINK, {"kind": "wait", "for": {"hours": 1}}, MAIL)
    run = await engine.entered(await engine.contact())
    await engine.revoke(run.links[0])
    await engine.later(hours=1)
    assert told(await engine.again(run))[-1] == (2, "skipped", "link_gone")


async def test_only_the_link_that_a_mail_names_matters(engine: Engine) -> None:
    """The first link is revoked, the second is not: each is named by one mail."""
    second = {**MAIL, "id": "second", "text": "{{ generate_one_time_booking_link_2.one_time_link }}"}
    wait = {"id": "wait", "kind": "wait", "for": {"hours": 1}}
    await engine.publish(LINK, {**LINK, "id": "again"}, wait, MAIL, second)
    run = await engine.entered(await engine.contact())
    await engine.revoke(run.links[0])
    await engine.later(hours=1)
    assert told(await engine.again(run))[-2:] == [(3, "skipped", "link_gone"), (4, "done", "")]


async def test_a_template_that_fails_sends_nothing(engine: Engine) -> None:
    await engine.publish({**MAIL, "text": "{{ booking.start }}"})
    run = await engine.entered(await engine.contact())
    assert run.status == "failed"
    assert run.cause == "The template cannot be rendered: There is no booking."
    assert await engine.mail.kept() == []


async def test_a_mail_goes_out_once_by_the_sender_s_gmail(engine: Engine) -> None:
    await engine.mail.connect(DRAFTS)
    await engine.publish(LINK, MAIL)
    run = await engine.entered(await engine.contact())
    assert run.status == "done"
    assert len(engine.mail.in_gmail()) == 1
    assert engine.mail.drafts() == 0


async def test_a_mail_whose_answer_was_lost_is_not_sent_again(engine: Engine) -> None:
    await engine.mail.connect(DRAFTS)
    await engine.publish(LINK, MAIL)
    await engine.mail.google.fault("gmail.users.drafts.send", "work_done_answer_lost")
    run = await engine.entered(await engine.contact())
    assert run.status == "running"
    await engine.later(minutes=1)
    assert (await engine.again(run)).status == "done"
    assert len(engine.mail.in_gmail()) == 1


async def test_a_mailbox_that_is_told_to_slow_down_admits_no_run_meanwhile(engine: Engine) -> None:
    await engine.mail.connect(DRAFTS)
    await engine.publish(PLAIN)
    await engine.mail.google.fault("gmail.users.drafts.create", "429", retry_after=300)
    first, second = await engine.contact(), await engine.contact()
    await engine.entered(first)
    await engine.enter(second)
    await engine.later(minutes=4)
    assert (await engine.run_of(second)).history == ()
    await engine.clear_pause()
    await engine.later(minutes=6)
    assert (await engine.run_of(second)).status == "done"
    assert engine.clock() > NOW


async def test_a_mail_after_a_wait_for_the_link_is_tried_again(engine: Engine) -> None:
    await engine.mail.connect(DRAFTS)
    wait = {"id": "wait", "kind": "wait", "link": "opened", "timeout": {"days": 3}}
    await engine.publish(LINK, wait, PLAIN)
    run = await engine.entered(await engine.contact())
    await engine.mail.google.fault("gmail.users.drafts.create", "500")
    await engine.open(run.links[0])
    await engine.work()
    assert (await engine.again(run)).status == "running"
    await engine.later(minutes=1)
    assert told(await engine.again(run))[1:] == [(1, "done", "opened"), (2, "done", "")]
    assert len(engine.mail.in_gmail()) == 1
