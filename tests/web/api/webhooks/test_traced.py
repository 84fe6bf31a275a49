"""The id of a request is in the log lines of all that follows from it, and in the message to the webhook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.mail.smtp import Smtp
from admitone.mail.smtp_url import smtp_server
from admitone.mail.transport import Mail
from admitone.worker.jobs import JOBS
from tests.support.api.calling import booking_body, created
from tests.support.json_log import json_log, lines
from tests.support.mail.smtp_server import mail_server
from tests.support.worker.handlers import IgnoringOtherJobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.api.calling import Api
    from tests.support.webhooks.receiver import Receiver
    from tests.web.api.webhooks.conftest import WorkspaceWithWebhooks

TRACE = "trace-of-a-booking"


Traced = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def traced() -> Iterator[Traced]:
    """Returns the log's lines with the id."""
    with json_log() as stream:
        yield lambda: [line for line in lines(stream) if line.get("request_id") == TRACE]


@pytest.fixture
async def page(admin: Api) -> Any:
    return await admin.new_page(await admin.new_event_type(max_guests=1))


async def test_a_booking_is_followed_to_its_jobs_mails_and_webhook(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, customer: Api, page: Any, traced: Traced
) -> None:
    async with mail_server() as mails:
        with_mail(workspace, mails.url)
        await workspace.hook(receiver.url, "booking.scheduled")
        code = (await workspace.admin.new_link(page))["code"]
        first, *_ = await customer.starts(code, "2026-11-23", "2026-11-27")
        receiver.answers = [500]
        await book(customer, code, first)
        await workspace.work()
        assert [line["event"] for line in traced() if line["event"] == "job-delayed"] == ["job-delayed"]
        await workspace.work_for(1)
    found = traced()
    assert [line["route"] for line in found if line["event"] == "request"] == ["/api/v1/book/{code}"]
    done = {line["job"] for line in found if line["event"] == "job-done"}
    assert done >= {"mail.customer", "mail.hosts", "mail.guests", "mail.guest", "webhook.deliver"}
    sent = [line["mail"] for line in found if line["event"] == "mail-sent"]
    assert len(sent) == len(mails.taken) == 3
    ids = "".join(str(mail.content) for mail in mails.taken)
    assert all(f"Message-ID: <{mail}@" in ids for mail in sent)
    assert [line["status"] for line in found if line["event"] == "webhook-sent"] == [500, 200]
    assert [one.headers["x-request-id"] for one in receiver.received] == [TRACE, TRACE]
    assert TRACE not in ids


async def test_a_timer_has_no_request(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, customer: Api, page: Any, traced: Traced
) -> None:
    await workspace.hook(receiver.url, "booking.completed")
    code = (await workspace.admin.new_link(page))["code"]
    first, *_ = await customer.starts(code, "2026-11-23", "2026-11-27")
    await book(customer, code, first)
    await workspace.work_for(24 * 9)
    [told] = receiver.received
    assert told.message["type"] == "booking.completed"
    assert "x-request-id" not in told.headers
    assert "booking.complete" not in {line["job"] for line in traced() if line["event"] == "job-done"}


async def test_the_id_outlives_parking(
    workspace: WorkspaceWithWebhooks, receiver: Receiver, customer: Api, page: Any
) -> None:
    await workspace.hook(receiver.url, "booking.scheduled")
    code = (await workspace.admin.new_link(page))["code"]
    first, *_ = await customer.starts(code, "2026-11-23", "2026-11-27")
    await book(customer, code, first)
    receiver.answers = [500] * 100
    await workspace.work_for(24 * 9)
    assert len((await workspace.admin.get("/jobs")).items) == 1
    receiver.answers = []
    assert (await workspace.admin.post("/jobs/retry", {})).status == 200
    await workspace.work()
    assert {one.headers["x-request-id"] for one in receiver.received} == {TRACE}


async def test_a_message_to_try_the_webhook_has_the_id_of_the_call(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    hook = await workspace.hook(receiver.url)
    reply = await workspace.admin.post(f"/webhooks/{hook['id']}/test", {})
    await workspace.work()
    assert [one.headers["x-request-id"] for one in receiver.received] == [reply.headers["X-Request-Id"]]


def with_mail(workspace: WorkspaceWithWebhooks, url: str) -> None:
    """Let the worker send mails by this server, too."""
    mail = Mail(Smtp(smtp_server(url), "bookings@host.test"))
    workspace.workers.services = msgspec.structs.replace(workspace.workers.services, mail=mail)
    names = [name for name in JOBS if name.startswith(("mail.", "webhook."))]
    workspace.worker = workspace.workers.worker(
        "mailing", jobs=IgnoringOtherJobs({name: JOBS[name] for name in names})
    )


async def book(customer: Api, code: str, start: str) -> None:
    """Book for Carla and a guest, in a request with the id."""
    body = booking_body(start, guests=["gus@guest.test"])
    reply = await customer.call("POST", f"/book/{code}", body, headers={"X-Request-Id": TRACE})
    created(reply)
