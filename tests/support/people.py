"""Lists of people who get a link each, as the form sends them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import aiohttp

from admitone.domain import tokens
from tests.support.contacts.imports import errors_in, the_import, work

if TYPE_CHECKING:
    from admitone.domain.imports.file_import import FileImport
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

PATH = "/dashboard/links/many"


def a_list(count: int, first: int = 0) -> str:
    """So many people, numbered from `first`, without names of columns."""
    return "".join(f"Ann Lee {number}, ann{number}@customer.test\n" for number in range(first, first + count))


async def send_list(
    dashboard: DashboardServer, user: Api, target: Any, people: str = "", file: bytes = b"", **fields: str
) -> aiohttp.ClientResponse:
    """POST a list as the form does."""
    token = await dashboard.session(user)
    form = aiohttp.FormData()
    form.add_field("csrf", tokens.address("csrf", token))
    for name, value in {"page": target["id"], "people": people, **fields}.items():
        form.add_field(name, value)
    form.add_field("file", io.BytesIO(file), filename="people.csv" if file else "", content_type="text/csv")
    answer = await dashboard.http.post(
        f"{dashboard.url}{PATH}",
        data=form,
        headers={"Accept": "text/html", "Cookie": f"admitone={token}"},
        allow_redirects=False,
    )
    await answer.read()
    return answer


async def sent_list(
    dashboard: DashboardServer, user: Api, target: Any, people: str = "", file: bytes = b"", **fields: str
) -> FileImport:
    """The import of a list that was taken."""
    answer = await send_list(dashboard, user, target, people, file, **fields)
    assert answer.status == 303, errors_in(await answer.text())
    return await the_import(dashboard, answer.headers["Location"].rpartition("/")[2])


async def made_links(dashboard: DashboardServer, user: Api, made: FileImport) -> FileImport:
    """The import after its links were made."""
    answer = await dashboard.post(user, f"{PATH}/{made.id}/start")
    assert answer.status == 303
    await work(dashboard.services)
    return await the_import(dashboard, made.id)
