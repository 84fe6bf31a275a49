"""Workers die at every step of a run, and each contact gets exactly one link and one mail all the same."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

import pytest

from admitone.fakegoogle.demo import CLIENT
from admitone.store.store import Store
from tests.support.factories import WORKSPACE, a_user
from tests.support.mail.workspace_with_mail import DRAFTS, to
from tests.support.sizes import FULL, size
from tests.support.store.actions import a_write, put_records
from tests.support.worker.processes import WorkerProcess
from tests.support.workflows.engine import LINK, MAIL, told

if TYPE_CHECKING:
    from pathlib import Path

    from admitone.store.store import ScriptAnswer
    from tests.support.workflows.engine import Engine

RUNS = size(500, 10)
KILLS = size(10_000, 2)
"""How often a worker is killed at most."""
AT_ONCE = 20
"""Runs of one mailbox that begin within a minute."""
FAULTS = ["429", "500", "timeout", "work_done_answer_lost", "work_done_timeout"]
PATIENCE = 900
STEPS: list[dict[str, Any]] = [
    LINK,
    {"id": "tag", "kind": "add_tags", "tags": ["invited"]},
    MAIL,
    {"id": "field", "kind": "set_field", "name": "invited", "value": "yes"},
]
DONE = [(0, "done", ""), (1, "done", ""), (2, "done", ""), (3, "done", "")]


class Killed(BaseException):
    """The worker dies."""


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
async def test_a_worker_dies_at_each_call_of_a_script(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, is_done: bool
) -> None:
    await engine.mail.connect(DRAFTS)
    await engine.publish(*STEPS)
    call, deaths = Store.call, 0
    for fatal in count(1):
        contact = await engine.contact(email=f"c{fatal}@customer.test")
        await engine.enter(contact)
        await engine.admit()
        calls = count(1)

        async def die(*arguments: Any, last: int = fatal, numbers: Any = calls, **more: Any) -> ScriptAnswer:
            is_last = next(numbers) == last
            if is_last and not is_done:
                raise Killed
            answer = await call(*arguments, **more)
            if is_last:
                raise Killed
            return answer

        run = await engine.run_of(contact)
        with monkeypatch.context() as patch:
            patch.setattr(Store, "call", die)
            try:
                await engine.go_on(run)
            except Killed:
                deaths += 1
        await engine.go_on(run)
        await engine.work()
        assert told(await engine.again(run)) == DONE
        engine.clock.forward(minutes=1)
        if deaths < fatal:
            break
    assert deaths > len(STEPS)
    recipients = Counter(to(mail) for mail in engine.mail.in_gmail())
    assert recipients == {f"c{number}@customer.test": 1 for number in range(1, deaths + 2)}
    assert await engine.store.client.zcard(engine.store.keys(WORKSPACE).links) == deaths + 1


@pytest.mark.soak
async def test_each_contact_gets_one_link_and_one_mail_while_workers_are_killed(
    engine: Engine, redis_url: str, tmp_path: Path
) -> None:
    """Google fails now and then, and one worker after the other is killed with SIGKILL."""
    contacts = await _enrolled(engine)
    workers = [_worker(tmp_path, redis_url, engine.mail.google.url) for _ in range(2)]
    await asyncio.gather(*(asyncio.to_thread(worker.start) for worker in workers))
    try:
        async with asyncio.timeout(PATIENCE):
            all_done = asyncio.Event()
            killing = asyncio.create_task(_kill(engine, workers, all_done))
            await _until_done(engine, contacts)
            all_done.set()
            await killing  # not cancelled: a thread that ends a worker would go on beside this test
    finally:
        await asyncio.gather(*(asyncio.to_thread(worker.kill) for worker in workers))
    for contact in contacts:
        [run] = await engine.runs_of(contact)
        assert (told(run), list(run.links)) == (DONE, [0])
    assert await engine.store.client.zcard(engine.store.keys(WORKSPACE).links) == RUNS
    recipients = Counter(to(mail) for mail in engine.mail.in_gmail())
    assert recipients == {f"c{number}@customer.test": 1 for number in range(RUNS)}


async def _enrolled(engine: Engine) -> list[str]:
    """Contacts in a workflow for each twenty of them: each has a sender of its own, who may mail at once."""
    contacts = [(await engine.contact(email=f"c{number}@customer.test")).id for number in range(RUNS)]
    await engine.work()
    for start in range(0, RUNS, AT_ONCE):
        sender = f"sender-{start}"
        await put_records(engine.store, a_write("user", a_user(id=sender, email=f"{sender}@host.test")))
        await engine.mail.connect(DRAFTS, user=sender)
        await engine.publish(*STEPS, workflow=f"w{start}", sender=sender)
        for contact in contacts[start : start + AT_ONCE]:
            await engine.enter(contact, f"w{start}")
    for number in range(size(100, 2)):
        kind = FAULTS[-1 - number % len(FAULTS)]
        await engine.mail.google.fault("gmail.users.drafts.*", kind, delay=0.05)
    return contacts


def _worker(folder: Path, redis_url: str, google_url: str) -> WorkerProcess:
    return WorkerProcess(
        folder,
        redis_url,
        PUBLIC_URL="http://127.0.0.1:8080",
        GOOGLE_ENDPOINT=google_url,
        GOOGLE_CLIENT_ID=CLIENT.client_id,
        GOOGLE_CLIENT_SECRET=CLIENT.client_secret,
        TAKE_OVER_SECONDS="1",
    )


async def _kill(engine: Engine, workers: list[WorkerProcess], all_done: asyncio.Event) -> None:
    """Kill one worker after the other, each once a mail more is out than before."""
    for worker, _ in zip(cycle(workers), range(KILLS), strict=False):
        sent = len(engine.mail.in_gmail())
        await asyncio.sleep(1 if FULL else 0)
        while len(engine.mail.in_gmail()) == sent and not all_done.is_set():  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # other processes send them
        if all_done.is_set():
            return
        await worker.restart()


async def _until_done(engine: Engine, contacts: list[str]) -> None:
    for contact in contacts:
        while (await engine.runs_of(contact))[0].is_under_way:  # noqa: ASYNC110 - other processes do it
            await asyncio.sleep(0.1)
