"""Cases of the scripts of inbound hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.workflows.hooks import (
    MISSES,
    HookDelivery,
    HookMiss,
    HookSample,
    finish_event,
    receive_event,
)
from tests.support.factories import NOW, WORKSPACE, an_event
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

HOOKS = Cases()
DELIVERY = HookDelivery(WORKSPACE, "workflow", "delivery", 60)
SAMPLE = HookSample(NOW, {"email": "carla@customer.test"})
MISS = HookMiss(NOW, "No address.")


@HOOKS.add("hook_receive", "sample counters")
async def receive_one_more_event(store: Store) -> Act:
    await receive_event(store, DELIVERY, SAMPLE)
    return lambda: receive_event(store, DELIVERY, SAMPLE)


@HOOKS.add("hook_finish", "delivery jobs")
async def let_a_contact_enter(store: Store) -> Act:
    event = an_event("hook.received", contact="contact", workflow="workflow")
    return lambda: finish_event(store, DELIVERY, event=event)


@HOOKS.add("hook_finish", "delivery misses")
async def list_one_more_event_that_starts_nothing(store: Store) -> Act:
    for number in range(MISSES):
        one = HookDelivery(WORKSPACE, "workflow", f"d{number}", 60)
        await finish_event(store, one, miss=HookMiss(NOW, f"Reason {number}"))
    return lambda: finish_event(store, DELIVERY, miss=MISS)
