"""The editor without scripts: every step of building a workflow is a form with an address of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.web.dashboard.workflows.conftest import WORKFLOWS, Editor

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


async def test_a_workflow_is_begun_and_named(dashboard: DashboardServer, admin: Api) -> None:
    shown = await (await dashboard.get(admin, WORKFLOWS)).text()
    assert "Create the first one" in shown
    refused = await dashboard.post(admin, WORKFLOWS, name="")
    assert refused.status == 422
    made = await dashboard.post(admin, WORKFLOWS, name="New leads")
    assert made.status == 303
    [workflow] = (await admin.get("/workflows")).items
    assert made.headers["Location"].startswith(f"{WORKFLOWS}/{workflow['id']}")
    assert workflow["sender"] == admin.user
    assert "New leads" in await (await dashboard.get(admin, WORKFLOWS)).text()


async def test_a_step_is_added_at_its_place_and_its_form_opens(editor: Editor) -> None:
    shown = await editor.show("/add?at=way.else.0")
    assert "Generate one-time booking link" in shown
    answer = await editor.post("/steps", kind="wait", place="way.else.0")
    assert answer.status == 303
    [added] = (await editor.steps())[2]["else"]
    assert answer.headers["Location"] == f"{editor.path}/steps/{added['id']}"
    assert "Wait 1 day" in await editor.show(f"/steps/{added['id']}")


async def test_what_cannot_be_added_is_said(editor: Editor) -> None:
    for fields in ({"kind": "dance", "place": "0"}, {"kind": "stop", "place": "gone.then.0"}):
        answer = await editor.post("/steps", **fields)
        assert answer.status == 422
        assert 'role="alert"' in await answer.text()
    assert [step["id"] for step in await editor.steps()] == ["link", "mail", "way"]


async def test_steps_are_moved_and_the_button_keeps_the_focus(editor: Editor) -> None:
    answer = await editor.post("/steps/mail/move", by="down")
    assert answer.headers["Location"] == f"{editor.path}?moved=mail&by=down"
    assert [step["id"] for step in (await editor.steps())[1]["then"]] == ["mail", "tag"]
    shown = await editor.show("?moved=mail&by=down")
    assert "Send email is step 3 of 4 now." in shown
    assert re.search(r'steps/mail/move".*?value="down" autofocus', shown)
    await editor.post("/steps/tag/move", place="0", by="")
    assert [step["id"] for step in await editor.steps()] == ["tag", "link", "way"]
    assert (await editor.post("/steps/way/move", place="way.then.0", by="")).status == 422


async def test_a_step_is_duplicated(editor: Editor) -> None:
    await editor.post("/steps/way/duplicate")
    [*_, way, copy] = await editor.steps()
    assert copy["id"] != way["id"]
    assert copy["then"][0]["id"] != way["then"][0]["id"]
    assert copy["then"][0]["tags"] == ["vip"]


async def test_a_deleted_step_comes_back_with_its_branches(editor: Editor) -> None:
    before = await editor.steps()
    answer = await editor.post("/steps/way/delete")
    assert answer.status == 200
    shown = " ".join((await answer.text()).split())
    assert "Step 3 is deleted: If/else." in shown
    assert [step["id"] for step in await editor.steps()] == ["link", "mail"]
    assert (await editor.post("/steps/way/delete")).status == 303, "the page was loaded again"
    sent = dict(re.findall(r'name="(place|step)" value="([^"]*)"', shown))
    step = sent["step"].replace("&#34;", '"')
    assert (await editor.post("/undo", place=sent["place"], step=step)).status == 303
    assert await editor.steps() == before
    assert (await editor.post("/undo", place=sent["place"], step=step)).status == 422, "it is there"
    assert (await editor.post("/undo", place="0", step="{")).status == 422


async def test_a_form_that_is_sent_as_it_is_shown_changes_nothing(editor: Editor) -> None:
    for kind in ("wait", "set_field", "call_webhook", "notify_host", "remove_tags", "stop"):
        answer = await editor.post("/steps", kind=kind, place="0")
        path = answer.headers["Location"].removeprefix(editor.path)
        [added, *_] = await editor.steps()
        assert (await editor.post(path, **_fields(await editor.show(path)))).status == 303, kind
        assert (await editor.steps())[0] == added


async def test_forms_of_steps_make_what_they_say(editor: Editor, workspace: Workspace) -> None:
    page = workspace.page["id"]
    await editor.post("/steps/link", page=page, expiry="days", expires_in_days="14", skip_form="yes")
    await editor.post("/steps/mail", subject="Hi {{ contact.first_name }}", text="A\r\nB", html="")
    condition = {"conditions.0.about": "link!=booked", "conditions.0.is": "is"}
    field = {
        "conditions.1.about": "contact.fields.",
        "conditions.1.field": "city",
        "conditions.1.is": "set",
        "conditions.1.value": "left over",
    }
    await editor.post("/steps/way", match="any", **condition, **field)
    await editor.post("/steps/tag", tags="vip, New Lead ,")
    [link, mail, way] = await editor.steps()
    assert (link["page"], link["expires_in_days"], link["skip_form"]) == (page, 14, True)
    assert (mail["subject"], mail["text"]) == ("Hi {{ contact.first_name }}", "A\nB")
    assert way["when"] == {
        "match": "any",
        "conditions": [
            {"about": "link", "is": "is_not", "value": "booked"},
            {"about": "contact.fields.city", "is": "set", "value": ""},
        ],
    }
    assert way["then"][0]["tags"] == ["vip", "New Lead"]
    shown = await editor.show("/steps/way")
    assert 'value="link!=booked" selected' in shown
    assert 'value="city"' in shown


WAITS: list[tuple[dict[str, str], dict[str, Any]]] = [
    (
        {"how": "for", "for.count": "2", "for.unit": "days", "for.at": "09:00"},
        {"for": {"days": 2, "at": "09:00"}},
    ),
    ({"how": "for", "for.count": "2", "for.unit": "hours", "for.at": "09:00"}, {"for": {"hours": 2}}),
    ({"how": "until", "until.field": "due", "until.at": ""}, {"until": {"field": "due", "at": "09:00"}}),
    (
        {"how": "booking", "booking": "before", "booking.minutes": "2", "booking.minutes.unit": "hours"},
        {"booking": {"before": 120}},
    ),
    (
        {"how": "booking", "booking": "after", "booking.minutes": "0", "booking.minutes.unit": "days"},
        {"booking": {"after": 0}},
    ),
    (
        {"how": "booked", "timeout.count": "3", "timeout.unit": "days"},
        {"link": "booked", "timeout": {"days": 3}},
    ),
]


async def test_every_kind_of_wait(editor: Editor) -> None:
    answer = await editor.post("/steps", kind="wait", place="0")
    path = answer.headers["Location"].removeprefix(editor.path)
    for fields, wait in WAITS:
        assert (await editor.post(path, **fields)).status == 303
        [made, *_] = await editor.steps()
        assert _without_empty(made) == {"kind": "wait", "id": made["id"], **wait}
        await editor.post(path, **_fields(await editor.show(path)))
        assert (await editor.steps())[0] == made, "the form shows what is stored"


async def test_what_is_typed_wrong_is_shown_again_at_its_field(editor: Editor) -> None:
    answer = await editor.post("/steps", kind="wait", place="0")
    path = answer.headers["Location"].removeprefix(editor.path)
    refused = await editor.post(path, **{"how": "for", "for.count": "9999", "for.unit": "days"})
    shown = await refused.text()
    assert refused.status == 422
    assert 'id="for.count-error"' in shown
    assert 'value="9999"' in shown


async def test_what_is_missing_is_told_at_its_card_and_in_a_list(editor: Editor) -> None:
    await editor.post("/steps/mail", subject="", text="Hello")
    shown = await editor.show()
    assert '<span class="card-missing">Subject: This field is required.</span>' in shown
    assert f'href="{editor.path}/steps/mail" data-panel>Step 2: Send email</a> Subject: This field' in shown
    assert f'href="{editor.path}/settings" data-panel>Settings</a> Choose the user' in shown
    refused = await editor.post("/publish")
    assert refused.status == 422
    assert "Not published: something is missing." in await refused.text()
    assert 'id="subject-error"' in await editor.show("/steps/mail")


async def test_a_draft_that_changed_meanwhile_is_not_overwritten(editor: Editor) -> None:
    old = str((await editor.draft())["revision"])
    await editor.post("/steps/mail", subject="Theirs", text="Theirs")
    for below, fields in {
        "/steps/mail": {"subject": "Mine", "text": "Mine"},
        "/steps/mail/move": {"by": "up"},
        "/steps/mail/delete": {},
        "/steps": {"kind": "stop", "place": "0"},
        "/trigger": {"kind": "contact.created"},
        "/settings": {"name": "Mine", "re_entry": "never", "stop_on_booking": "own"},
        "/publish": {},
    }.items():
        answer = await editor.post(below, revision=old, **fields)
        assert answer.status == 409, below
        assert "was changed since you opened it" in await answer.text(), below
    assert (await editor.steps())[1]["subject"] == "Theirs"
    shown = await (await editor.post("/steps/mail", revision=old, subject="Mine", text="Mine")).text()
    assert 'value="Mine"' in shown, "what was typed is kept"
    assert (await editor.post("/steps/mail", revision="")).status == 422


async def test_the_trigger_is_chosen_with_filters(editor: Editor, workspace: Workspace) -> None:
    page, event_type = workspace.page["id"], workspace.event_type["id"]
    fields = {"page": page, "event_type": event_type, "tag": "vip", "field.name": "city", "days": "5"}
    await editor.post("/trigger", kind="link.not_booked", **fields, **{"field.value": "Oslo"})
    trigger = (await editor.draft())["trigger"]
    assert trigger["kind"] == "link.not_booked"
    assert trigger["days"] == 5
    assert trigger["filters"] == {
        "page": page,
        "event_type": event_type,
        "tag": "vip",
        "field": {"name": "city", "is": "Oslo"},
    }
    shown = await editor.show("/trigger")
    assert "Tag: vip" in shown
    assert 'value="Oslo"' in shown
    hook = {"map.email": "mail", "map.field.0.name": "company", "map.field.0.at": "org.name"}
    await editor.post("/trigger", kind="hook", **hook)
    assert (await editor.draft())["trigger"]["map"] == {"email": "mail", "fields.company": "org.name"}
    await editor.post("/trigger", kind="hook", **{"map.email": "customer.mail"})
    assert (await editor.draft())["trigger"]["map"] == {"email": "customer.mail"}
    await editor.post("/trigger", kind="contact.created", page=page, tag="")
    trigger = _without_empty((await editor.draft())["trigger"])
    assert trigger.get("map") is None
    assert not any((trigger.get("filters") or {}).values()), "a page is nothing that an added contact has"


async def test_an_inbound_hook_shows_its_address_and_what_came(editor: Editor) -> None:
    assert (await editor.post("/hook/rotate")).status == 404, "there is none"
    await editor.post("/trigger", kind="hook", **{"map.email": "mail"})
    await editor.post("/steps/way/delete")
    await editor.post("/steps/link/delete")
    await editor.post("/steps/mail/delete")
    await editor.post("/steps", kind="stop", place="0")
    assert (await editor.post("/publish")).status == 303
    shown = await editor.show("/trigger")
    url = re.search(r'value="(http[^"]*/hooks/[^"]+)"', shown)
    assert url
    async with editor.dashboard.http.post(url[1], json={"person": {"mail": "carla@customer.test"}}) as sent:
        assert sent.status < 300
    shown = await editor.show("/trigger")
    assert "<code>person.mail</code>" in shown
    assert "carla@customer.test" in shown
    answer = await editor.post("/hook/rotate")
    assert answer.headers["Location"].endswith("told=rotated")
    assert url[1] not in await editor.show("/trigger")


async def test_settings_are_changed(editor: Editor, admin: Api) -> None:
    window = {"window": "on", "days": "sat", "start": "10:00", "end": "16:00", "timezone": "Europe/Paris"}
    other = {"re_entry": "always", "stop_on_booking": "never", "sender": admin.user}
    await editor.post("/settings", name="Weekend", **other, **window)
    draft = await editor.draft()
    assert (draft["name"], draft["re_entry"], draft["stop_on_booking"]) == ("Weekend", "always", None)
    assert draft["sending_window"] == {
        "days": ["sat"],
        "start": "10:00",
        "end": "16:00",
        "timezone": "Europe/Paris",
    }
    shown = await editor.show("/settings")
    assert 'value="sat" checked' in shown
    refused = await editor.post("/settings", name="", **other)
    assert refused.status == 422
    assert 'id="name-error"' in await refused.text()
    await editor.post("/settings", name="Weekend", **other | {"stop_on_booking": "any"})
    draft = await editor.draft()
    assert (draft["sending_window"], draft["stop_on_booking"]) == (None, "any")


async def test_a_member_reads_and_changes_nothing(
    dashboard: DashboardServer, editor: Editor, member: Api
) -> None:
    theirs = Editor(dashboard, member, editor.workflow)
    shown = await theirs.show()
    assert "Publish</button>" not in shown
    assert "data-place" in shown
    assert "/add?at" not in shown
    assert "disabled" in await theirs.show("/steps/mail")
    assert (await dashboard.post(member, f"{editor.path}/steps/mail", subject="X")).status == 403
    assert (await dashboard.get(member, f"{WORKFLOWS}/new")).status == 403


async def test_what_is_not_there_is_not_found(dashboard: DashboardServer, editor: Editor) -> None:
    for path in (f"{WORKFLOWS}/nothing", f"{editor.path}/steps/nothing"):
        assert (await dashboard.get(editor.user, path)).status == 404, path
    assert (await editor.post("/steps/nothing", subject="X")).status == 404


async def test_a_workflow_is_deleted(editor: Editor, admin: Api) -> None:
    answer = await editor.post("/delete")
    assert answer.headers["Location"] == f"{WORKFLOWS}?said=deleted"
    assert (await admin.get("/workflows")).items == []


def _fields(shown: str) -> dict[str, str]:
    """The fields of the panel's form as a browser sends them, for forms with texts and choices."""
    form = re.search(r"<form[^>]*data-autosave>.*?</form>", shown)
    assert form
    found = dict(re.findall(r'<input id="([^"]+)" name="[^"]+"[^>]*? value="([^"]*)"', form[0]))
    found |= dict(re.findall(r'<textarea id="([^"]+)"[^>]*>(.*?)</textarea>', form[0]))
    found |= dict(re.findall(r'type="radio" name="([^"]+)" value="([^"]*)" checked', form[0]))
    for name, options in re.findall(r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select>', form[0]):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


def _without_empty(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what is null, which the API shows for what is not chosen."""
    return {
        name: _without_empty(value) if isinstance(value, dict) else value
        for name, value in document.items()
        if value is not None
    }
