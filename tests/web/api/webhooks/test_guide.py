"""The guide's example is taken from the guide, and told true messages from false ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from admitone.domain.webhooks.webhook import EVENTS
from admitone.usecases.webhooks.webhook_message import MessageBooking, MessageData, WebhookMessage

if TYPE_CHECKING:
    from tests.support.webhooks.receiver import Receiver
    from tests.web.api.webhooks.conftest import WorkspaceWithWebhooks

GUIDE = (Path(__file__).parents[4] / "docs" / "webhooks.md").read_text()


def block(language: str) -> str:
    """The only block of code in this language."""
    [found] = re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    text: str = found
    return text


async def test_the_example_knows_our_messages_and_no_others(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    told: dict[str, Any] = {}
    exec(block("python"), told)  # noqa: S102 - the guide's own text
    is_ours = told["is_ours"]
    hook = await workspace.hook(receiver.url)
    await workspace.admin.new_link(await workspace.admin.new_page(await workspace.admin.new_event_type()))
    await workspace.work()
    [one] = receiver.received
    now = int(one.headers["webhook-timestamp"])
    assert is_ours(hook["secret"], one.headers, one.body, now)
    two = {**one.headers, "webhook-signature": f"v1,x {one.headers['webhook-signature']}"}
    assert is_ours(hook["secret"], two, one.body, now)
    assert not is_ours(hook["secret"], one.headers, one.body + b" ", now)
    assert not is_ours(hook["secret"], one.headers, one.body, now + 301)
    assert not is_ours(hook["secret"], {**one.headers, "webhook-id": "msg_other"}, one.body, now)
    assert not is_ours("whsec_AAAA", one.headers, one.body, now)


def test_the_message_has_the_fields_of_ours() -> None:
    example = json.loads(block("json"))
    assert tuple(example) == WebhookMessage.__struct_fields__
    assert (*example["data"], "run", "contact") == MessageData.__struct_fields__
    assert tuple(example["data"]["booking"]) == MessageBooking.__struct_fields__


def test_the_guide_names_every_event() -> None:
    assert all(f"`{event}`" in GUIDE for event in EVENTS)
