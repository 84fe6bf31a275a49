"""One POST never consumes: who posts every field of a page without our script's mark changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.customer.form_filler import fillings
from tests.support.customer.host import path_of
from tests.support.customer.stored import stored
from tests.support.customer.visitor import CARLA, MARK

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "phone", "label": "Telephone", "kind": "phone", "required": True},
    {"id": "agreed", "label": "I have read the terms", "kind": "checkbox", "required": True},
]
KINDS = (
    "one-time",
    "personalised",
    "personalised form",
    "general",
    "questions",
    "master page",
    "master page link",
    "reschedule",
    "cancel",
    "erase",
)


async def path_to(kind: str, host: Host, master: Any) -> str:
    """The path of a page of that kind whose form consumes something."""
    match kind:
        case "personalised" | "personalised form":
            path = path_of(await host.link(person=CARLA))
            return path if kind == "personalised" else f"{path}?skip=0"
        case "general":
            return "/hanna-page"
        case "questions":
            await host.change("page", form=QUESTIONS)
        case "master page" | "master page link":
            path = "/talk-to-us" if kind == "master page" else path_of(await host.api.new_link(master))
            return f"{path}?event_type={host.event_type['id']}"
        case "reschedule" | "cancel" | "erase":
            return f"{await host.booked(TEN)}/{kind}"
    return await host.path()


@pytest.mark.parametrize("kind", KINDS)
async def test_who_posts_every_field_once_changes_nothing(
    host: Host, visitor: Visitor, master: Any, kind: str
) -> None:
    path = await path_to(kind, host, master)
    page = await visitor.page(path)
    before = await stored(host.deployment.store.client)
    action = page.form().attributes["action"] or path
    sent = list(fillings(page))
    for fields in sent[:8]:
        answer = await visitor.post(action, fields)
        stays = fields.get("start") == TEN and kind == "reschedule"  # a move to its own start changes nothing
        assert answer.status == (303 if stays else 200), answer
        assert await stored(host.deployment.store.client) == before
    # The fields were complete: with the mark of a person they do it.
    done = await visitor.post(action, sent[0] | MARK)
    assert done.location.startswith("/manage/")
    assert await stored(host.deployment.store.client) != before
