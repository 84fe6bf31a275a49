"""What was planned before an erasure tells nothing of the person after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.erasures import is_erased
from admitone.usecases.mail import mail_context, mail_send
from tests.support.api.calling import answered, created
from tests.support.customer.host import a_host
from tests.support.factories import NOW, WORKSPACE
from tests.support.personal_data.marked import EMAIL, MARK, work
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    import pytest

    from tests.support.api.deployment import Deployment


async def test_streams_hold_no_reasons(deployment: Deployment) -> None:
    host = await a_host(deployment)
    path = await host.booked("2026-11-19T09:00:00Z")
    answered(await deployment.customer.post(f"{path}/cancel", {"reason": MARK}))
    [workspace] = await read_workspaces(deployment.store.client)
    assert MARK not in str(workspace.streams) + str(workspace.jobs)
    assert MARK in str(workspace.lists)


async def test_a_mail_that_is_being_written_is_not_sent(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = await a_host(deployment)
    path = await host.booked("2026-11-19T09:00:00Z", name="Zoe", email=EMAIL)
    answered(await deployment.customer.post(f"{path}/cancel", {}))
    sent: list[Any] = []

    async def deliver(*arguments: Any) -> None:
        sent.append(arguments)

    async def begun_meanwhile(*arguments: Any) -> bool:
        """The erasure begins after the job has read the booking."""
        if not (await host.api.get("/erasures")).items:
            created(await host.api.post("/erasures", {"email": EMAIL}))
        return await is_erased(*arguments)

    monkeypatch.setattr(mail_send, "deliver", deliver)
    monkeypatch.setattr(mail_context, "is_erased", begun_meanwhile)
    await work(deployment)
    assert sent == []


async def test_who_books_again_gets_mail_again(deployment: Deployment) -> None:
    store = deployment.store
    api = (await a_host(deployment)).api
    created(await api.post("/erasures", {"email": EMAIL}))
    assert await is_erased(store, WORKSPACE, EMAIL.upper(), NOW)
    assert not await is_erased(store, WORKSPACE, EMAIL, NOW + 1)
    assert not await is_erased(store, WORKSPACE, "other@customer.test", NOW)
    key = next(key for key in await store.client.keys("*:erased:*"))
    assert 0 < await store.client.ttl(key) <= 7 * 86_400
