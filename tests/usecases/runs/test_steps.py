"""What each step does, once, and what the run remembers of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.contacts.contact import MOST_DIFFERENT_TAGS, MOST_FIELDS, MOST_TAGS
from tests.support.factories import WORKSPACE
from tests.support.mail.workspace_with_mail import text_of, to
from tests.support.workflows.engine import LINK, MAIL, told

if TYPE_CHECKING:
    from tests.support.workflows.engine import Engine

NOTED = {"id": "end", "kind": "add_tags", "tags": ["Done"]}


async def test_a_link_of_the_contact_s_own_is_made_and_mailed(engine: Engine) -> None:
    await engine.publish(LINK, MAIL)
    contact = await engine.contact(email="carla@customer.test")
    run = await engine.entered(contact)
    link = await engine.link_of(run)
    assert (link.channel, link.email, link.name) == ("workflow", "carla@customer.test", "Carla Customer")
    assert link.run == run.id
    [mail] = await engine.mail.kept()
    assert to(mail) == "carla@customer.test"
    assert f"/.{link.code}" in text_of(mail)
    assert run.status == "done"
    assert told(run) == [(0, "done", ""), (1, "done", "")]


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        ({"first_name": "A" * 150, "last_name": "B" * 150}, "A" * 150 + " " + "B" * 49),
        ({"first_name": "", "last_name": "", "email": "info@www.customer.test"}, None),
    ],
)
async def test_every_name_and_address_of_a_contact_is_good_enough_for_a_link(
    engine: Engine, contact: dict[str, str], name: str | None
) -> None:
    await engine.publish(LINK, MAIL)
    run = await engine.entered(await engine.contact(**contact))
    assert (run.status, (await engine.link_of(run)).name) == ("done", name)


async def test_a_wait_for_days_ends_at_the_same_time_of_day(engine: Engine) -> None:
    await engine.publish({"kind": "wait", "for": {"days": 3}}, NOTED)
    contact = await engine.contact(timezone="Europe/Paris")
    run = await engine.entered(contact)
    assert (run.status, run.until) == ("waiting", engine.clock() + 3 * 86_400)
    await engine.later(days=2.9)
    assert (await engine.again(run)).status == "waiting"
    await engine.later(days=0.1)
    assert told(await engine.again(run)) == [(0, "done", "time"), (1, "done", "")]
    assert (await engine.contact_now(contact)).tags == ("done",)


async def test_if_else_goes_one_way_and_both_lead_on(engine: Engine) -> None:
    condition = {"about": "contact.tags", "is": "is", "value": "vip"}
    branch = {
        "id": "choice",
        "kind": "if",
        "when": {"conditions": [condition]},
        "then": [{"id": "yes", "kind": "set_field", "name": "way", "value": "then"}],
        "else": [{"id": "no", "kind": "set_field", "name": "way", "value": "{{ contact.first_name }}"}],
    }
    await engine.publish(branch, NOTED)
    vip, other = await engine.contact(tags=("vip",)), await engine.contact()
    ways = [await engine.entered(contact) for contact in (vip, other)]
    assert told(ways[0]) == [(0, "done", "then"), (1, "done", ""), (3, "done", "")]
    assert told(ways[1]) == [(0, "done", "else"), (2, "done", ""), (3, "done", "")]
    assert (await engine.contact_now(vip)).fields == {"way": "then"}
    assert (await engine.contact_now(other)).fields == {"way": "Carla"}


async def test_stop_ends_the_run_before_what_follows(engine: Engine) -> None:
    await engine.publish({"kind": "stop"}, NOTED)
    contact = await engine.contact()
    run = await engine.entered(contact)
    assert (run.status, told(run)) == ("done", [(0, "done", "")])
    assert (await engine.contact_now(contact)).tags == ()


async def test_tags_are_removed(engine: Engine) -> None:
    await engine.publish({"kind": "remove_tags", "tags": ["Lead", "none"]})
    contact = await engine.contact(tags=("lead", "vip"))
    assert (await engine.entered(contact)).status == "done"
    assert (await engine.contact_now(contact)).tags == ("vip",)


async def test_the_host_is_told(engine: Engine) -> None:
    await engine.publish({"kind": "notify_host", "subject": "News", "text": "Of {{ contact.name }}"})
    assert (await engine.entered(await engine.contact())).status == "done"
    [mail] = await engine.mail.kept()
    assert (to(mail), text_of(mail).strip()) == ("hanna@host.test", "Of Carla Customer")


async def test_a_wait_for_the_link_ends_when_it_is_opened(engine: Engine) -> None:
    wait = {"id": "wait", "kind": "wait", "link": "opened", "timeout": {"days": 3}}
    await engine.publish(LINK, wait, NOTED)
    opened, not_opened = await engine.contact(), await engine.contact()
    run, other = await engine.entered(opened), await engine.entered(not_opened)
    assert run.status == "waiting"
    await engine.open(run.links[0])
    await engine.work()
    assert told(await engine.again(run)) == [(0, "done", ""), (1, "done", "opened"), (2, "done", "")]
    await engine.later(days=3)
    assert told(await engine.again(other)) == [(0, "done", ""), (1, "done", "time"), (2, "done", "")]


async def test_a_booking_by_its_link_stops_the_run_at_once(engine: Engine) -> None:
    await engine.publish(LINK, {"kind": "wait", "for": {"days": 3}}, NOTED)
    run, other = await engine.entered(await engine.contact()), await engine.entered(await engine.contact())
    await engine.book(run.links[0])
    await engine.work()
    stopped = await engine.again(run)
    assert (stopped.status, stopped.why, stopped.is_booked) == ("stopped", "booked", True)
    assert (await engine.again(other)).status == "waiting"


async def test_whoever_books_without_opening_the_link_has_opened_it(engine: Engine) -> None:
    await engine.publish(LINK, {"kind": "wait", "for": {"days": 3}}, stop_on_booking=None)
    run, other = await engine.entered(await engine.contact()), await engine.entered(await engine.contact())
    await engine.open(other.links[0])
    await engine.work()
    for link in (run.links[0], other.links[0]):
        await engine.book(link, start=engine.clock() + (86_400 if link == run.links[0] else 2 * 86_400))
    await engine.work()
    figures = await engine.figures()
    assert (figures["opened"], figures["booked"]) == (2, 2)


async def test_a_cancelled_booking_that_is_waited_for_stops_the_run(engine: Engine) -> None:
    wait = {"id": "wait", "kind": "wait", "booking": {"before": 60}}
    await engine.publish(wait, NOTED, stop_on_booking=None)
    booking = await engine.book(None)
    run = await engine.entered(await engine.contact(), booking=booking.id)
    assert run.until == booking.start - 3600
    moved = await engine.mail.moved(booking, by=7200)
    await engine.work()
    assert (await engine.again(run)).until == booking.start + 3600
    await engine.mail.cancelled(moved)
    await engine.work()
    stopped = await engine.again(run)
    assert (stopped.status, stopped.why) == ("stopped", "cancelled")


async def test_a_failing_step_keeps_its_cause(engine: Engine) -> None:
    await engine.publish({"kind": "call_webhook", "webhook": "none"}, NOTED)
    run = await engine.entered(await engine.contact())
    assert (run.status, told(run)) == ("failed", [(0, "failed", "")])
    assert run.cause == "The webhook does not exist any more, or is switched off."


async def test_a_step_gives_a_contact_no_more_tags_and_fields_than_it_may_have(engine: Engine) -> None:
    full = {f"f{number}": "x" for number in range(MOST_FIELDS)}
    contact = await engine.contact(tags=tuple(f"t{number}" for number in range(MOST_TAGS)), fields=full)
    await engine.publish(NOTED, workflow="tags")
    await engine.publish({"kind": "set_field", "name": "one_more", "value": "x"}, workflow="fields")
    runs = [await engine.entered(contact, workflow) for workflow in ("tags", "fields")]
    assert [(run.status, run.cause) for run in runs] == [
        ("failed", "A contact has at most 50 tags."),
        ("failed", "A contact has at most 50 custom fields."),
    ]
    now = await engine.contact_now(contact)
    assert (len(now.tags), now.fields) == (MOST_TAGS, full)


async def test_a_step_fails_for_which_the_workspace_has_too_many_different_tags(engine: Engine) -> None:
    tags: dict[Any, Any] = {f"t{number}": 1 for number in range(MOST_DIFFERENT_TAGS)}
    await engine.store.client.hset(engine.store.keys(WORKSPACE).contact_tags, mapping=tags)
    await engine.publish(NOTED, {"kind": "stop"})
    run = await engine.entered(await engine.contact())
    assert (run.status, told(run)) == ("failed", [(0, "failed", "")])
    assert run.cause.endswith("have at most 5000 different tags.")
