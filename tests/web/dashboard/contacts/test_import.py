"""A file of contacts is uploaded, its columns are chosen, it is checked, and then imported."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from admitone.domain import tokens
from admitone.domain.contacts.contact import MOST_DIFFERENT_TAGS
from admitone.domain.imports.file_import import KEPT_FOR, MOST_OPEN, ROWS_AT_ONCE
from admitone.domain.jobs.job import Timer, job_of_timer
from admitone.store.records.file_imports import erase_from_file, read_part
from admitone.usecases.contacts.import_write import CONTACTS
from admitone.usecases.imports import import_run
from admitone.usecases.imports.import_run import run_import
from tests.support.contacts.imports import (
    COLUMNS,
    HEADER,
    PATH,
    a_file,
    checked,
    errors_in,
    imported,
    the_import,
    upload,
    uploaded,
    work,
)
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

FLAWED = HEADER + (
    "Ann,Lee,ann@customer.test,Acme,VIP\n"
    "=cmd|' /C calc'!A0,www.spam.example/x,=SUM(A1),,\n"
    "Bo,www.spam.example/x,bo@customer.test,,\n"
    "Cy,Lee,cy@customer.test,Acme,x,more,cells\n"
)


async def file_of(dashboard: DashboardServer, import_id: str) -> set[str]:
    """The fields of the file that is kept."""
    key = dashboard.store.keys(WORKSPACE).imported_file(import_id)
    names: Any = await dashboard.store.client.hkeys(key)
    return {name.decode() for name in names}


async def test_nothing_is_written_before_it_is_confirmed(dashboard: DashboardServer, admin: Api) -> None:
    made = await checked(dashboard, admin, a_file(3))
    assert (made.state, made.rows, made.refused) == ("checked", 3, 0)
    assert (await admin.get("/contacts")).items == []


async def test_an_import_creates_and_merges(dashboard: DashboardServer, admin: Api) -> None:
    await admin.post("/contacts", {"email": "Ann1@customer.test", "first_name": "Old", "phone": "1"})
    made = await imported(dashboard, admin, a_file(ROWS_AT_ONCE + 2))
    assert (made.state, made.created, made.merged, made.refused) == ("imported", ROWS_AT_ONCE + 1, 1, 0)
    [ann] = (await admin.get("/contacts?q=ann1@customer.test")).items
    assert (ann["first_name"], ann["phone"], ann["fields"]) == ("Ann1", "1", {"company": "Acme 1"})
    assert ann["tags"] == ["fair 2026", "lead"]
    assert await file_of(dashboard, made.id) == {"about"}
    again = await imported(dashboard, admin, a_file(2))
    assert (again.created, again.merged) == (0, 2)


async def test_an_import_is_one_entry_of_the_activity_stream(dashboard: DashboardServer, admin: Api) -> None:
    await imported(dashboard, admin, a_file(3))
    entries: Any = await dashboard.store.client.xrange(dashboard.store.keys(WORKSPACE).activity)
    told = [fields[b"event"].decode() for _, fields in entries if b"contact" in fields[b"event"]]
    assert len(told) == 1
    assert '"type":"contacts.imported"' in told[0]
    assert '"count":3' in told[0]


async def test_problems_are_shown_by_row_and_downloaded(dashboard: DashboardServer, admin: Api) -> None:
    made = await checked(dashboard, admin, FLAWED)
    assert (made.rows, made.refused, made.flawed, made.problems) == (4, 2, 1, 3)
    page = await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    assert "Row 3, <bdi>E-mail</bdi>" in page
    assert "Import 2 rows" in page
    answer = await dashboard.get(admin, f"{PATH}/{made.id}/problems.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="problems.csv"'
    rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["Row", "Column", "Value"],
        ["3", "E-mail", "'=SUM(A1)"],
        ["4", "Last name", "www.spam.example/x"],
        ["5", "", ""],
    ]
    assert rows[1][4] == "The row is not imported."
    assert rows[2][4] == "The row is imported without this value."


async def test_columns_can_be_changed_after_the_check(dashboard: DashboardServer, admin: Api) -> None:
    made = await checked(dashboard, admin, FLAWED)
    page = await (await dashboard.get(admin, f"{PATH}/{made.id}?columns=1")).text()
    assert 'value="company"' in page
    assert 'value="fair 2026"' in page
    others = {**COLUMNS, "columns.1": ""}
    await dashboard.post(admin, f"{PATH}/{made.id}", **others)
    await work(dashboard.services)
    made = await the_import(dashboard, made.id)
    assert (made.state, made.refused, made.flawed, made.problems) == ("checked", 2, 0, 2)


async def test_columns_that_do_not_fit_are_refused_at_their_place(
    dashboard: DashboardServer, admin: Api
) -> None:
    made = await uploaded(dashboard, admin, a_file(1))
    sent = {**COLUMNS, "columns.0": "email", "columns.3.field": "Company", "tags": "x" * 51}
    answer = await dashboard.post(admin, f"{PATH}/{made}", **sent)
    text = await answer.text()
    assert answer.status == 422
    assert errors_in(text) == [
        "Another column is used as this already.",
        "Use small letters, digits and underscores; begin with a letter.",
        "At most 50 characters.",
    ]
    assert 'value="Company"' in text
    answer = await dashboard.post(admin, f"{PATH}/{made}", **{"columns.0": "name"})
    assert "Choose the column that has the email addresses." in await answer.text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file has no rows besides the names of its columns."),
        (HEADER.encode(), "This file has no rows besides the names of its columns."),
        (b"PK\x03\x04" + bytes(500), "This file is a workbook. Save the table as CSV (UTF-8) first."),
        (b"a," * 1_000_000, "Row 1 is longer than 65,536 characters. Is a quotation mark not closed?"),
        (a_file(2000).encode() + b'"', "In row 2002, a quotation mark is opened and not closed."),
        (bytes(21 * 1024 * 1024), "The file is larger than 20 MB. Divide it."),
    ],
    ids=["empty", "only a header", "a workbook", "a million columns", "an open quotation mark", "too large"],
)
async def test_a_file_that_cannot_be_read_leaves_nothing(
    dashboard: DashboardServer, admin: Api, content: bytes, sentence: str
) -> None:
    answer = await upload(dashboard, admin, content)
    assert answer.status == 422
    assert errors_in(await answer.text()) == [sentence]
    assert [key async for key in dashboard.store.client.scan_iter("*:import*")] == []


async def test_a_form_without_a_file(dashboard: DashboardServer, admin: Api) -> None:
    answer = await upload(dashboard, admin, b"", name="")
    assert errors_in(await answer.text()) == ["Choose a file first."]


async def test_an_upload_from_another_site_is_not_even_read(dashboard: DashboardServer, admin: Api) -> None:
    """As with every form, its token comes first."""
    token = await dashboard.session(admin)
    form = aiohttp.FormData()
    form.add_field("file", a_file(3), filename="people.csv", content_type="text/csv")
    form.add_field("csrf", tokens.address("csrf", token))
    headers = {"Accept": "text/html", "Cookie": f"admitone={token}"}
    answer = await dashboard.http.post(f"{dashboard.url}{PATH}", data=form, headers=headers)
    assert answer.status == 403
    assert [key async for key in dashboard.store.client.scan_iter("*:import*")] == []


async def test_two_uploads_at_once_are_two_imports(dashboard: DashboardServer, admin: Api) -> None:
    one, other = await asyncio.gather(
        uploaded(dashboard, admin, a_file(300)), uploaded(dashboard, admin, a_file(300, 150))
    )
    assert one != other
    for made in (one, other):
        await dashboard.post(admin, f"{PATH}/{made}", **COLUMNS)
    await work(dashboard.services)
    await asyncio.gather(*(dashboard.post(admin, f"{PATH}/{made}/start") for made in (one, other)))
    await work(dashboard.services)
    done = [await the_import(dashboard, made) for made in (one, other)]
    assert sum(made.created for made in done) == 450
    assert sum(made.merged for made in done) == 150


async def test_a_workspace_keeps_few_files(dashboard: DashboardServer, admin: Api) -> None:
    made = [await uploaded(dashboard, admin, a_file(1)) for _ in range(MOST_OPEN)]
    answer = await upload(dashboard, admin, a_file(1))
    assert "3 files already wait for their import." in errors_in(await answer.text())[0]
    await dashboard.post(admin, f"{PATH}/{made[0]}/end")
    assert await file_of(dashboard, made[0]) == set()
    await uploaded(dashboard, admin, a_file(1))


async def test_a_file_is_kept_sealed_for_a_day(dashboard: DashboardServer, admin: Api) -> None:
    made = await checked(dashboard, admin, a_file(3))
    store = dashboard.store
    key = store.keys(WORKSPACE).imported_file(made.id)
    assert 0 < await store.client.ttl(key) <= KEPT_FOR
    kept: Any = await store.client.hvals(key)
    assert b"customer.test" not in b"".join(kept)
    await store.client.delete(key)
    page = await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    assert "Files are kept for 24 hours." in page
    assert "A file that is no longer kept" in await (await dashboard.get(admin, PATH)).text()
    await dashboard.post(admin, f"{PATH}/{made.id}/start")
    await work(dashboard.services)
    assert (await the_import(dashboard, made.id)).state == "failed"


async def test_an_import_is_stopped(dashboard: DashboardServer, admin: Api) -> None:
    made = await checked(dashboard, admin, a_file(3))
    await dashboard.post(admin, f"{PATH}/{made.id}/start")
    await dashboard.post(admin, f"{PATH}/{made.id}/end")
    await work(dashboard.services)
    stopped = await the_import(dashboard, made.id)
    assert (stopped.state, stopped.created) == ("cancelled", 0)
    assert "Stopped" in await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    for late in ("start", "end"):
        await dashboard.post(admin, f"{PATH}/{made.id}/{late}")
    assert await the_import(dashboard, made.id) == stopped


async def test_two_workers_on_one_import_double_nothing(dashboard: DashboardServer, admin: Api) -> None:
    """As after a pause in which another worker took the job over."""
    made = await checked(dashboard, admin, a_file(2 * ROWS_AT_ONCE))
    await dashboard.post(admin, f"{PATH}/{made.id}/start")
    timer = Timer("contacts.import", "record", f"import:{made.id}", dashboard.clock.now)
    job = job_of_timer(timer.text(WORKSPACE), dashboard.clock.now)
    await asyncio.gather(*(run_import(CONTACTS, dashboard.services, job) for _ in range(2)))
    done = await the_import(dashboard, made.id)
    assert (done.state, done.created, done.merged) == ("imported", 2 * ROWS_AT_ONCE, 0)


async def test_an_import_waits_while_much_work_is_left(
    dashboard: DashboardServer, admin: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each contact causes events, and whoever books meanwhile waits for a mail behind them."""
    made = await checked(dashboard, admin, a_file(2 * ROWS_AT_ONCE))
    monkeypatch.setattr(import_run, "MOST_WAITING", ROWS_AT_ONCE)
    await dashboard.post(admin, f"{PATH}/{made.id}/start")
    await work(dashboard.services)
    assert (await the_import(dashboard, made.id)).position == 1
    dashboard.clock.forward(seconds=1)
    await work(dashboard.services)
    assert (await the_import(dashboard, made.id)).state == "imported"


async def test_rows_that_cannot_be_merged_are_refused(dashboard: DashboardServer, admin: Api) -> None:
    tags = [f"tag {number}" for number in range(50)]
    await admin.post("/contacts", {"email": "ann1@customer.test", "tags": tags})
    made = await imported(dashboard, admin, a_file(3))
    assert (made.created, made.merged, made.refused, made.problems) == (2, 0, 1, 1)
    page = await (await dashboard.get(admin, f"{PATH}/{made.id}")).text()
    assert "A contact has at most 50 tags." in page


async def test_more_tags_than_one_script_may_name(dashboard: DashboardServer, admin: Api) -> None:
    rows = [f"A,B,a{row}@customer.test,,{';'.join(f'{row} {tag}' for tag in range(9))}" for row in range(120)]
    made = await imported(dashboard, admin, HEADER + "\n".join(rows))
    assert (made.state, made.created, made.refused) == ("imported", 120, 0)


@pytest.mark.parametrize("path", ["nothing", "0" * 16, "aaaaaaaaaaaaaaaa:file"])
async def test_an_unknown_import(dashboard: DashboardServer, admin: Api, path: str) -> None:
    assert (await dashboard.get(admin, f"{PATH}/{path}")).status == 404
    assert (await dashboard.post(admin, f"{PATH}/{path}", **COLUMNS)).status == 404
    assert (await dashboard.post(admin, f"{PATH}/{path}/start")).status == 404


async def test_a_row_with_one_tag_too_many_for_the_workspace_is_refused(
    dashboard: DashboardServer, admin: Api
) -> None:
    tags: dict[Any, Any] = {f"t{number}": 1 for number in range(MOST_DIFFERENT_TAGS - 2)}
    key = dashboard.store.keys(WORKSPACE).contact_tags
    await dashboard.store.client.hset(key, mapping=tags)
    made = await imported(dashboard, admin, HEADER + "A,B,a@customer.test,,lead\nC,D,c@customer.test,,new\n")
    await dashboard.store.client.hdel(key, *tags)
    assert (made.created, made.refused, made.problems) == (1, 1, 1)
    assert [one["email"] for one in (await admin.get("/contacts")).items] == ["a@customer.test"]


async def test_erasing_an_address_leaves_the_rows_of_others(dashboard: DashboardServer, admin: Api) -> None:
    emails = ["bo@customer.test", "jo.bo@customer.test", "bo@customer.test.uk", "Bo <BO@Customer.test>"]
    rows = HEADER + "".join(f'A{n},B,a{n}@x.test,"x\n{email}",\n' for n, email in enumerate(emails))
    made = await checked(dashboard, admin, rows)
    await erase_from_file(dashboard.store, WORKSPACE, made.id, "bo@customer.test")
    left = await read_part(dashboard.store, WORKSPACE, made.id, 0)
    assert left is not None
    assert [row.cells[2] for row in left] == ["a1@x.test", "a2@x.test"]
