"""The address of each row of web/routes.py, with an honest caller's credential and body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from admitone.domain import tokens
from admitone.domain.mail.unsubscribe_token import make_token
from admitone.web.http.route import Access
from admitone.web.http.scope import Special
from admitone.web.http.session_cookie import csrf_token
from admitone.web.openapi.operation import api_call
from tests.support.api.calling import CARLA, answered, booking_body, token_of
from tests.support.customer.markup import Page
from tests.support.customer.visitor import MARK
from tests.support.hostile.requests import PARAMETERS, Target
from tests.support.oauth.app import CHALLENGE, REDIRECT_URI, VERIFIER
from tests.support.roles.calls import body_of, form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import ClientSession

    from admitone.store.store import Store
    from admitone.web.http.route import Route
    from tests.support.api.calling import Api
    from tests.support.roles.workspace_with_everything import WorkspaceWithEverything

APP = "admitone-extension"
AUTHORIZE = {
    "response_type": "code",
    "client_id": APP,
    "redirect_uri": REDIRECT_URI,
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
    "state": "s",
}
TOKEN = {"client_id": APP, "code": "0" * 40, "code_verifier": VERIFIER, "redirect_uri": REDIRECT_URI}
FORMS: dict[str, Mapping[str, Any]] = {
    "/oauth/token": {"grant_type": "authorization_code", **TOKEN},
    "/hooks/{token}": {"email": "carla@customer.test", "name": "Carla"},
    "/unsubscribe/{token}": {"List-Unsubscribe": "One-Click"},
    "/oauth/revoke": {"client_id": APP, "token": "0" * 40},
}


OTHERS = {"{code}": "not-found", "{version}": "0", "{name:.+}": "tokens.css"}
"""Parameters of the open rows."""


class Known(NamedTuple):
    """What a customer may know of a workspace whose server is at `url`."""

    http: ClientSession
    url: str
    slug: str
    code: str
    token: str
    """A booking's manage token."""
    tokens: Mapping[str, str]
    """Other tokens, by what their paths begin with."""
    start: str


async def target_of(workspace: WorkspaceWithEverything, route: Route, caller: Api) -> Target:
    """A row's address as it is called by the user `caller`."""
    dashboard = workspace.dashboard
    invitation, workflow = await workspace.one("invitations"), await workspace.one("workflows")
    known = Known(
        dashboard.http,
        dashboard.url,
        (await workspace.one("pages"))["slug"],
        (await workspace.one("links"))["code"],
        token_of(await workspace.one("bookings")),
        await tokens_of(workspace.admin, dashboard.store, invitation["accept_url"], workflow["id"]),
        workspace.later(),
    )
    if route.access in {Access.OPEN, Access.CUSTOMER}:
        return await strangers_target(route, known)
    path = await workspace.path(route)
    parameters = _parameters(route)
    if route.path == "/oauth/authorize":
        path = f"{path}?{urlencode(AUTHORIZE)}"
    csrf = csrf_token(caller.session)
    if _is_api(route):
        body = await body_of(workspace, route.path, route.method) if route.limit.body else {}
        head = f"Authorization: Bearer {caller.key}"
        if route.scope is Special.SESSION:
            head = f"Cookie: admitone={caller.session}\r\nX-CSRF-Token: {csrf}"
        fields = {} if isinstance(body, bytes) else body  # a picture has none
        return Target(route.method, path, head.encode(), fields, parameters=parameters)
    form = {"csrf": csrf, **await form_of(workspace, route.path)} if route.limit.body else {}
    head = f"Cookie: admitone={caller.session}\r\nAccept: text/html"
    return Target(route.method, path, head.encode(), form, is_form=True, parameters=parameters)


async def tokens_of(admin: Api, store: Store, accept_url: str, workflow: str) -> dict[str, str]:
    """A token of an invitation, of a workflow's inbound hook and of an unsubscribe link."""
    hook = answered(await admin.get(f"/workflows/{workflow}/hook"))
    assert admin.key
    workspace = admin.key[: tokens.WORKSPACE_LENGTH]
    left = make_token(await store.unsubscribe_key.make(), workspace, "0" * 16, "carla@customer.test")
    return {
        "invite": accept_url.rpartition("/")[2],
        "hooks": hook["url"].rpartition("/")[2],
        "unsubscribe": left,
    }


async def strangers_target(route: Route, known: Known) -> Target:
    """The address of a row that is open, or that a code or a token opens."""
    path = route.path.replace("{slug:[a-z0-9-]+}", known.slug)
    if path.startswith("/api/v1/book/"):
        path = path.replace("{code}", known.slug)
    elif path.startswith("/.{code}"):
        path = path.replace("{code}", known.code)
    path = path.replace("{token}", known.tokens.get(path.split("/")[1], known.token))
    for name, value in OTHERS.items():
        path = path.replace(name, value)
    parameters = _parameters(route)
    if not route.limit.body:
        return Target(route.method, path, parameters=parameters)
    if _is_api(route):
        last = path.rpartition("/")[2]
        answers = {"answers": {"a": "b"}, "notes": "Hello", "timezone": "Europe/Paris"}
        bodies = {"cancel": {"reason": "Ill"}, "opened": {}, "reschedule": {"start": known.start}}
        body = bodies.get(last, booking_body(known.start, **answers))
        return Target(route.method, path, body=body, parameters=parameters)
    form = FORMS.get(route.path) or await _served_form(known, path)
    return Target(route.method, path, b"Accept: text/html", form, is_form=True, parameters=parameters)


async def _served_form(known: Known, path: str) -> Mapping[str, Any]:
    """The form that the page has, filled in by a person."""
    async with known.http.get(known.url + path.removesuffix("/resend")) as answer:
        forms = [form for form in Page(await answer.text()).forms if form.method == "POST"]
    served = forms[0].served if forms else {}
    return {**served, **CARLA, **MARK, "start": known.start, "reason": "Ill", "notes": "Hello"}


def _is_api(route: Route) -> bool:
    return route.path.startswith("/api/v1/")


def _parameters(route: Route) -> tuple[str, ...]:
    """Those that a call declares, for a page all that any page reads."""
    call = api_call(route.handler)
    if call is None:
        return PARAMETERS
    if call.query is None:
        return ("a",)
    return tuple(field.encode_name for field in msgspec.structs.fields(call.query))
