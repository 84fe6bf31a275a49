"""Gmail on a phone: a draft, and beside it the add-on that is installed, drawn from its cards.

The pages work without scripts: a card is a form, and each of its buttons sends it.
"""

from __future__ import annotations

import copy
import secrets
from typing import TYPE_CHECKING, Any, get_args

from aiohttp import web

from admitone.fakegoogle.addon.answer import AnswerRefusedError, presses
from admitone.fakegoogle.addon.draft import OpenDraft, Platform
from admitone.fakegoogle.addon.host import Host
from admitone.fakegoogle.appkeys import ADDON, DRAFTS, HTTP, STATE
from admitone.fakegoogle.guard import check_origin
from admitone.fakegoogle.templates import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from multidict import MultiMapping

MOST_DRAFTS = 100
PRESS = "press"
"""The name of buttons; their value is the place of the action among those of the card."""


async def show(request: web.Request) -> web.Response:
    """GET `/gmail`: begin, as one of the accounts."""
    accounts = request.app[STATE].data.accounts.values()
    return page(
        "gmail.html", accounts=accounts, platforms=get_args(Platform), is_installed=_installed(request)
    )


async def begin(request: web.Request) -> web.Response:
    """POST `/gmail`: open the add-on beside the inbox, or beside a draft to the addresses that were typed."""
    form = await _form(request)
    account, platform = str(form.get("account", "")), str(form.get("platform", ""))
    if account not in request.app[STATE].data.accounts or platform not in get_args(Platform):
        raise web.HTTPBadRequest
    recipients = [part for part in str(form.get("to", "")).replace(",", " ").split() if "@" in part]
    draft = OpenDraft(account=account, platform=platform)  # type: ignore[arg-type]
    draft.recipients = None if form.get("where") == "inbox" else recipients
    drafts = request.app[DRAFTS]
    name = secrets.token_hex(8)
    drafts[name] = draft
    while len(drafts) > MOST_DRAFTS:
        drafts.pop(next(iter(drafts)))
    return await _done(request, name, draft, _host(request).open(draft))


async def show_draft(request: web.Request) -> web.Response:
    """GET `/gmail/NAME`: the draft, and the card on top."""
    draft = _draft(request)
    return page(
        "gmail_draft.html",
        draft=draft,
        account=request.app[STATE].data.accounts[draft.account],
        card=numbered(draft.card),
    )


async def press(request: web.Request) -> web.Response:
    """POST `/gmail/NAME`: press a button of the card, or allow what the add-on asked for."""
    draft, form = _draft(request), await _form(request)
    name = request.match_info["name"]
    if form.get("allow"):
        return await _done(request, name, draft, _host(request).allow(draft))
    actions = presses(draft.card)
    place = str(form.get(PRESS, ""))
    if not place.isascii() or not place.isdigit() or int(place) >= len(actions):
        raise web.HTTPBadRequest
    parameters = {pair["key"]: pair["value"] for pair in actions[int(place)].get("parameters", [])}
    inputs = {
        field.removeprefix("f:"): [str(value) for value in form.getall(field)]
        for field in form
        if field.startswith("f:")
    }
    return await _done(request, name, draft, _host(request).press(draft, parameters, inputs))


async def _done(request: web.Request, name: str, draft: OpenDraft, doing: Any) -> web.Response:
    try:
        await doing
    except AnswerRefusedError as refusal:
        draft.notice = f"Something went wrong with the add-on: {refusal}"
    raise web.HTTPSeeOther(f"/gmail/{name}")


async def _form(request: web.Request) -> MultiMapping[Any]:
    check_origin(request)
    return await request.post()


def numbered(card: dict[str, Any] | None) -> dict[str, Any] | None:
    """A copy of a card in which each action has its `place`."""
    found = copy.deepcopy(card)
    for place, action in enumerate(presses(found)):
        action["place"] = place
    return found


def _installed(request: web.Request) -> bool:
    return ADDON in request.app


def _host(request: web.Request) -> Host:
    if not _installed(request):
        raise web.HTTPNotFound
    return Host(request.app[STATE], request.app[ADDON], request.app[HTTP])


def _draft(request: web.Request) -> OpenDraft:
    draft = request.app[DRAFTS].get(request.match_info["name"])
    if draft is None:
        raise web.HTTPNotFound
    return draft


ROUTES: Sequence[web.RouteDef] = (
    web.get("/gmail", show),
    web.post("/gmail", begin),
    web.get("/gmail/{name}", show_draft),
    web.post("/gmail/{name}", press),
)
