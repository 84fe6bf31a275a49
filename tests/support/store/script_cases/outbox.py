"""Cases of the scripts of the outbox and of parked jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.outbox.outbox import Outbox, put_in
from admitone.store.outbox.parked import park, release
from tests.support.factories import NOW, WORKSPACE, a_parked
from tests.support.store.actions import hold_entries
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

OUTBOX = Cases()


@OUTBOX.add("outbox_finish", "jobs delayed")
async def finish_an_entry_with_what_follows(store: Store) -> Act:
    outbox, [entry] = await hold_entries(store, "{}")
    await put_in(store, WORKSPACE, [], [("link.expire 0ABC l1", NOW), ("link.expire 0ABC l2", NOW)])
    later = [("link.expire 0ABC l1", NOW - 1), ("link.expire 0ABC l2", NOW + 1), ("{}", NOW)]
    return lambda: outbox.finish(entry, ["{}", "[]"], later)


@OUTBOX.add("outbox_finish", "jobs delayed totals")
async def put_an_entry_off(store: Store) -> Act:
    outbox, [entry] = await hold_entries(store, "{}")
    return lambda: outbox.finish(entry, later=[("{}", NOW + 1)], retried=1)


@OUTBOX.add("outbox_finish", "jobs")
async def put_a_job_in(store: Store) -> Act:
    return lambda: put_in(store, WORKSPACE, ["{}"])


@OUTBOX.add("outbox_due", "jobs delayed")
async def move_what_is_due(store: Store) -> Act:
    outbox = Outbox(store, "worker")
    await put_in(store, WORKSPACE, [], [("{}", NOW), ("[]", NOW - 1), ("later", NOW + 1)])
    return lambda: outbox.move_due(NOW)


@OUTBOX.add("outbox_park", "jobs parked times totals")
async def park_an_entry(store: Store) -> Act:
    _, entries = await hold_entries(store, "{}", "[]")
    records = [a_parked(entry.fields) for entry in entries]
    await park(store, WORKSPACE, entries[0], records[0])
    return lambda: park(store, WORKSPACE, entries[1], records[1])


@OUTBOX.add("outbox_park", "parked times totals")
async def park_a_job_of_an_event(store: Store) -> Act:
    _, [entry] = await hold_entries(store, "{}")
    return lambda: park(store, WORKSPACE, entry, a_parked(entry.fields), is_own=False)


@OUTBOX.add("outbox_hold", "")
async def hold_an_entry(store: Store) -> Act:
    outbox, entries = await hold_entries(store, "{}", "[]")
    return lambda: outbox.hold(entries)


@OUTBOX.add("outbox_forget", "jobs")
async def forget_a_consumer(store: Store) -> Act:
    outbox, [entry] = await hold_entries(store, "{}")
    await outbox.finish(entry)
    return lambda: outbox.forget(entry.partition, "worker")


@OUTBOX.add("parked_release", "jobs parked times totals")
async def try_parked_jobs_again(store: Store) -> Act:
    _, entries = await hold_entries(store, "{}", "[]", "3")
    records = [a_parked(entry.fields) for entry in entries]
    for entry, record in zip(entries, records, strict=True):
        await park(store, WORKSPACE, entry, record)
    await release(store, WORKSPACE, records[2:], again=False)
    return lambda: release(store, WORKSPACE, records, again=True)
