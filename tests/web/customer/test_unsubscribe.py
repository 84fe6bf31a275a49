"""`/unsubscribe/TOKEN`: one click of a mail program unsubscribes, people use the page, and can undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import msgspec
import pytest

from admitone.domain.mail.unsubscribe_token import make_token
from admitone.store.records.contacts.unsubscribed import is_unsubscribed
from admitone.usecases.mail.unsubscribe import unsubscribe_line
from admitone.usecases.shared.services import Services
from tests.support.api.calling import answered, created
from tests.support.api.deployment import PUBLIC_URL
from tests.support.customer.unsubscribing import CARLA, ONE_CLICK, put_contact, unsubscribe_path
from tests.support.factories import WORKSPACE
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

SHOWN, DONE = "Unsubscribe from these emails", "You're unsubscribed"


@pytest.fixture
async def path(host: Host) -> str:
    """The page by which Carla unsubscribes."""
    return await unsubscribe_path(host.deployment)


async def is_out(host: Host, email: str = CARLA.email) -> bool:
    return await is_unsubscribed(host.deployment.store, WORKSPACE, email)


async def events(host: Host) -> list[tuple[str, str, str | None]]:
    """The events about contacts in the outbox."""
    [found] = await read_workspaces(host.deployment.store.client)
    return [
        (event["type"], event["by"], event.get("contact"))
        for event in found.jobs.events
        if event["type"].endswith("subscribed")
    ]


async def test_one_click_acts_at_once_and_again_is_the_same_answer(host: Host, visitor: Visitor) -> None:
    carla = await put_contact(host.deployment)
    path = await unsubscribe_path(host.deployment, carla)
    for _ in range(2):
        answer = await visitor.post(path, ONE_CLICK)
        assert (answer.status, DONE in answer.text) == (200, True)
        assert await is_out(host)
    assert await events(host) == [("contact.unsubscribed", "customer", carla.id)]


async def test_a_mail_program_needs_neither_a_page_nor_cookies_and_may_send_parts(
    host: Host, path: str
) -> None:
    """RFC 8058, 3.2: `multipart/form-data` is what it should send."""
    form = aiohttp.FormData(ONE_CLICK, default_to_multipart=True)
    async with host.deployment.http.post(host.deployment.url + path, data=form) as answer:
        assert answer.request_info.headers["Content-Type"].startswith("multipart/form-data")
        assert (answer.status, answer.history) == (200, ())
    assert await is_out(host)


async def test_looking_changes_nothing(host: Host, visitor: Visitor, path: str) -> None:
    page = await visitor.get(path)
    assert (page.status, SHOWN in page.text) == (200, True)
    assert (await visitor.head(path)).status == 200
    assert not await is_out(host)
    assert CARLA.email not in page.text
    assert "noindex" in page.text


async def test_a_person_unsubscribes_on_the_page_and_undoes_it(host: Host, visitor: Visitor) -> None:
    path = await unsubscribe_path(host.deployment, await put_contact(host.deployment))
    answer = await visitor.send((await visitor.page(path)).form(), path)
    assert answer.location == path
    assert DONE in (await visitor.get(path)).text
    assert await is_out(host)
    form = (await visitor.page(path)).form()
    for _ in range(2):  # twice by the same form: it is one operation
        assert (await visitor.send(form, path)).location == path
        assert not await is_out(host)
    assert [kind for kind, *_ in await events(host)] == ["contact.unsubscribed", "contact.resubscribed"]
    await visitor.post(path, ONE_CLICK)
    await visitor.send(form, path)  # an old form undoes nothing later
    assert await is_out(host)


@pytest.mark.parametrize("is_undone", [False, True], ids=["unsubscribe", "undo"])
async def test_no_one_post_of_the_page_acts(
    host: Host, visitor: Visitor, path: str, *, is_undone: bool
) -> None:
    if is_undone:
        await visitor.post(path, ONE_CLICK)
    form = (await visitor.page(path)).form()
    assert (await visitor.post(path, {"_person": "1"})).status == 422
    asked = await visitor.send_unmarked(form, path)
    assert (asked.status, "Nothing has changed yet." in asked.text) == (200, True)
    assert (await visitor.send_unmarked(asked.page.form(), path)).status == 422
    back = await visitor.send_unmarked(asked.page.form(), path, _sure="1", _change="1")
    assert (back.status, await is_out(host)) == (200, is_undone)
    agreed = await visitor.send_unmarked(asked.page.form(), path, _sure="1")
    assert (agreed.location, await is_out(host)) == (path, not is_undone)


async def test_it_is_undone_five_times_a_day_and_unsubscribing_has_no_limit(
    host: Host, visitor: Visitor, path: str
) -> None:
    for _ in range(5):
        await visitor.post(path, ONE_CLICK)
        assert (await visitor.send((await visitor.page(path)).form(), path)).status == 303
        host.deployment.clock.forward(seconds=1)
    await visitor.post(path, ONE_CLICK)
    refused = await visitor.send((await visitor.page(path)).form(), path)
    assert (refused.status, refused.headers["Retry-After"]) == (429, str(86_400 - 5))
    assert await is_out(host)
    host.deployment.clock.forward(days=1)
    assert (await visitor.send((await visitor.page(path)).form(), path)).status == 303
    assert not await is_out(host)


async def test_every_spelling_of_the_mailbox_is_unsubscribed(host: Host, visitor: Visitor, path: str) -> None:
    await visitor.post(path, ONE_CLICK)
    assert await is_out(host, "Carla+Talks@Customer.test")
    assert not await is_out(host, "carlo@customer.test")
    assert not await is_unsubscribed(host.deployment.store, "ZZZZ", CARLA.email)


@pytest.mark.parametrize("is_gone", [True, False], ids=["gone", "another address"])
async def test_without_the_contact_it_works_and_tells_of_nobody(
    host: Host, visitor: Visitor, *, is_gone: bool
) -> None:
    carla = await put_contact(host.deployment)
    path = await unsubscribe_path(host.deployment, carla)
    if is_gone:
        assert (await host.api.delete(f"/contacts/{carla.id}")).status == 204
    else:
        answered(await host.api.patch(f"/contacts/{carla.id}", {"email": "other@customer.test"}))
    await visitor.post(path, ONE_CLICK)
    assert await is_out(host)
    assert await events(host) == []


async def test_no_host_subscribes_somebody_again(host: Host, visitor: Visitor) -> None:
    carla = await put_contact(host.deployment)
    await visitor.post(await unsubscribe_path(host.deployment, carla), ONE_CLICK)
    assert (await host.api.delete(f"/contacts/{carla.id}")).status == 204
    made = created(await host.api.post("/contacts", {"email": carla.email, "tags": ["customer"]}))
    assert made["unsubscribed_at"] == "2026-11-18T11:06:40Z"
    answered(await host.api.post("/contacts/batch", {"contacts": [{"email": carla.email}]}))
    assert await is_out(host)


async def test_contacts_say_since_when_they_are_unsubscribed(host: Host, visitor: Visitor) -> None:
    carla = await put_contact(host.deployment)
    await put_contact(host.deployment, "otto@customer.test")
    host.deployment.clock.forward(minutes=1)
    await visitor.post(await unsubscribe_path(host.deployment, carla), ONE_CLICK)
    since = {one["email"]: one["unsubscribed_at"] for one in (await host.api.get("/contacts")).items}
    assert since == {"carla@customer.test": "2026-11-18T11:07:40Z", "otto@customer.test": None}
    answered(await host.api.patch(f"/contacts/{carla.id}", {"first_name": "Carla"}))
    assert answered(await host.api.get(f"/contacts/{carla.id}"))["unsubscribed_at"] == since[carla.email]


async def test_a_workspace_that_is_gone_is_not_found(host: Host, visitor: Visitor) -> None:
    key = await host.deployment.store.unsubscribe_key.make()
    assert (await visitor.get(f"/unsubscribe/{make_token(key, 'ZZZZ', CARLA.id, CARLA.email)}")).status == 404


async def test_a_wrong_token_is_not_found_and_counted(host: Host, visitor: Visitor, path: str) -> None:
    wrong = path[:-1] + ("0" if path[-1] != "0" else "1")
    assert (await visitor.get(wrong)).status == 404
    assert (await visitor.post(wrong, ONE_CLICK)).status == 404
    assert (await visitor.get("/unsubscribe/nothing")).status == 404
    for _ in range(30):
        last = await visitor.get(wrong)
    assert (last.status, "Retry-After" in last.headers) == (429, True)
    assert (await visitor.get(path)).status == 200


async def test_other_bodies_are_refused(host: Host, path: str) -> None:
    async with host.deployment.http.post(host.deployment.url + path, json=ONE_CLICK) as answer:
        assert answer.status == 415
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    url = host.deployment.url + path
    async with host.deployment.http.post(url, data=b"--y\r\n", headers=headers) as answer:
        assert answer.status == 422
    assert not await is_out(host)


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_the_line_of_a_mail_is_in_the_contacts_language(host: Host, language: str) -> None:
    services = Services(host.deployment.store, host.deployment.clock, PUBLIC_URL, test_addresses=True)
    contact = msgspec.structs.replace(CARLA, locale=language)
    line = await unsubscribe_line(services, WORKSPACE, contact, contact.locale)
    assert line.url.startswith(f"{PUBLIC_URL}/unsubscribe/{WORKSPACE}")
    assert line.text.endswith(f"\n{line.url}\n")
    assert f'href="{line.url}"' in line.html
    assert ('dir="rtl"' in line.html) == (language == "ar")
    assert CARLA.email not in line.text + line.html
