"""Files of contacts, and the steps of an import as forms send them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import aiohttp

from admitone.domain import tokens
from admitone.store.records.file_imports import read_import
from admitone.worker.jobs import JOBS
from admitone.worker.worker import Worker
from tests.support.factories import WORKSPACE
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from admitone.domain.imports.file_import import FileImport
    from admitone.usecases.shared.services import Services
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

PATH = "/dashboard/contacts/import"
HEADER = "First name,Last name,E-mail,Company,Tags\n"
COLUMNS = {
    "columns.0": "first_name",
    "columns.1": "last_name",
    "columns.2": "email",
    "columns.3": "field:",
    "columns.3.field": "company",
    "columns.4": "tags",
    "tags": "Fair 2026",
}
"""What is chosen for HEADER."""


def a_file(count: int, first: int = 0) -> str:
    """A file of so many contacts, numbered from `first`."""
    rows = range(first, first + count)
    return HEADER + "".join(f"Ann{n},Lee,ann{n}@customer.test,Acme {n % 7},Lead\n" for n in rows)


async def upload(
    dashboard: DashboardServer, user: Api, content: str | bytes, name: str = "people.csv"
) -> aiohttp.ClientResponse:
    """POST a file as the form does."""
    token = await dashboard.session(user)
    form = aiohttp.FormData()
    form.add_field("csrf", tokens.address("csrf", token))
    data = content.encode() if isinstance(content, str) else content
    form.add_field("file", io.BytesIO(data), filename=name, content_type="text/csv")
    answer = await dashboard.http.post(
        f"{dashboard.url}{PATH}",
        data=form,
        headers={"Accept": "text/html", "Cookie": f"admitone={token}"},
        allow_redirects=False,
    )
    await answer.read()
    return answer


async def uploaded(dashboard: DashboardServer, user: Api, content: str | bytes) -> str:
    """The id of a new import of a file."""
    answer = await upload(dashboard, user, content)
    assert answer.status == 303, errors_in(await answer.text())
    return answer.headers["Location"].rpartition("/")[2]


async def checked(dashboard: DashboardServer, user: Api, content: str | bytes, **columns: str) -> FileImport:
    """A new import of a file, which is checked with COLUMNS, or with others."""
    import_id = await uploaded(dashboard, user, content)
    answer = await dashboard.post(user, f"{PATH}/{import_id}", **(columns or COLUMNS))
    assert answer.status == 303, errors_in(await answer.text())
    await work(dashboard.services)
    return await the_import(dashboard, import_id)


async def imported(dashboard: DashboardServer, user: Api, content: str | bytes) -> FileImport:
    """An import that has ended."""
    made = await checked(dashboard, user, content)
    answer = await dashboard.post(user, f"{PATH}/{made.id}/start")
    assert answer.status == 303
    await work(dashboard.services)
    return await the_import(dashboard, made.id)


async def the_import(dashboard: Any, import_id: str) -> FileImport:
    """The import as it is stored."""
    made = await read_import(dashboard.store, WORKSPACE, import_id)
    assert made is not None
    return made


async def work(services: Services) -> None:
    """Do the jobs that are due."""
    worker = Worker(services, "worker", jobs=JOBS)
    await work_off(worker)
    await worker.close()


def errors_in(text: str) -> list[str]:
    """The errors beside the fields of a form."""
    return re.findall(r'class="error"[^>]*>([^<]*)<', text)
