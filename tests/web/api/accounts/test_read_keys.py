"""A key that may only read is told nothing by which it could book, join or sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.scopes import AREAS
from admitone.web.routes import ROUTES
from tests.support.api.calling import Api, answered, created
from tests.support.store.full_workspace import fill_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.api.deployment import Deployment
    from tests.support.store.full_workspace import Names

LIVE = ("code_of_", "token_of_")


def secrets_of(names: Names) -> dict[str, str]:
    return {name: value for name, value in names.items() if name.startswith(LIVE)}


def reads(names: Names) -> Iterator[str]:
    """Every address that answers to GET with a key; every id takes every place for one."""
    ids = [value for name, value in names.items() if not name.startswith(LIVE)]
    for route in ROUTES:
        if route.method == "GET" and route.path.startswith("/api/v1/") and route.scope is not None:
            path = route.path.removeprefix("/api/v1")
            start, has_id, rest = path.partition("{")
            yield from [f"{start}{one}{rest.partition('}')[2]}" for one in ids] if has_id else [path]


async def told(api: Api, names: Names, secrets: dict[str, str]) -> set[tuple[str, str]]:
    """Which secrets an answer told, by the first part of the address."""
    found = set()
    for path in reads(names):
        text = (await api.get(path)).text
        found |= {(path.split("/")[1], name) for name, value in secrets.items() if value in text}
    return found


async def test_a_key_that_may_only_read_is_told_no_code_and_no_token(deployment: Deployment) -> None:
    names = await fill_workspace(deployment)
    admin = Api(deployment.http, deployment.url, names["key"], names["admin"])
    secrets = secrets_of(names)
    secrets["invitation"] = answered(await admin.get("/invitations"))["items"][0]["accept_url"].rsplit("/")[
        -1
    ]
    scopes = [f"{area}:read" for area in AREAS]
    person = Api(admin.http, admin.server, None, admin.user, names["session"])
    made = created(await person.post("/api-keys", {"label": "Reader", "scopes": scopes}))
    reader = Api(admin.http, admin.server, made["key"], admin.user)
    assert await told(reader, names, secrets) == set()
    assert {kind for kind, _ in await told(admin, names, secrets)} == {"links", "invitations", "reports"}
    [link] = [one for one in (await reader.get("/links")).items if one["id"] == names["link_plain"]]
    assert [link[field] for field in ("code", "url", "html", "text")] == [None] * 4
