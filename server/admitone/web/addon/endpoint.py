"""`POST /addon`: who calls is verified before anything is read or done.

First that Google's add-on service sent the request, then which scopes the user allowed, then who they are.
The body holds tokens and addresses, and is never logged.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.errors import Kind, NotFound, Refusal, Unauthenticated, invalid
from admitone.google.addon_tokens import verify_system_token, verify_user_token
from admitone.google.errors import GoogleRefused
from admitone.store.records.operations import keyed_operation
from admitone.texts.message import message
from admitone.usecases.accounts.addon_caller import addon_caller
from admitone.web.addon import answers
from admitone.web.addon.actions import ACTIONS, INSERTING, open_compose, open_home
from admitone.web.addon.cards.states import trouble, unknown_user
from admitone.web.addon.event import AddonEvent
from admitone.web.addon.scopes import COMPOSE, EMAIL
from admitone.web.addon.use import Use, clock_of, endpoint, texts_of
from admitone.web.http.appkeys import ADDON, CONFIG, SERVICES
from admitone.web.http.body import read_body, respond_json
from admitone.web.http.caller import bearer_token

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.google.id_token import GoogleIdentity
    from admitone.store.records.operations import Operation
    from admitone.web.addon.answers import Answer

SECONDS = 8.0
"""For one answer; Google shows an error of its own when it has waited for about ten."""
SLOW = message("The server takes too long. Try again in a moment; nothing is done twice.")

log = structlog.get_logger()


async def answer(request: web.Request) -> web.Response:
    """Answer Google's add-on service."""
    if ADDON not in request.app:
        raise NotFound
    event: AddonEvent | None = None
    try:
        async with asyncio.timeout(SECONDS):
            await _verify_system(request)
            event = await _read_event(request)
            return respond_json(await _answered(request, event))
    except TimeoutError:
        return respond_json(_trouble(event, SLOW))
    except GoogleRefused as refusal:
        log.info("addon-refused", reason=refusal.reason)
        raise Unauthenticated from None
    except Refusal as refusal:
        if isinstance(refusal, Unauthenticated) or (event is None and refusal.kind is not Kind.UNAVAILABLE):
            raise
        return respond_json(_trouble(event, refusal.detail))


async def _verify_system(request: web.Request) -> None:
    config, token = request.app[CONFIG], bearer_token(request)
    if not token or config.addon_service_account is None:
        raise Unauthenticated
    await verify_system_token(
        token,
        request.app[ADDON],
        endpoint=endpoint(request.app[SERVICES]),
        service_account=config.addon_service_account,
    )


async def _read_event(request: web.Request) -> AddonEvent:
    try:
        return msgspec.json.decode(await read_body(request), type=AddonEvent)
    except msgspec.DecodeError:
        raise invalid("", message("The body is not an event of a Google Workspace add-on.")) from None


async def _answered(request: web.Request, event: AddonEvent) -> Answer:
    action = event.parameter("do")
    allowed = event.authorization_event_object.authorized_scopes
    if EMAIL not in allowed or (action in INSERTING and COMPOSE not in allowed):
        return answers.CONSENT
    token = event.authorization_event_object.user_id_token
    if token is None:
        return answers.CONSENT
    client_id = request.app[CONFIG].addon_client_id
    if client_id is None:
        raise Unauthenticated
    identity = await verify_user_token(token, request.app[ADDON], client_id=client_id)
    services = request.app[SERVICES]
    caller = await addon_caller(services, identity, _operation(event, identity))
    if caller is None:
        card = unknown_user(texts_of(event), services.public_url)
        return answers.updated(card) if action else answers.pushed(card)
    use = Use(services, caller, event, clock_of(event))
    if not action:
        return await (open_compose if event.is_compose else open_home)(use)
    if action not in ACTIONS:
        raise invalid("do", message("There is no such action."))
    return await ACTIONS[action](use)


def _operation(event: AddonEvent, identity: GoogleIdentity) -> Operation | None:
    """The operation of a pressed button.

    Google sends a request again after consent, and when it got no answer: that is the same operation. A card
    whose fields were changed before its button was pressed again is another one.
    """
    once = event.parameter("once")
    if not once:
        return None
    common = event.common_event_object
    given = msgspec.json.encode([common.parameters, common.form_inputs, event.recipients], order="sorted")
    return keyed_operation(f"addon {identity.subject}", f"{once} {given.hex()}", given)


def _trouble(event: AddonEvent | None, sentence: str) -> Answer:
    event = event or AddonEvent()
    card = trouble(texts_of(event), sentence)
    return answers.stacked(card) if event.parameter("do") else answers.pushed(card)
