"""The add-on in Gmail: what its cards show, and what their buttons do. Google takes every answer."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from admitone.fakegoogle.addon.answer import AnswerRefusedError
from tests.support.accounts.site import ORIGIN
from tests.support.api.calling import answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.accounts.site import Site
    from tests.support.addon.gmail import Person
    from tests.support.api.calling import Api

    Make = Callable[..., Person]

TO = ["carla@customer.test", "bo.b+x@customer.test"]
PLATFORMS = ["WEB", "IOS", "ANDROID"]


@pytest.fixture
async def page(ada: Api) -> Any:
    """Ada's page, with one event type."""
    return await ada.new_page(await ada.new_event_type(), title="Meet <Ada>")


async def _links(ada: Api) -> list[Any]:
    found: list[Any] = answered(await ada.get("/links"))["items"]
    return found


async def test_who_has_no_page_is_led_to_making_one(ada: Api, person: Make) -> None:
    for own in (await ada.get("/booking-pages")).items:
        assert (await ada.delete(f"/booking-pages/{own['id']}", confirm=1)).status == 204
    home = await person().open()
    assert home.link("Create a booking page") == f"{ORIGIN}/dashboard/pages/new"
    assert "There is no page to share yet." in (await person(to=[]).open()).text


async def test_beside_the_inbox_a_link_is_made_and_its_address_can_be_selected(
    ada: Api, page: Any, person: Make
) -> None:
    home = await person().open()
    assert "You have created no link yet." in home.text
    await home.press("Generate a one-time link")
    [link] = await _links(ada)
    assert link["url"] in home.text
    assert link["channel"] == "addon"
    assert home.link("Open to copy") == f"{ORIGIN}/dashboard/links/{link['id']}"
    await home.press("Back")
    assert "Active" in home.text
    await home.press("Settings")
    assert "admin@acme.test" in home.text


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_link_is_inserted_and_the_card_confirms_it(
    ada: Api, page: Any, person: Make, platform: str
) -> None:
    ada_writes = await person(to=TO, platform=platform).open()
    await ada_writes.press("Insert")
    [link] = await _links(ada)
    assert ada_writes.draft.body == f'<a href="{link["url"]}">Meet &lt;Ada&gt;</a>'
    assert ada_writes.draft.notice == "The link is in the draft. It is good for one booking."
    assert [button["text"] for button in ada_writes.buttons] == ["Insert another", "Show links"]
    await ada_writes.press("Insert another")
    await ada_writes.press("Insert")
    assert len(await _links(ada)) == 2


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_personal_link_is_for_a_recipient_of_the_draft(
    ada: Api, page: Any, person: Make, platform: str
) -> None:
    ada_writes = await person(to=TO, platform=platform).open()
    ada_writes.fill(personalise="on", recipient=TO[1], form="on", expiry="7", style="sentence")
    await ada_writes.press("Insert")
    [link] = await _links(ada)
    assert link["person"] == {"name": "Bo B", "email": TO[1]}
    assert link["skip_form"] is False
    assert link["expires_at"] is not None
    assert "Choose a time that suits you: " in ada_writes.draft.body


async def test_each_recipient_gets_a_link_of_their_own(ada: Api, page: Any, person: Make) -> None:
    ada_writes = await person(to=TO).open()
    await ada_writes.fill(personalise="on", recipient="*").press("Insert")
    links = {link["person"]["email"]: link["url"] for link in await _links(ada)}
    assert set(links) == set(TO)
    lines = ada_writes.draft.body.split("<br>")
    assert [re.findall('href="([^"]*)"', line) for line in lines] == [[links[email]] for email in TO]
    assert ada_writes.draft.notice == "2 links are in the draft. Each is good for one booking."


async def test_the_general_link_is_inserted_where_one_time_is_off(ada: Api, page: Any, person: Make) -> None:
    ada_writes = await person(to=[]).open()
    await ada_writes.fill(one_time=None).press("Insert")
    assert ada_writes.draft.body == f'<a href="{ORIGIN}/{page["slug"]}">Meet &lt;Ada&gt;</a>'
    assert await _links(ada) == []


async def test_what_is_missing_is_said_and_what_was_chosen_is_kept(ada: Api, page: Any, person: Make) -> None:
    ada_writes = await person(to=[]).open()
    await ada_writes.fill(personalise="on", recipient="nobody", name="Bo").press("Insert")
    assert "address" in ada_writes.text
    inputs = ada_writes.inputs()
    assert (inputs["recipient"], inputs["name"], inputs["personalise"]) == (["nobody"], ["Bo"], ["on"])
    assert ada_writes.draft.body == ""
    await ada_writes.fill(recipient="bo@customer.test").press("Insert")
    assert [link["person"]["name"] for link in await _links(ada)] == ["Bo"]


async def test_times_are_ticked_by_day_and_inserted(ada: Api, page: Any, person: Make) -> None:
    ada_writes = await person(to=TO[:1]).open()
    await ada_writes.fill(personalise="on").press("Insert times")
    fields = [name for name in _fields(ada_writes) if name.startswith("starts_")]
    assert fields
    await ada_writes.press("Insert times")
    assert "Choose at least one time." in ada_writes.text
    starts = _choices(ada_writes, fields[0])[:2]
    await ada_writes.fill(**{fields[0]: starts}).press("Insert times")
    [link] = await _links(ada)
    assert link["person"]["email"] == TO[0]
    marked = re.findall(r"[?&]t=([^&\"]*)", unescape(ada_writes.draft.body))
    assert [text.replace("%3A", ":") for text in marked] == starts
    assert "timezone=Europe%2FZurich" in ada_writes.draft.body


async def test_later_days_follow(ada: Api, page: Any, person: Make) -> None:
    ada_writes = await person(to=[]).open()
    await ada_writes.press("Insert times")
    first = [name for name in _fields(ada_writes) if name.startswith("starts_")]
    await ada_writes.press("Later days")
    second = [name for name in _fields(ada_writes) if name.startswith("starts_")]
    assert first
    assert second
    assert max(first) < min(second)
    await ada_writes.press("Back")
    assert "Insert times" in [button["text"] for button in ada_writes.buttons]


async def test_the_page_that_was_used_last_is_chosen(ada: Api, page: Any, person: Make) -> None:
    other = await ada.new_page(await ada.new_event_type(name="Other"), title="A first page", slug="first")
    await ada.new_link(page)
    assert (await person(to=[]).open()).inputs()["page"] == [page["id"]]
    await ada.new_link(other)
    assert (await person(to=[]).open()).inputs()["page"] == [other["id"]]


async def test_consent_is_asked_for_before_anything_is_written_and_the_same_press_goes_on(
    ada: Api, page: Any, person: Make
) -> None:
    ada_writes = await person(to=TO).open()
    ada_writes.draft.scopes.discard("https://www.googleapis.com/auth/gmail.addons.current.action.compose")
    await ada_writes.press("Insert")
    assert ada_writes.draft.waiting is not None
    assert await _links(ada) == []
    await ada_writes.host.allow(ada_writes.draft)
    assert len(await _links(ada)) == 1
    assert "<a href=" in ada_writes.draft.body


async def test_a_request_that_google_repeats_inserts_the_same_link(ada: Api, page: Any, person: Make) -> None:
    ada_writes = await person(to=TO).open()
    parameters, inputs = ada_writes.parameters("Insert"), ada_writes.inputs()
    answers = [await ada_writes.host.send(ada_writes.draft, parameters, inputs) for _ in range(3)]
    bodies = {str(answer["renderActions"]["hostAppAction"]) for answer in answers}
    assert len(bodies) == 1
    assert len(await _links(ada)) == 1


async def test_it_speaks_the_language_of_the_account(ada: Api, page: Any, person: Make) -> None:
    ada_writes = person(to=TO)
    account = ada_writes.host.state.data.accounts[ada_writes.draft.account]
    ada_writes.host.state.data.accounts[ada_writes.draft.account] = type(account)(
        email=account.email, name=account.name, hd=account.hd, locale="de-CH"
    )
    await ada_writes.open()
    assert "Einfügen" in [button["text"] for button in ada_writes.buttons]


async def test_a_pages_title_cannot_be_markup(ada: Api, page: Any, person: Make) -> None:
    home = await person().open()
    await home.press("Generate a one-time link")
    await home.press("Back")
    texts = [widget["decoratedText"]["text"] for widget in _widgets(home) if "decoratedText" in widget]
    assert not [text for text in texts if "<" in text]


async def test_a_deactivated_user_is_nobody(ada: Api, page: Any, person: Make, site: Site) -> None:
    assert ada.key
    await site.change_user(ada.key[:4], ada.user, active=False)
    assert (await person().open()).link("Sign in") == f"{ORIGIN}/"


async def test_the_stand_in_refuses_what_google_would(person: Make) -> None:
    somebody = person()
    somebody.host.deployment = type(somebody.host.deployment)(
        endpoint=f"{ORIGIN}/addon", address=f"{somebody.host.deployment.address}/x", oauth_client_id="x"
    )
    with pytest.raises(AnswerRefusedError):
        await somebody.open()


def _widgets(person: Person) -> list[Any]:
    card = person.draft.card or {}
    return [widget for section in card["sections"] for widget in section["widgets"]]


def _fields(person: Person) -> list[str]:
    return [widget["selectionInput"]["name"] for widget in _widgets(person) if "selectionInput" in widget]


def _choices(person: Person, field: str) -> list[str]:
    [found] = [
        widget["selectionInput"]
        for widget in _widgets(person)
        if widget.get("selectionInput", {}).get("name") == field
    ]
    return [item["value"] for item in found["items"]]
