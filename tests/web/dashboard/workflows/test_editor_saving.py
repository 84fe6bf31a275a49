"""What autosave sends is carried out as any form is, and answered by texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import created

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.web.dashboard.workflows.conftest import Editor


async def _texts(answer: Any, status: int = 200) -> Any:
    assert (answer.status, answer.content_type) == (status, "application/json")
    return await answer.json()


async def test_a_saved_step_is_told_in_its_card_and_in_those_that_miss_something(editor: Editor) -> None:
    answer = await editor.save("/steps/mail", subject="", text="Hello")
    texts = await _texts(answer)
    assert texts["revision"] == (await editor.draft())["revision"]
    assert texts["says"] == {"step-mail": ["Send an email that has no subject yet"]}
    assert texts["missing"]["step-mail"] == "Subject: This field is required."
    assert texts["missing"]["step-link"] == "Choose a booking page."
    assert texts["errors"]["subject"] == "This field is required."
    assert len(await answer.read()) < 1000
    texts = await _texts(await editor.save("/steps/mail", subject="Hi", text="Hello"))
    assert texts["says"] == {"step-mail": ["Send the email “Hi”"]}
    assert "step-mail" not in texts["missing"]


async def test_what_is_refused_is_told_by_field_and_changes_nothing(editor: Editor) -> None:
    before = await editor.draft()
    refused = await editor.save("/steps/link", expiry="days", expires_in_days="9999")
    assert list((await _texts(refused, 422))["errors"]) == ["expires_in_days"]
    assert await editor.draft() == before


async def test_a_draft_that_somebody_else_has_changed_is_shown(editor: Editor) -> None:
    old = str((await editor.draft())["revision"])
    await editor.post("/steps/mail", subject="Theirs", text="Theirs")
    answer = await editor.save("/steps/mail", revision=old, subject="Mine", text="Mine")
    assert (answer.status, answer.content_type) == (409, "text/html")
    assert "data-conflict" in await answer.text()


async def test_trigger_and_settings_are_saved_alike(editor: Editor) -> None:
    texts = await _texts(await editor.save("/trigger", kind="link.not_booked", days="5", tag="vip"))
    assert texts["says"] == {"trigger": ["A one-time link is not booked within 5 days", "Tag: vip"]}
    assert not texts["has_hook"]
    texts = await _texts(await editor.save("/trigger", kind="hook"))
    assert texts["has_hook"]
    assert "map.email" in texts["errors"]
    texts = await _texts(
        await editor.save("/settings", name="Other", re_entry="never", stop_on_booking="own")
    )
    assert (texts["name"], texts["says"]) == ("Other", {})
    assert (await editor.draft())["name"] == "Other"


async def test_what_is_typed_wrong_is_told_in_words_at_its_field(editor: Editor) -> None:
    field = {"field.name": "City Name", "field.value": "Oslo"}
    refused = await _texts(await editor.save("/trigger", kind="contact.created", **field), 422)
    assert refused["errors"] == {"field.name": "Small letters, digits and _, beginning with a letter."}
    row = {"map.email": "mail", "map.field.0.name": "Bad Name", "map.field.0.at": "org"}
    texts = await _texts(await editor.save("/trigger", kind="hook", **row))
    assert texts["errors"] == {"map.field.0.name": "A contact has no such field."}
    assert 'aria-describedby="map.field.0.name-error"' in await editor.show("/trigger")
    settings = {"name": "X", "re_entry": "never", "stop_on_booking": "own", "window": "on"}
    refused = await _texts(await editor.save("/settings", **settings, start="09:00", end=""), 422)
    assert refused["errors"] == {"days": "Choose at least one day.", "end": "Choose a time."}


async def test_texts_are_in_the_readers_language(editor: Editor, admin: Api) -> None:
    page = f"{editor.path}/steps/mail"
    answer = await editor.dashboard.send(
        admin,
        page,
        {"revision": str((await editor.draft())["revision"]), "subject": "", "text": ""},
        **{"Accept": "application/json", "Accept-Language": "de"},
    )
    assert (await answer.json())["errors"]["subject"] == "Das ist ein Pflichtfeld."


async def test_the_custom_fields_and_tags_of_contacts_are_offered(editor: Editor, admin: Api) -> None:
    one = created(await admin.post("/contacts", _contact("ann", ["lead"], city="Oslo", company="Bär")))
    created(await admin.post("/contacts", _contact("bob", ["vip"], city="Rome")))
    shown = await editor.show("/steps/mail")
    assert "{{ contact.fields.city }}" in shown
    assert "{{ contact.fields.company }}" in shown
    for below in ("/steps/way", "/trigger"):
        shown = await editor.show(below)
        for text in ("city", "company", "lead", "vip"):
            assert f'<option value="{text}"></option>' in shown, below
    assert '<option value="lead"></option>' in await editor.show("/steps/tag")
    await admin.delete(f"/contacts/{one['id']}")
    shown = await editor.show("/steps/way")
    assert '<option value="company"></option>' not in shown
    assert '<option value="city"></option>' in shown


async def test_conditions_that_a_program_wrote_are_kept(editor: Editor) -> None:
    conditions = [
        {"about": "link", "is": "set", "value": ""},
        {"about": "booking", "is": "not_set", "value": ""},
        {"about": "contact.hat", "is": "is", "value": "red"},
    ]
    steps = await editor.steps()
    steps[2]["when"] = {"match": "all", "conditions": conditions}
    await editor.user.patch(f"/workflows/{editor.workflow}", {"steps": steps})
    shown = await editor.show("/steps/way")
    rows = [("link=set", "is", ""), ("booking!=set", "is", ""), ("contact.hat", "is", "red")]
    sent = {"match": "all"}
    for place, (about, is_, value) in enumerate(rows):
        assert f'value="{about}" selected' in shown
        at = f"conditions.{place}"
        sent |= {f"{at}.about": about, f"{at}.is": is_, f"{at}.value": value}
    assert (await editor.post("/steps/way", **sent)).status == 303
    assert (await editor.steps())[2]["when"]["conditions"] == conditions


async def test_a_card_has_all_of_its_conditions_in_words(editor: Editor) -> None:
    rows = {"conditions.0.about": "link!=booked", "conditions.1.about": "booking=no_show"}
    texts = await _texts(await editor.save("/steps/way", match="any", **rows))
    said = ["If any of 2 conditions holds", "If the link was not booked", "If the customer did not come"]
    assert texts["says"] == {"step-way": said}
    shown = await editor.show()
    assert all(f">{sentence}</span>" in shown for sentence in said)


async def test_an_eleventh_condition_is_refused(editor: Editor) -> None:
    rows = {f"conditions.{place}.about": "link=booked" for place in range(11)}
    refused = await editor.save("/steps/way", match="all", **rows)
    assert list((await _texts(refused, 422))["errors"]) == ["conditions"]


async def test_a_trigger_by_hand_has_no_filters(editor: Editor) -> None:
    """They would be hidden, and count for nothing."""
    await editor.post("/trigger", kind="contact.created", tag="vip")
    await editor.post("/trigger", kind="manual", tag="vip")
    assert (await editor.draft())["trigger"].get("filters") is None
    assert "Tag: vip" not in await editor.show()


async def test_a_test_run_keeps_its_contact_beyond_a_search(editor: Editor, admin: Api) -> None:
    one = created(await admin.post("/contacts", _contact("ann", [])))
    created(await admin.post("/contacts", _contact("bob", [])))
    shown = " ".join((await (await editor.post("/test?q=bob", contact=one["id"])).text()).split())
    assert "With <bdi>ann@customer.test</bdi>" in shown
    assert f'value="{one["id"]}" checked' in shown
    assert 'action="' + editor.path + '/test?q=bob"' in shown


async def test_a_duplicate_and_a_restored_step_get_the_focus(editor: Editor) -> None:
    answer = await editor.post("/steps/way/duplicate")
    copy = (await editor.steps())[3]["id"]
    assert answer.headers["Location"] == f"{editor.path}?told=duplicated&at={copy}"
    shown = await editor.show(f"?told=duplicated&at={copy}")
    assert f'steps/{copy}" data-panel autofocus' in shown


def _contact(name: str, tags: list[str], **fields: str) -> dict[str, Any]:
    return {"email": f"{name}@customer.test", "tags": tags, "fields": fields}
