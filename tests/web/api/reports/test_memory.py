"""A long table takes no more memory than a short one."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

from tests.support.api.calling import created
from tests.support.sizes import size

if TYPE_CHECKING:
    from tests.support.api.calling import Api

ROWS = size(100_000, 1_000)
MORE = 1 << 19
"""Bytes that differ between any two calls."""


async def peak(api: Api) -> tuple[int, int]:
    """The lines of a table, and the bytes that were in use at most while it was sent and thrown away."""
    tracemalloc.start()
    headers = {"Authorization": f"Bearer {api.key}"}
    lines = 0
    async with api.http.get(f"{api.server}/api/v1/reports/links.csv", headers=headers) as answer:
        async for chunk in answer.content.iter_any():
            lines += chunk.count(b"\r\n")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return lines, most


async def test_thousands_of_links_take_the_memory_of_one_part(admin: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())

    async def make(number: int) -> None:
        people: list[Any] = [{"name": f"Carla {n}", "email": f"c{n}@x.test"} for n in range(number)]
        created(await admin.post("/links/batch", {"page": page["id"], "people": people}))

    await make(200)
    assert (await admin.get("/reports/links.csv")).status == 200
    lines, short = await peak(admin)
    assert lines == 201
    for _ in range(ROWS // 1000):
        await make(1000)
    lines, long = await peak(admin)
    assert lines == 201 + ROWS
    assert long < short + MORE
