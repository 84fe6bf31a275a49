"""Every text of the dashboard is translated: in a language of brackets, all stand in brackets."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.imports.read_row import CellProblem
from admitone.domain.jobs.job import JobFailed
from admitone.domain.people.email_address import MESSAGE
from admitone.store.records.file_imports import note_import
from tests.support.api.calling import a_rule, answered, created
from tests.support.contacts.stored_imports import a_contact_import, put_contact_import
from tests.support.dashboard.pictures import CUSTOMERS, put_example_links
from tests.support.factories import NOW, WORKSPACE, a_job
from tests.support.mail.held import hold_mail, use_up
from tests.support.texts.brackets import outside_brackets, speak_in_brackets
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ID = re.compile(r"(?<=/)(?=[^/]*\d)[0-9a-z]{16,}")
LINK = re.compile(r'href="(/dashboard(?!/help/)[^"]*)"')  # guides are in English
TYPED = re.compile(
    "|".join(
        [
            *(re.escape(name) for name, _ in CUSTOMERS),
            r"Hanna Lindqvist|Introduction|Max Member|Project reviews|Review|Talk to Hanna",
            r"All of us|Talk to us|Team",
            r"/[a-z0-9-]+|link\.created",
            r"people\.csv|E-mail|Company|Acme|(ann|bo)@customer\.test|vip",
        ]
    )
)
"""What was typed, and codes."""
OF_CLDR = re.compile(
    r"\b(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?\b|\b(Oct(ober)?|Nov(ember)?|Dec(ember)?|Jan(uary)?)\b"
    r"|\d+ (hour|minutes)\b|Europe/Paris|{first} – {last}"
    r"|العربية|Deutsch|English|Español|Français|日本語|Português \(Brasil\)"
)
"""Dates, lengths, and languages, each by its own name."""
STEPS = [
    {"id": "a", "kind": "generate_one_time_booking_link"},
    {"id": "b", "kind": "send_email"},
    {
        "id": "c",
        "kind": "if",
        "when": {"conditions": [{"about": "link", "is": "is", "value": "booked"}]},
        "then": [{"id": "d", "kind": "wait", "for": {"days": 3}}],
        "else": [{"id": "e", "kind": "call_webhook"}],
    },
    {"id": "f", "kind": "notify_host"},
]
"""Steps of a workflow, most of which are incomplete."""
PAGES_FOR_VISITORS = ("/", "/invite/unknown", "/auth/google/callback?error=access_denied")
REFUSED = {
    "/dashboard/contacts": {"email": "nobody", "tags": "x" * 51},
    "/dashboard/contacts/import": {},
    "/dashboard/nothing": {},
    "/dashboard/event-types": {"duration_minutes": "many"},
    "/dashboard/master-pages": {},
    "/dashboard/pages": {},
    "/dashboard/pools": {},
    "/dashboard/settings": {"name": "", "timezone": "Nowhere"},
    "/dashboard/settings/api-keys": {"label": "", "expires_in_days": "many"},
    "/dashboard/settings/invitations": {"email": "nobody"},
    "/dashboard/settings/mail/confirmation": {"subject": "{{", "text": ""},
    "/dashboard/settings/personal-data/look-up": {"email": "nobody"},
    "/dashboard/settings/webhooks": {"endpoint": "nowhere"},
    "/dashboard/settings/workspace": {"name": "", "mails_per_day": "many"},
}
"""Forms that are refused."""


@pytest.fixture
async def hanna(dashboard: DashboardServer) -> Api:
    """An administrator of a workspace that has something of everything."""
    hanna, _ = await put_example_links(dashboard)
    event_type, page = (await hanna.get("/event-types")).items[0], (await hanna.get("/pages")).items[0]
    await hanna.new_pool(page, name="Team", method="pooled_priority")
    await hanna.new_master_page(a_rule(event_type, page), title="Talk to us")
    await hanna.new_master_page(rule_type="static", pages=[page["id"]], title="All of us")
    max_ = await dashboard.user(name="Max Member", email="max@host.test")
    answered(await hanna.patch(f"/users/{max_.user}", {"role": "administrator"}))
    key = {"label": "CRM", "scopes": ["links:read"], "expires_in_days": 7}
    created(await hanna.in_session().post("/api-keys", key))
    created(await hanna.post("/invitations", {"email": "ida@guest.test", "role": "administrator"}))
    hook = {"endpoint": "https://crm.example.com/hook", "events": ["link.created"]}
    created(await hanna.post("/webhooks", hook))
    created(await hanna.post("/contacts", {"email": "ann@customer.test", "tags": ["vip"]}))
    states = ("uploaded", "checking", "imported")
    for kind, state in [(kind, state) for kind in ("contacts", "links") for state in states]:
        made = a_contact_import(kind=kind, by=hanna.user, at=NOW)
        await put_contact_import(dashboard.store, made)
        after = msgspec.structs.replace(made, state=state, problems=1, refused=1)
        problem = CellProblem(2, 0, MESSAGE, "ann", refuses=True)
        await note_import(dashboard.store, WORKSPACE, made, after, problems=[problem])
    created(await hanna.post("/workflows", {"name": "Team", "steps": STEPS}))
    workers = Workers(dashboard.store)
    await workers.put(a_job("calendar.write"))
    await work_off(workers.worker(jobs={"calendar.write": _fail}))
    await use_up(dashboard.store, NOW)
    await hold_mail(dashboard.store, (await hanna.get("/bookings")).items[0]["id"], NOW)
    return hanna


async def test_no_text_is_left_out(
    dashboard: DashboardServer, hanna: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_in_brackets(monkeypatch)
    left: dict[str, set[str]] = {}
    seen: set[str] = set()
    to_see = ["/dashboard"]
    while to_see:
        path = to_see.pop()
        room = ID.sub("ID", path.partition("?")[0])
        if room in seen:
            continue
        seen.add(room)
        if room.endswith(".csv"):  # a file, whose cells are what somebody typed
            continue
        shown = await _shown(dashboard, hanna, path)
        left[room] = _outside(shown)
        to_see += [html.unescape(found) for found in LINK.findall(shown)]
    for path in PAGES_FOR_VISITORS:
        left[path] = _outside(await _shown(dashboard, None, path))
    assert len(left) > 35
    assert {path: texts for path, texts in left.items() if texts} == {}


async def test_nor_is_one_of_a_refusal(
    dashboard: DashboardServer, admin: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_in_brackets(monkeypatch)
    for path, fields in REFUSED.items():
        answer = await dashboard.post(admin, path, **fields)
        assert answer.status in {404, 422}, path
        assert _outside(await answer.text()) - {*fields.values()} == set(), path


async def test_a_page_for_hosts_is_in_a_language_that_the_whole_dashboard_has(
    dashboard: DashboardServer, admin: Api
) -> None:
    japanese = {"Accept-Language": "ja"}
    for path in ("/dashboard", "/dashboard/nothing", *PAGES_FOR_VISITORS):
        user = admin if path.startswith("/dashboard") else None
        answer = await dashboard.get(user, path, **japanese)
        assert '<html lang="en"' in await answer.text(), path
    answer = await dashboard.get(None, "/no-such-page", **japanese)
    assert '<html lang="ja"' in await answer.text()


async def _fail(*_: object) -> None:
    raise JobFailed("The host’s calendar is gone.")


async def _shown(dashboard: DashboardServer, user: Api | None, path: str) -> str:
    answer = await dashboard.get(user, path, **{"Accept-Language": "en-GB"})
    assert answer.status < 500, path
    return await answer.text()


def _outside(shown: str) -> set[str]:
    found = (OF_CLDR.sub("", TYPED.sub("", text)) for text in outside_brackets(shown))
    return {text for text in found if re.search(r"[^\W\d_]{2}", text.replace("Admit One", ""))}
