"""Writes runs of workflows: one typed function for each script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.contacts.contact import MOST_DIFFERENT_TAGS
from admitone.domain.workflows.run import PER_DAY, PER_MINUTE, admission_timer, run_timer
from admitone.store.records.contacts.contacts import change_argument, field_counts
from admitone.store.records.documents import event_text
from admitone.store.records.links import new_link
from admitone.store.records.reports.counting import new_links
from admitone.store.records.workflows.runs import (
    BOOKED,
    CAUSE,
    LETTERS,
    MAILED,
    OPENED,
    cause_text,
    changed_fields,
    contact_field,
    entry_field,
    run_fields,
)
from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import keep

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from admitone.domain.event import Event
    from admitone.domain.workflows.run import Run
    from admitone.domain.workflows.workflow import ReEntry
    from admitone.store.codes import Code
    from admitone.store.records.workflows.run_change import RunChange
    from admitone.store.store import Store


async def enter_run(
    store: Store,
    workspace: str,
    run: Run,
    re_entry: ReEntry,
    *,
    order: int,
    now: int,
    counts: Sequence[str],
    is_queued: bool,
    event: Event | None = None,
) -> Code:
    """Write a new run, and what begins it: a job, or its place in the queue (`order`, epoch microseconds)."""
    keys = store.keys(workspace)
    names = {
        "run": keys.run(run.id),
        "contact": keys.contact(run.contact),
        "delayed": keys.delayed,
        "figures": keys.workflow_figures(run.workflow),
        "runs": keys.workflow_runs(run.workflow),
        "previous": keys.run(run.before) if run.before else None,
        "queue": keys.queued_runs(run.workflow) if is_queued else None,
    }
    arguments = {
        "id": run.id,
        "order": order,
        "now": now,
        "fields": run_fields(run),
        "entry": contact_field(run.workflow),
        "previous": run.before,
        "re_entry": re_entry,
        "counts": list(counts),
        "job": run_timer(run.id, now).text(workspace),
        "timer": admission_timer(run.workflow, now).text(workspace) if is_queued else None,
        "event": event_text(event) if event else None,
    }
    return (await store.call_in(workspace, "run_enter", names, arguments)).code


async def change_run(store: Store, workspace: str, run: Run, change: RunChange, now: int) -> Code:
    """Change a run as it was read, unless somebody has changed it meanwhile, or a booking stops it."""
    keys, tags = store.keys(workspace), change.contact.tags if change.contact else []
    written, removed = _hash_changes(run, change)
    timer = run_timer(run.id, now).text(workspace)
    names: dict[str, str | Sequence[str] | None] = {
        "run": keys.run(run.id),
        "delayed": keys.delayed,
        "figures": keys.workflow_figures(run.workflow),
        "failed": keys.failed_runs(run.workflow),
        "contact": keys.contact(run.contact),
        "waiting": keys.booking_runs(change.attends[0]) if change.attends else None,
        "queue": keys.queued_runs(run.workflow),
        "mailbox": keys.mailbox(change.mailbox[0]) if change.mailbox else None,
        "counters": [],
        "rows": [],
        "own_links": [keys.link(link) for link in change.own],
        "tagged": [keys.tag_contacts(tag) for tag in tags],
    }
    arguments = {
        "id": run.id,
        "moves": run.moves,
        "now": now,
        "added": [],
        "own": list(change.own),
        "since": change.since,
        "ends": True if change.status in {"done", "stopped"} else None,
        "set": written,
        "unset": removed,
        "adds": list(change.adds),
        "takes": list(change.takes),
        "timer": timer,
        "due": change.due,
        "fails": True if change.status == "failed" else None,
        "work": timer if change.goes_on else None,
        "attends": change.attends[1] if change.attends else None,
        "queued": change.queued,
        "gate": change.gate,
        "admission": admission_timer(run.workflow, now).text(workspace) if change.gate else None,
        "mail": _counted_mail(run, change.mailbox[1]) if change.mailbox else None,
        "change": change_argument(change.contact, tags) if change.contact else None,
        "tags": tags,
        "fields": field_counts([change.contact]) if change.contact else [],
        "most_tags": MOST_DIFFERENT_TAGS,
        "event": event_text(change.event) if change.event else None,
        "entries": [event_text(change.told)] if change.told else [],
    }
    if change.link:
        made = change.link.link
        counting = new_links(keys, [made], change.link.day, run.workflow)
        names |= {
            **counting.keys,
            "page_links": keys.page_links(made.page),
            "user_links": keys.user_links(made.created_by),
            "new_link": keys.link(made.id),
        }
        arguments |= {
            **counting.arguments,
            "link": new_link(store, workspace, made, change.link.event, change.link.day, run.workflow),
            "created": change.link.created,
            "counter": change.link.snapshot.counter,
            "uses": change.link.snapshot.uses,
        }
    return (await store.call_in(workspace, "run_step", names, arguments)).code


async def note_seen(
    store: Store, workspace: str, run: Run, seen: Literal["opened", "booked"], counts: Sequence[str]
) -> Code:
    """Note once that a link of the run was opened or booked."""
    keys = store.keys(workspace)
    names = {"run": keys.run(run.id), "figures": keys.workflow_figures(run.workflow)}
    field = OPENED if seen == "opened" else BOOKED
    return (await store.call("run_seen", names, {"field": field, "counts": list(counts)})).code


async def admit_runs(
    store: Store, workspace: str, workflow: str, mailbox: str, runs: Sequence[str], now: int
) -> tuple[int, int]:
    """Admit the first of these runs, as the rates of the mailbox allow.

    Returns how many have left the queue, and the seconds to wait before more can.
    """
    keys = store.keys(workspace)
    names = {
        "jobs": keys.jobs,
        "queue": keys.queued_runs(workflow),
        "mailbox": keys.mailbox(mailbox),
        "run": [keys.run(run) for run in runs],
    }
    arguments = {
        "now": now,
        "runs": list(runs),
        "work": [run_timer(run, now).text(workspace) for run in runs],
        "day": msgspec.to_builtins(PER_DAY),
        "minute": msgspec.to_builtins(PER_MINUTE),
    }
    answer = await store.call("run_admit", names, arguments)
    return answer.rest[0], answer.rest[1]


async def read_queue(store: Store, workspace: str, workflow: str, most: int) -> list[str]:
    """The first runs of a workflow that wait to be admitted."""
    [members] = await store.send(
        Command(("ZRANGE", store.keys(workspace).queued_runs(workflow), 0, most - 1))
    )
    return [member.decode() for member in members]


async def read_pause(store: Store, workspace: str, mailbox: str) -> int:
    """The seconds for which Google asks for no more mails from a mailbox; 0 for none."""
    [seconds] = await store.send(Command(("TTL", store.keys(workspace).mailbox_pause(mailbox))))
    return max(int(seconds), 0)


async def pause_mailbox(store: Store, workspace: str, mailbox: str, seconds: int) -> None:
    """Admit no run that mails from this mailbox for so many seconds."""
    await store.send(Command(("SET", store.keys(workspace).mailbox_pause(mailbox), "1", "EX", seconds)))


async def read_sweep(store: Store, workspace: str, workflow: str) -> tuple[int, int] | None:
    """Since when a workflow looks for links that were not booked (epoch seconds), and how far it has come.

    That is the creation of the last link that was looked at, in epoch microseconds.
    """
    [text] = await store.send(Command(("GET", store.keys(workspace).workflow_sweep(workflow))))
    if text is None:
        return None
    since, _, created = text.partition(b" ")
    return int(since), int(created)


async def note_sweep(store: Store, workspace: str, workflow: str, since: int, created: int) -> None:
    """Note how far a workflow has looked; a call that is sent again changes nothing."""
    await store.send(Command(("SET", store.keys(workspace).workflow_sweep(workflow), f"{since} {created}")))


async def count_loop(store: Store, workspace: str, workflow: str, name: str) -> None:
    """Count a contact who did not enter because workflows had started each other too often."""
    await store.send(Command(("HINCRBY", store.keys(workspace).workflow_figures(workflow), name, 1)))


async def read_figures(store: Store, workspace: str, workflow: str) -> tuple[dict[str, int], int]:
    """The figures of a workflow by name, and how many of its runs wait to be admitted."""
    keys = store.keys(workspace)
    pairs, queued = await store.send(
        Command(("HGETALL", keys.workflow_figures(workflow))),
        Command(("ZCARD", keys.queued_runs(workflow))),
    )
    flat = pairs.items() if isinstance(pairs, dict) else zip(pairs[::2], pairs[1::2], strict=True)
    return {name.decode(): int(value) for name, value in flat}, int(queued)


def _counted_mail(run: Run, mail: str) -> str:
    """What counts as the mail in the rates of its mailbox: the run, which was admitted as its first mail."""
    return mail if run.is_mailed else run.id


def _hash_changes(run: Run, change: RunChange) -> tuple[list[str], list[str]]:
    written, removed = changed_fields(change.fields)
    written += ["s", LETTERS[change.status]]
    for number, entry in enumerate(change.entries, len(run.history)):
        written += entry_field(number, entry, run.entered_at)
    if change.link:
        written += [f"l{change.link.position}", change.link.link.id]
    if change.mailbox and not run.is_mailed:
        written += [MAILED, "1"]
    if change.cause is not None:
        written += [CAUSE, cause_text(str(change.cause), keep(change.cause))]
    elif run.cause:
        removed.append(CAUSE)
    return written, removed
