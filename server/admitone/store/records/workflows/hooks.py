"""What inbound hooks received: the last event of each, those that started nothing, and which are done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.budgets import HOOK_EVENTS
from admitone.sealing import Kept, UnsealError
from admitone.store.records.documents import event_text
from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import KeptMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.event import Event
    from admitone.store.codes import Code
    from admitone.store.store import ScriptAnswer, Store

SAMPLE_SECONDS = 86_400
MISSES = 20
MISS_SECONDS = 30 * 86_400


class HookSample(msgspec.Struct, frozen=True):
    """The last event of a hook, received at `at` (epoch seconds): its values by their places."""

    at: int
    places: Mapping[str, str]


class HookMiss(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event that started nothing, with the reason, which names nobody; `said` is its message."""

    at: int
    reason: str
    said: KeptMessage | None = None


class HookDelivery(msgspec.Struct, frozen=True):
    """One delivery to a workflow's hook; the same `id` within `lifetime` seconds is the same delivery."""

    workspace: str
    workflow: str
    id: str
    lifetime: int


async def receive_event(store: Store, delivery: HookDelivery, sample: HookSample) -> ScriptAnswer:
    """Count an event and keep it as the last one: OK, APPLIED, or TOO_MANY with the seconds to wait."""
    keys, workflow = store.keys(delivery.workspace), delivery.workflow
    names = {
        "delivery": keys.hook_delivery(workflow, delivery.id),
        "sample": keys.hook_sample(workflow),
        "counters": [
            keys.hook_events(workflow, rate.period, sample.at // rate.period) for rate in HOOK_EVENTS
        ],
    }
    text = msgspec.json.encode(sample)
    arguments = {
        "now": sample.at,
        "sample": store.sealer.seal(Kept.HOOK_SAMPLE, _place(delivery.workspace, workflow), text),
        "lifetime": SAMPLE_SECONDS,
        "rates": [msgspec.to_builtins(rate) for rate in HOOK_EVENTS],
    }
    return await store.call("hook_receive", names, arguments)


async def finish_event(
    store: Store, delivery: HookDelivery, *, event: Event | None = None, miss: HookMiss | None = None
) -> Code:
    """End a delivery: with the `event` that lets its contact enter, or with the `miss`. OK or APPLIED."""
    keys = store.keys(delivery.workspace)
    names = {
        "delivery": keys.hook_delivery(delivery.workflow, delivery.id),
        "misses": keys.hook_misses(delivery.workflow) if miss else None,
    }
    arguments = {
        "lifetime": delivery.lifetime,
        "event": event_text(event) if event else None,
        "miss": msgspec.json.encode(miss).decode() if miss else None,
        "most": MISSES,
        "kept": MISS_SECONDS,
    }
    return (await store.call_in(delivery.workspace, "hook_finish", names, arguments)).code


async def read_hook_events(
    store: Store, workspace: str, workflow: str
) -> tuple[HookSample | None, list[HookMiss]]:
    """The last event of a workflow's hook, and those that started nothing, newest first."""
    key = store.keys(workspace).hook_misses(workflow)
    [sample], [texts] = await asyncio.gather(
        read_samples(store, workspace, [workflow]), store.send(Command(("LRANGE", key, 0, -1)))
    )
    return sample, [msgspec.json.decode(text, type=HookMiss) for text in texts]


async def read_samples(store: Store, workspace: str, workflows: Sequence[str]) -> list[HookSample | None]:
    """The last event of each workflow's hook, None where there is none or no secret key opens it."""
    if not workflows:
        return []
    keys = store.keys(workspace)
    texts = await store.send(*(Command(("GET", keys.hook_sample(workflow))) for workflow in workflows))
    return [_opened(store, workspace, *found) for found in zip(workflows, texts, strict=True)]


async def forget_samples(store: Store, workspace: str, workflows: Sequence[str]) -> None:
    """Delete the last events of these workflows' hooks."""
    if workflows:
        keys = store.keys(workspace)
        await store.send(Command(("DEL", *(keys.hook_sample(workflow) for workflow in workflows))))


def _opened(store: Store, workspace: str, workflow: str, sealed: bytes | None) -> HookSample | None:
    if sealed is None:
        return None
    try:
        text = store.sealer.open(Kept.HOOK_SAMPLE, _place(workspace, workflow), sealed.decode())
    except UnsealError:
        return None
    return msgspec.json.decode(text, type=HookSample)


def _place(workspace: str, workflow: str) -> str:
    return f"{workspace}:{workflow}"
