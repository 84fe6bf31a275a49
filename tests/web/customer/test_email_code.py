"""A general link that asks customers to confirm their address, with our script's mark and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import answered
from tests.support.customer.email_codes import another, code_of
from tests.support.customer.host import a_host
from tests.support.customer.visitor import CARLA, MARK

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock, Deployment
    from tests.support.customer.host import Host
    from tests.support.customer.markup import Form
    from tests.support.customer.visitor import Answer, Visitor

PATH = "/hanna-page"
TEN = "2026-11-19T09:00:00Z"
SENT = "We sent a code to carla@customer.test"


@pytest.fixture
async def host(deployment: Deployment) -> Host:
    """A host whose page asks."""
    questions = [{"id": "company", "label": "Company"}, {"id": "code", "label": "Code of your order"}]
    return await a_host(deployment, confirm_email=True, form=questions)


async def asked(visitor: Visitor, **typed: str) -> Form:
    """The form of the page that asks for the code."""
    form = (await visitor.page(PATH)).form()
    answer = await visitor.send_unmarked(form, PATH, start=TEN, **(CARLA | typed))
    assert answer.status == 200, answer
    assert SENT in answer.page.text
    return answer.page.form()


async def give(visitor: Visitor, form: Form, code: str, **fields: str) -> Answer:
    """Give a code, without our script's mark."""
    return await visitor.send_unmarked(form, PATH, _code=code, **fields)


async def test_a_page_of_its_own_asks_for_the_code_and_books(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor, company="Acme", notes="Ring\r\ntwice")
    assert await host.bookings() == []
    answer = await give(visitor, form, await code_of(host.deployment, host.page))
    assert answer.status == 303
    [booking] = await host.bookings()
    assert (booking["start"], booking["person"]) == (TEN, CARLA)
    assert (booking["answers"], booking["notes"]) == ({"company": "Acme"}, "Ring\ntwice")
    again = await give(visitor, form, "123456")
    assert (again.status, again.page.form().served["email"]) == (422, CARLA["email"])
    assert len(await host.bookings()) == 1


async def test_a_form_that_is_sent_twice_leads_to_the_same_booking(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor)
    code = await code_of(host.deployment, host.page)
    first, second = await give(visitor, form, code), await give(visitor, form, code)
    assert first.location == second.location
    assert len(await host.bookings()) == 1


async def test_a_wrong_code_keeps_everything(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor, company="Acme")
    code = await code_of(host.deployment, host.page)
    for wrong in (another(code), "12 34"):
        answer = await give(visitor, form, wrong)
        assert answer.status == 422
        assert "This code is wrong" in answer.page.text
        form = answer.page.form()
        assert form.served["company"] == "Acme"
    assert (await give(visitor, form, code)).status == 303


async def test_the_form_as_it_is_served_books_nothing(host: Host, visitor: Visitor) -> None:
    """A program that posts all it finds, and ticks and presses all it can, has no code."""
    form = await asked(visitor)
    for button in form.buttons:
        answer = await visitor.send_unmarked(form, PATH, **MARK, _sure="1", **button)
        assert answer.status in {200, 422}
    assert await host.bookings() == []


async def test_the_code_is_sent_again(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor)
    answer = await give(visitor, form, "999", _send="1")
    assert (answer.status, SENT in answer.page.text) == (200, True)
    assert "This code is wrong" not in answer.page.text
    assert (await give(visitor, answer.page.form(), await code_of(host.deployment, host.page))).status == 303


async def test_a_customer_may_change_what_they_typed(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor, company="Acme")
    page = (await give(visitor, form, "", _change="1")).page
    served = page.form().served
    assert (served["start"], served["company"], served["email"]) == (TEN, "Acme", CARLA["email"])
    answer = await visitor.send_unmarked(page.form(), PATH, email="nina@customer.test")
    assert "We sent a code to nina@customer.test" in answer.page.text
    wrong = await give(visitor, answer.page.form(), await code_of(host.deployment, host.page))
    assert wrong.status == 422


async def test_a_marked_form_with_a_code_books_at_once(host: Host, visitor: Visitor) -> None:
    """As our script sends it, which has asked for the code inside the form."""
    form = (await visitor.page(PATH)).form()
    customer = host.deployment.customer
    assert (await customer.post(f"/book{PATH}/confirm", {"email": CARLA["email"]})).status == 202
    code = await code_of(host.deployment, host.page)
    wrong = await visitor.send(form, PATH, start=TEN, _code=another(code), **CARLA)
    assert (wrong.status, "This code is wrong" in wrong.page.text) == (422, True)
    assert (await visitor.send(form, PATH, start=TEN, _code=code, **CARLA)).status == 303


async def test_a_marked_form_without_a_code_is_asked_for_it(host: Host, visitor: Visitor) -> None:
    form = (await visitor.page(PATH)).form()
    answer = await visitor.send(form, PATH, start=TEN, **CARLA)
    assert (answer.status, SENT in answer.page.text) == (200, True)
    assert await host.bookings() == []


async def test_a_code_stays_in_the_form_while_another_time_is_chosen(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor)
    code = await code_of(host.deployment, host.page)
    await host.deployment.customer.booked((await host.link())["code"], TEN)
    answer = await give(visitor, form, code)
    assert answer.status == 409
    form = answer.page.form()
    assert form.served["_code"] == code
    assert (await visitor.send_unmarked(form, PATH, start="2026-11-19T10:00:00Z")).status == 303


async def test_a_time_that_is_gone_sends_no_code(host: Host, visitor: Visitor) -> None:
    form = (await visitor.page(PATH)).form()
    await host.deployment.customer.booked((await host.link())["code"], TEN)
    assert (await visitor.send_unmarked(form, PATH, start=TEN, **CARLA)).status == 409
    with pytest.raises(AssertionError):
        await code_of(host.deployment, host.page)


async def test_a_code_that_is_too_old_is_wrong(host: Host, visitor: Visitor, clock: Clock) -> None:
    form = await asked(visitor)
    code = await code_of(host.deployment, host.page)
    clock.forward(minutes=11)
    assert (await give(visitor, form, code)).status == 422


async def test_too_many_requests_are_told(host: Host, visitor: Visitor) -> None:
    for number in range(20):
        email = {"email": f"n{number}@customer.test"}
        assert (await host.deployment.customer.post(f"/book{PATH}/confirm", email)).status == 202
    form = (await visitor.page(PATH)).form()
    answer = await visitor.send_unmarked(form, PATH, start=TEN, **CARLA)
    assert answer.status == 429
    assert answer.page.form().served["email"] == CARLA["email"]


async def test_a_page_that_asks_no_more_asks_to_confirm(host: Host, visitor: Visitor) -> None:
    form = await asked(visitor)
    code = await code_of(host.deployment, host.page)
    await host.change("page", confirm_email=False)
    answer = await give(visitor, form, code)
    assert "Yes, book it" in answer.page.text
    assert (await visitor.send_unmarked(answer.page.form(), PATH, _sure="1")).status == 303


async def test_an_address_puts_no_code_into_the_form(host: Host, visitor: Visitor) -> None:
    form = (await visitor.page(f"{PATH}?_code=123456&email=carla@customer.test")).form()
    assert form.served["_code"] == ""
    one_time = await visitor.page(await host.path())
    assert "_code" not in one_time.form().served
    assert answered(await host.deployment.customer.get(f"/book{PATH}"))["confirm_email"]
