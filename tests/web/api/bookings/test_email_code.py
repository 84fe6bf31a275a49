"""A page that asks customers to confirm their address: a code by mail comes before the booking."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import CARLA, answered, refused
from tests.support.api.deployment import deployed
from tests.support.customer.email_codes import another, code_of
from tests.support.customer.host import a_host, outbox
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.api.calling import Reply
    from tests.support.api.deployment import Clock, Deployment
    from tests.support.customer.host import Host

SLUG = "hanna-page"
TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"
NINA = "nina@customer.test"


@pytest.fixture
async def host(deployment: Deployment) -> Host:
    """A host whose page asks."""
    return await a_host(deployment, confirm_email=True)


async def ask(host: Host, email: str = CARLA["email"], page: str = SLUG) -> Reply:
    """Ask for a code."""
    return await host.deployment.customer.post(f"/book/{page}/confirm", {"email": email})


async def asked(host: Host, email: str = CARLA["email"], page: Any = None) -> str:
    """The code that was asked for."""
    page = page or host.page
    reply = await ask(host, email, page["slug"])
    assert (reply.status, reply.text) == (202, "")
    return await code_of(host.deployment, page, email)


async def book(host: Host, code: str | None, start: str = TEN, **changes: Any) -> Reply:
    """Try to book with a code."""
    return await host.deployment.customer.book(SLUG, start, **{"email_code": code} | changes)


def is_wrong(reply: Reply) -> bool:
    """Whether it was refused because of the code; the problem names the field."""
    refused(reply, 422, "code-wrong", "email_code")
    return True


async def requests(host: Host) -> int:
    """The mails with codes that were requested."""
    [workspace] = await read_workspaces(host.deployment.store.client)
    return len(outbox(workspace, "email_code.requested"))


async def test_a_booking_needs_the_code_that_was_mailed(host: Host) -> None:
    assert is_wrong(await book(host, None))
    assert is_wrong(await book(host, "123456"))
    code = await asked(host)
    assert is_wrong(await book(host, another(code)))
    assert (await book(host, f" {code[:3]} {code[3:]} ")).status == 201
    [booking] = await host.bookings()
    assert booking["person"] == CARLA


async def test_the_page_says_that_it_asks(host: Host) -> None:
    customer = host.deployment.customer
    assert answered(await customer.get(f"/book/{SLUG}"))["confirm_email"] is True
    link = await host.link()
    assert answered(await customer.get(f"/book/{link['code']}"))["confirm_email"] is False
    await host.change("page", confirm_email=False)
    assert answered(await customer.get(f"/book/{SLUG}"))["confirm_email"] is False


async def test_a_page_does_not_ask_by_default(deployment: Deployment) -> None:
    host = await a_host(deployment)
    assert host.page["confirm_email"] is False
    assert (await book(host, None)).status == 201
    refused(await ask(host), 404, "not-found")


async def test_a_one_time_link_never_asks(host: Host) -> None:
    link = await host.link()
    refused(await ask(host, page=link["code"]), 404, "not-found")
    await host.deployment.customer.booked(link["code"], TEN)


async def test_a_code_is_of_one_page_and_one_address(host: Host) -> None:
    other = await host.api.new_page(host.event_type, slug="other-page", confirm_email=True)
    code = await asked(host)
    customer = host.deployment.customer
    assert is_wrong(await customer.book(other["slug"], TEN, email_code=code))
    for email in (NINA, "carla+1@customer.test"):
        assert is_wrong(await book(host, code, email=email))
    assert (await book(host, code, email="CARLA@Customer.Test")).status == 201


async def test_a_code_ends_after_ten_minutes(host: Host, clock: Clock) -> None:
    code = await asked(host)
    clock.forward(minutes=10)
    assert is_wrong(await book(host, code))
    clock.forward(seconds=-1)
    assert (await book(host, code)).status == 201


async def test_a_used_code_books_nothing_else_and_answers_the_same_operation(host: Host) -> None:
    code = await asked(host)
    first = await customer_book(host, code)
    assert first.status == 201
    assert (await customer_book(host, code)).body == first.body
    assert is_wrong(await book(host, code, ELEVEN))
    assert len(await host.bookings()) == 1


async def customer_book(host: Host, code: str) -> Reply:
    """Book with an Idempotency-Key."""
    return await host.deployment.customer.book(SLUG, TEN, email_code=code, idempotency_key="one")


async def test_a_code_stays_good_while_the_time_is_taken(host: Host) -> None:
    link = await host.link()
    await host.deployment.customer.booked(link["code"], TEN)
    code = await asked(host)
    refused(await book(host, code), 409, "slot-taken")
    assert (await book(host, code, ELEVEN)).status == 201


async def test_five_wrong_codes_end_it_and_a_new_one_may_be_asked_for(host: Host) -> None:
    code = await asked(host)
    wrong = code
    for _ in range(5):
        wrong = another(wrong)
        assert is_wrong(await book(host, wrong))
    assert is_wrong(await book(host, code))
    fresh = await asked(host)
    assert (await book(host, fresh)).status == 201


async def test_asking_again_mails_the_same_code_and_gives_no_further_tries(host: Host, clock: Clock) -> None:
    """A stranger who asks for somebody's code again and again neither ends it nor gets more tries."""
    code = await asked(host)
    for _ in range(4):
        assert is_wrong(await book(host, another(code)))
    clock.forward(minutes=9)
    assert await asked(host) == code
    clock.forward(minutes=9)
    assert is_wrong(await book(host, another(code)))
    assert is_wrong(await book(host, code))
    assert await requests(host) == 2


async def test_fifty_guesses_at_once_have_five_tries(host: Host) -> None:
    code = await asked(host)
    guesses = [f"{(int(code) + 1 + step) % 1_000_000:06}" for step in range(50)]
    replies = await asyncio.gather(*(book(host, guess) for guess in guesses))
    assert all(is_wrong(reply) for reply in replies)
    [workspace] = await read_workspaces(host.deployment.store.client)
    [found] = [fields for name, fields in workspace.hashes.items() if name.startswith("email_code:")]
    assert found["tried"].count(",") == 5
    assert is_wrong(await book(host, code))


async def test_one_code_books_once_however_many_send_it(host: Host) -> None:
    code = await asked(host)
    starts = [f"2026-11-19T{hour:02}:00:00Z" for hour in range(8, 16)]
    replies = await asyncio.gather(*(book(host, code, start) for start in starts))
    assert sorted(reply.status for reply in replies) == [201, *[422] * 7]
    assert len(await host.bookings()) == 1


async def test_what_is_no_code_is_no_try(host: Host) -> None:
    code = await asked(host)
    for text in ("12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345", "0x1234", ""):
        assert is_wrong(await book(host, text))
    assert (await book(host, code)).status == 201


async def test_one_address_gets_five_mails_an_hour_and_nobody_is_told(host: Host, clock: Clock) -> None:
    """All spellings of a recipient count together."""
    for spelling in (
        "carla@customer.test",
        "CARLA@customer.test",
        *(f"carla+{n}@customer.test" for n in "abcd"),
    ):
        reply = await ask(host, spelling)
        assert (reply.status, reply.text) == (202, "")
    assert await requests(host) == 5
    assert (await ask(host, NINA)).status == 202
    assert await requests(host) == 6
    clock.forward(hours=1)
    await ask(host, "carla+e@customer.test")
    assert await requests(host) == 7


async def test_one_network_asks_twenty_times_an_hour(host: Host, clock: Clock) -> None:
    for number in range(20):
        assert (await ask(host, f"n{number}@customer.test")).status == 202
    reply = await ask(host, NINA)
    refused(reply, 429, "too-many-requests", retry=True)
    assert int(reply.headers["Retry-After"]) == 3600
    assert await requests(host) == 20
    clock.forward(hours=1)
    assert (await ask(host, NINA)).status == 202


async def test_a_deployment_may_lift_the_networks_limit_only(redis_url: str, clock: Clock) -> None:
    async with deployed(redis_url, clock, RATE_LIMITS="off") as unlimited:
        host = await a_host(unlimited, confirm_email=True)
        for _ in range(3):
            for number in range(7):
                assert (await ask(host, f"n{number}@customer.test")).status == 202
        for _ in range(5):
            await ask(host)
        assert await requests(host) == 26
        await ask(host)
        assert await requests(host) == 26


async def test_the_request_is_refused_where_it_is_wrong(host: Host) -> None:
    for email in ("", "nobody", "a@b", "carla@customer.test\r\nBcc: x@evil.test"):
        reply = await ask(host, email)
        refused(reply, 422, "invalid", "email")
    refused(await ask(host, page="nobodys-page"), 404, "link-not-found")
    refused(
        await host.deployment.customer.post(f"/book/{SLUG}/confirm", {"mail": "x"}), 422, "invalid", "mail"
    )
    assert await requests(host) == 0


async def test_other_refusals_come_in_their_order(host: Host) -> None:
    assert is_wrong(await book(host, None, "2026-11-19T09:10:00Z"))
    refused(await book(host, "123456", "2026-11-19T09:10:00Z"), 422, "slot-not-offered")
    refused(await book(host, None, email="nobody"), 422, "invalid", "email")


async def test_a_master_page_asks_too(host: Host) -> None:
    rule = {"event_type": host.event_type["id"], "primary": {"page": host.page["id"]}}
    team = await host.api.new_master_page(rule, slug="team-page", confirm_email=True)
    customer = host.deployment.customer
    assert is_wrong(await customer.book("team-page", TEN))
    code = await asked(host, page=team)
    assert (await customer.book("team-page", TEN, email_code=code)).status == 201


async def test_redis_shows_neither_address_nor_code(host: Host) -> None:
    code = await asked(host)
    [workspace] = await read_workspaces(host.deployment.store.client)
    named: dict[str, Any] = {**workspace.hashes, **workspace.sets}
    kept = {name: values for name, values in named.items() if name.startswith("email_code")}
    assert len(kept) == 3
    for name, values in kept.items():
        assert name not in workspace.immortal
        assert CARLA["email"] not in name
        for shown in (*values.keys(), *values.values()):
            assert code != shown
            assert CARLA["email"] not in str(shown)
