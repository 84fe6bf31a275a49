"""A list of people is pasted or uploaded, checked, and everybody in it gets a link, once."""

from __future__ import annotations

import asyncio
import html
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.imports.file_import import MOST_OPEN, ROWS_AT_ONCE
from admitone.domain.jobs.job import Timer, job_of_timer
from admitone.usecases.imports import import_run
from admitone.usecases.imports.import_run import run_import
from admitone.usecases.links.people_write import PEOPLE
from tests.support.contacts.imports import errors_in, the_import, work
from tests.support.dashboard.server import downloaded
from tests.support.factories import WORKSPACE
from tests.support.people import PATH, a_list, made_links, send_list, sent_list

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FLAWED = (
    "Name,E-Mail,Notiz\n"
    "Ann Lee,ann@customer.test,met at the fair\n"
    "Bo Beck,bo,\n"
    "Cy www.spam.example/x,cy@customer.test,\n"
    "ANN LEE,ANN@customer.test,\n"
    ",dee@customer.test,\n"
    "eve@customer.test,eve@customer.test,\n"
)


async def people_of(admin: Api) -> list[str]:
    """The addresses for which there are links, in alphabetical order."""
    return sorted(link["person"]["email"] for link in (await admin.get("/links?limit=200")).items)


async def test_problems_are_told_by_row_before_anything_is_made(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    made = await sent_list(dashboard, admin, workspace.page, FLAWED)
    assert (made.state, made.rows, made.refused) == ("checked", 6, 5)
    text = await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    assert (await admin.get("/links")).items == []
    for said in (
        "1 person can get a link. 5 rows are refused.",
        "Row 3, <bdi>E-Mail</bdi>",
        "Row 4, <bdi>Name</bdi>",
        "Web addresses are not allowed here.",
        "Row 2 has this address already: a person gets one link.",
        "The name is missing.",
        "This name has an email address in it.",
        "Make 1 link",
    ):
        assert said in text, said
    done = await made_links(dashboard, admin, made)
    assert (done.state, done.created, done.refused) == ("imported", 1, 5)
    [link] = (await admin.get("/links")).items
    assert link["person"] == {"name": "Ann Lee", "email": "ann@customer.test"}
    assert (link["note"], link["channel"], link["skip_form"]) == ("met at the fair", "dashboard", True)
    rows = await downloaded(dashboard, admin, f"{PATH}/{made.id}/problems.csv")
    assert [row["Row"] for row in rows] == ["3", "4", "5", "6", "7"]


async def test_links_have_the_options_that_were_chosen(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    options = {"expiry": "days", "expires_in_days": "7", "show_form": "on", "note": "the fair"}
    options["event_type"] = workspace.event_type["id"]
    file = "Nachname;Vorname;E-Mail\nMüller;Jörg;joerg@customer.test\n".encode("cp1252")
    made = await sent_list(dashboard, admin, workspace.page, file=file, **options)
    await made_links(dashboard, admin, made)
    [link] = (await admin.get("/links")).items
    assert link["person"] == {"name": "Jörg Müller", "email": "joerg@customer.test"}
    assert (link["note"], link["skip_form"]) == ("the fair", False)
    assert link["expires_at"] == "2026-11-25T11:06:40Z"
    assert link["event_type"] == workspace.event_type["id"]


async def test_addresses_are_taken_as_mail_programs_copy_them(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    people = '"Lee, Ann" <ann@customer.test>\nBo Beck <bo@customer.test>\n'
    made = await made_links(dashboard, admin, await sent_list(dashboard, admin, workspace.page, people))
    assert (made.created, made.refused) == (2, 0)
    names = [link["person"]["name"] for link in (await admin.get("/links")).items]
    assert names == ["Bo Beck", "Lee, Ann"]


async def test_links_are_downloaded_in_the_order_of_the_list(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    count = ROWS_AT_ONCE + 2
    made = await sent_list(dashboard, admin, workspace.page, "=Ann Lee, ann@customer.test\n" + a_list(count))
    done = await made_links(dashboard, admin, made)
    assert (done.state, done.created) == ("imported", count + 1)
    rows = await downloaded(dashboard, admin, f"{PATH}/{made.id}/links.csv")
    assert [row["Email"] for row in rows] == [
        "ann@customer.test",
        *(f"ann{number}@customer.test" for number in range(count)),
    ]
    assert rows[0]["Name"] == "'=Ann Lee"
    urls = {row["Address"] for row in rows}
    assert len(urls) == count + 1
    assert all(url.startswith(f"{dashboard.url}/.") for url in urls)
    text = await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    assert "Links are made" in text
    assert "Show more" in text
    for path in (f"{PATH}/{made.id}", f"{PATH}/{made.id}/links.csv"):
        assert (await dashboard.get(member, path)).status == 404
    assert made.id not in await (await dashboard.get(member, PATH)).text()


async def test_the_same_list_makes_no_second_link(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    made = await sent_list(dashboard, admin, workspace.page, a_list(3))
    for _ in range(2):
        await made_links(dashboard, admin, made)
        again = await sent_list(dashboard, admin, workspace.page, a_list(3))
        assert (again.id, again.state) == (made.id, "imported")
    assert len(await people_of(admin)) == 3
    other = await sent_list(dashboard, admin, workspace.page, a_list(3), note="another fair")
    theirs = await sent_list(dashboard, member, workspace.page, a_list(3))
    assert len({made.id, other.id, theirs.id}) == 3


async def test_a_list_that_was_discarded_can_be_sent_again(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    made = await sent_list(dashboard, admin, workspace.page, a_list(2))
    await dashboard.post(admin, f"{PATH}/{made.id}/end")
    assert (await the_import(dashboard, made.id)).state == "cancelled"
    again = await sent_list(dashboard, admin, workspace.page, a_list(2))
    assert (again.id != made.id, again.state) == (True, "checked")
    await dashboard.store.client.delete(dashboard.store.keys(WORKSPACE).imported_file(again.id))
    assert "Lists are kept for 24 hours." in await (await dashboard.get(admin, f"{PATH}/{again.id}")).text()
    third = await sent_list(dashboard, admin, workspace.page, a_list(2))
    assert (await made_links(dashboard, admin, third)).created == 2


async def test_two_windows_that_send_one_list_at_once(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    both = await asyncio.gather(
        *(sent_list(dashboard, admin, workspace.page, a_list(2 * ROWS_AT_ONCE)) for _ in range(2))
    )
    assert both[0].id == both[1].id
    await work(dashboard.services)
    await asyncio.gather(*(dashboard.post(admin, f"{PATH}/{both[0].id}/start") for _ in range(2)))
    await work(dashboard.services)
    assert (await the_import(dashboard, both[0].id)).created == 2 * ROWS_AT_ONCE
    assert len(await downloaded(dashboard, admin, "/dashboard/links.csv")) == 2 * ROWS_AT_ONCE


async def test_a_worker_that_died_between_writing_and_noting_doubles_nothing(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await sent_list(dashboard, admin, workspace.page, a_list(3))
    await dashboard.post(admin, f"{PATH}/{made.id}/start")
    job = job_of_timer(
        Timer("links.import", "record", f"import:{made.id}", dashboard.clock.now).text(WORKSPACE),
        dashboard.clock.now,
    )

    async def die(*_arguments: Any, **_more: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as killed:
        killed.setattr(import_run, "note_import", die)
        with pytest.raises(RuntimeError):
            await run_import(PEOPLE, dashboard.services, job)
    assert len(await people_of(admin)) == 3
    await asyncio.gather(*(run_import(PEOPLE, dashboard.services, job) for _ in range(2)))
    done = await the_import(dashboard, made.id)
    assert (done.state, done.created) == ("imported", 3)
    assert len(await people_of(admin)) == 3


async def test_links_that_cannot_be_made_any_more_are_told(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await admin.new_page(workspace.event_type, title="For a day", slug="for-a-day")
    made = await sent_list(dashboard, admin, page, a_list(2))
    await admin.delete(f"/booking-pages/{page['id']}")
    done = await made_links(dashboard, admin, made)
    assert (done.state, done.created, done.refused) == ("imported", 0, 2)
    assert "There is no such page." in await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()


async def test_columns_are_asked_for_if_they_are_not_clear(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    people = "Wer,Erreichbar,Seit\nAnn Lee,ann@customer.test,2020\n"
    made = await sent_list(dashboard, admin, workspace.page, people)
    assert made.state == "uploaded"
    text = await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    assert "Name of the custom field" not in text
    answer = await dashboard.post(admin, f"{PATH}/{made.id}", **{"columns.0": "tags", "columns.1": "email"})
    assert errors_in(await answer.text()) == ["Choose one of these."]
    await dashboard.post(admin, f"{PATH}/{made.id}", **{"columns.0": "name", "columns.1": "email"})
    await work(dashboard.services)
    assert (await the_import(dashboard, made.id)).accepted == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Paste a list of people, or choose a file."),
        ({"people": "Name,E-Mail\n"}, "There is nobody in this list besides the names of its columns."),
        ({"people": a_list(1), "file": a_list(1).encode()}, "Paste a list or choose a file, not both."),
        (
            {"people": 'Ann,"ann@customer.test'},
            "In row 1, a quotation mark is opened and not closed.",
        ),
        ({"people": a_list(1001)}, "The list has more than 1,000 people. Divide it."),
        (
            {"file": b"PK\x03\x04" + bytes(500)},
            "This file is a workbook. Save the table as CSV (UTF-8) first.",
        ),
        ({"file": b"x" * (2 * 1024 * 1024)}, "The list is larger than 2 MB. Divide it."),
        ({"people": a_list(1), "expiry": "days"}, "This field is required."),
        ({"people": a_list(1), "event_type": "nothing"}, "This page has no such event type."),
        ({"people": a_list(1), "page": "nothing"}, "There is no such page."),
    ],
    ids=[
        "nothing",
        "a header",
        "both",
        "an open quotation mark",
        "too many",
        "a workbook",
        "too large",
        "no days",
        "no type",
        "no page",
    ],
)
async def test_a_list_that_cannot_be_taken_leaves_nothing(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, fields: dict[str, Any], sentence: str
) -> None:
    answer = await send_list(dashboard, admin, workspace.page, **fields)
    text = await answer.text()
    assert answer.status == 422
    assert sentence in text
    if "people" in fields and not {"page", "event_type", "expiry"} & {*fields}:
        assert 'id="people-error"' in text  # beside what is wrong
    if 0 < len(fields.get("people", "")) < 1000 and "page" not in fields:
        assert fields["people"].strip() in html.unescape(text)  # what was typed is kept
    assert [key async for key in dashboard.store.client.scan_iter("*:import*")] == []


async def test_a_user_leaves_few_lists(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    for number in range(MOST_OPEN):
        await sent_list(dashboard, admin, workspace.page, a_list(1, number))
    answer = await send_list(dashboard, admin, workspace.page, a_list(1, 9))
    assert "3 of your lists wait already." in await answer.text()
    await sent_list(dashboard, member, workspace.page, a_list(1, 9))


async def test_a_person_who_was_erased_gets_no_link(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    made = await sent_list(dashboard, admin, workspace.page, a_list(3))
    await admin.post("/erasures", {"email": "ann1@customer.test"})
    await work(dashboard.services)
    await made_links(dashboard, admin, made)
    assert await people_of(admin) == ["ann0@customer.test", "ann2@customer.test"]
