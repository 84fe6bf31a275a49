"""`/o/oauth2/v2/auth`: the page that asks for an account and its consent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from admitone.fakegoogle.api.discovery import known_scopes
from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.errors import AuthorizationError
from admitone.fakegoogle.oauth import tokens
from admitone.fakegoogle.oauth.authorization_request import parse
from admitone.fakegoogle.templates import page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.fakegoogle.oauth.authorization_request import AuthorizationRequest
    from admitone.fakegoogle.records import Account
    from admitone.fakegoogle.state import State

SIGN_IN_SCOPES = frozenset(
    (
        "openid",
        "https://www.googleapis.com/auth/userinfo.email",
        "https://www.googleapis.com/auth/userinfo.profile",
    )
)


async def show(request: web.Request) -> web.Response:
    """GET: a button for each account, and a checkbox for each scope that may be withheld."""
    state = request.app[STATE]
    try:
        asked = parse(request.query, state.data.clients)
    except AuthorizationError as error:
        return _refusal(error)
    if "none" in asked.prompts:
        return _silent(state, asked)
    return page(
        "consent.html",
        client_id=asked.client_id,
        accounts=_accounts(state, asked),
        scopes=[(scope, known_scopes()[scope], scope in SIGN_IN_SCOPES) for scope in asked.scopes],
        action=request.path_qs,
    )


async def answer(request: web.Request) -> web.Response:
    """POST `account=<address>`, and `withhold=<scope>` for each refused scope: redirect with a code."""
    state = request.app[STATE]
    form = await request.post()
    try:
        asked = parse(request.query, state.data.clients)
        if "cancel" in form:
            return _redirect(asked, {"error": "access_denied"})
        account = state.data.accounts.get(str(form.get("account", "")))
        if account is None:
            raise AuthorizationError("invalid_request", "There is no such account here.")
    except AuthorizationError as error:
        return _refusal(error)
    withheld = set(map(str, form.getall("withhold", []))) - SIGN_IN_SCOPES
    return _consented(state, asked, account, [scope for scope in asked.scopes if scope not in withheld])


def _accounts(state: State, asked: AuthorizationRequest) -> list[Account]:
    """The accounts of the domain `hd`, the hinted one first. Like Google's, this filter is no guarantee."""

    def shown(account: Account) -> bool:
        return asked.hd is None or account.hd == asked.hd or (asked.hd == "*" and account.hd is not None)

    def is_not_hinted(account: Account) -> bool:
        return asked.login_hint not in (account.email, account.subject)

    return sorted(filter(shown, state.data.accounts.values()), key=is_not_hinted)


def _silent(state: State, asked: AuthorizationRequest) -> web.Response:
    """`prompt=none`: redirect without a page, if the hinted account has allowed all scopes before."""
    accounts = [
        account
        for account in state.data.accounts.values()
        if asked.login_hint in (account.email, account.subject)
    ]
    if not accounts:
        return _redirect(asked, {"error": "login_required"})
    grant = tokens.grant_of(state.data, asked.client_id, accounts[0].email)
    if grant is None or not grant.scopes.issuperset(asked.scopes):
        return _redirect(asked, {"error": "consent_required"})
    return _consented(state, asked, accounts[0], asked.scopes)


def _consented(
    state: State, asked: AuthorizationRequest, account: Account, allowed: Iterable[str]
) -> web.Response:
    code, scopes = tokens.issue_code(state.data, asked, account, allowed)
    values = {"code": code, "scope": " ".join(scopes), "authuser": "0"}
    if account.hd is not None:
        values["hd"] = account.hd
    values["prompt"] = " ".join(sorted(asked.prompts)) or "consent"
    return _redirect(asked, values)


def _redirect(asked: AuthorizationRequest, values: dict[str, str]) -> web.Response:
    if asked.state is not None:
        values = {"state": asked.state, **values}
    separator = "&" if "?" in asked.redirect_uri else "?"
    location = f"{asked.redirect_uri}{separator}{urlencode(values)}"
    headers = {"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return web.Response(status=302, headers=headers)


def _refusal(error: AuthorizationError) -> web.Response:
    return page("refusal.html", status=error.status, error=error.error, description=error.description)
