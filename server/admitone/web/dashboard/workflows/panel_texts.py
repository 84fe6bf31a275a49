"""What autosave needs after a form was sent: texts of the editor, and not its whole page.

The form goes to the same handler as without a script. Where somebody else has changed the draft, the answer
is the page: there is more to show than texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.workflows.missing import TRIGGER
from admitone.web.http.body import respond_json
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from aiohttp import web

    from admitone.web.dashboard.workflows.cards import Card, Lane


class PanelTexts(msgspec.Struct, frozen=True):
    """The draft's revision and name, and what is wrong in the form, by field.

    By the id of a card, `says` has the sentences of the card whose form was sent, and `missing` the first
    problem of each card that has one. `has_hook`: the panel shows an inbound hook.
    """

    revision: int
    name: str
    errors: Mapping[str, str]
    says: Mapping[str, Sequence[str]]
    missing: Mapping[str, str]
    has_hook: bool


def takes_texts(request: web.Request) -> bool:
    """Whether the request is autosave's."""
    return request.headers.get("Accept", "").startswith("application/json")


async def answer_saved(
    request: web.Request, show: Callable[[web.Request], Awaitable[web.Response]]
) -> web.Response:
    """After a panel's form was saved: the panel's texts for autosave, else the way to its page."""
    return await show(request) if takes_texts(request) else lead_to(request.path, told="saved")


def respond_texts(request: web.Request, context: Mapping[str, Any], status: int) -> web.Response:
    """The texts of the editor that `context` describes, as its page would show them."""
    say = reader_of(request, part="dashboard").texts.say
    problems = {TRIGGER: context["trigger_problems"]}
    says = {TRIGGER: context["trigger_says"]} if context["panel"] == TRIGGER else {}
    for card in _cards(context["lane"]):
        problems[f"step-{card.step.id}"] = card.problems
        if card.step.id == context["current"]:
            says[f"step-{card.step.id}"] = [card.says, *card.details]
    texts = PanelTexts(
        revision=context["revision"],
        name=context["draft"].name,
        errors={field: say(error) for field, error in context["errors"].items()},
        says={card: [say(one) for one in sentences] for card, sentences in says.items()},
        missing={card: say(found[0]) for card, found in problems.items() if found},
        has_hook=context.get("hook") is not None and context["draft"].trigger.kind == "hook",
    )
    return respond_json(texts, status)


def _cards(lane: Lane) -> Iterator[Card]:
    for card in lane.cards:
        yield card
        for below in card.lanes:
            yield from _cards(below)
