"""No app gets a code before its user has allowed it: the page that asks, and the consent that is kept."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from yarl import URL

from admitone.web.oauth.consent_cookie import LIFETIME
from tests.support.api.deployment import PUBLIC_URL, deployed
from tests.support.oauth.app import REDIRECT_URI, STATE, App, app_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

OTHER_URI = "https://ponmlkjihgfedcbaponmlkjihgfedcba.chromiumapp.org/"


async def grants(deployment: Deployment) -> int:
    """How many grants there are."""
    return len([key async for key in deployment.store.client.scan_iter(match="ao:*:grant:*")])


async def test_looking_gives_no_code(app: App, deployment: Deployment) -> None:
    for method in ("GET", "HEAD"):
        reply = await app.authorize(method)
        assert reply.status == 200
        assert "Location" not in reply.headers
    assert await grants(deployment) == 0


async def test_the_page_names_the_app_and_the_account(app: App) -> None:
    page = await app.authorize()
    for text in ("Admit One for Gmail", "hanna@host.test", "Hanna Host", "Acme", URL(REDIRECT_URI).host):
        assert text
        assert text in page.text


async def test_forms_of_the_page_lead_to_the_app_and_nowhere_else(app: App) -> None:
    policy = (await app.authorize()).headers["Content-Security-Policy"]
    [forms] = [part.split() for part in policy.split("; ") if part.startswith("form-action")]
    assert forms == ["form-action", "'self'", REDIRECT_URI.rstrip("/")]
    assert "frame-ancestors 'none'" in policy


async def test_whoever_does_not_allow_it_goes_back_without_a_code(app: App, deployment: Deployment) -> None:
    page = await app.authorize()
    told = URL(REDIRECT_URI).with_query(error="access_denied", iss=PUBLIC_URL, state=STATE)
    assert escape(f"{REDIRECT_URI}?error=access_denied&iss=") in page.text
    assert told.query["state"] == STATE
    assert await grants(deployment) == 0


async def test_allowing_needs_the_csrf_token(app: App, deployment: Deployment) -> None:
    reply = await app.call("POST", app.address(), data="csrf=x", headers=app.browser)
    assert reply.status == 403
    assert await grants(deployment) == 0


async def test_neither_a_key_nor_a_token_allows_an_app(app: App, user: Api) -> None:
    tokens = await app.sign_in()
    for credential in (user.key, tokens["access_token"]):
        headers = {"Authorization": f"Bearer {credential}"}
        reply = await app.call("POST", app.address(), data="", headers=headers)
        assert reply.status == 403
        assert reply.body["type"] == "/problems/session-required"


async def test_a_consent_is_remembered_for_90_days_of_sessions(
    app: App, user: Api, deployment: Deployment, clock: Clock
) -> None:
    allowed = await app.allow()
    assert allowed.status == 303
    assert "HttpOnly" in allowed.headers["Set-Cookie"]
    assert "SameSite=Lax" in allowed.headers["Set-Cookie"]
    clock.forward(seconds=LIFETIME - 1)
    app.cookie = (await app_of(deployment, user)).cookie
    assert (await app.authorize()).status == 302
    head = await app.authorize("HEAD")
    assert (head.status, "Location" in head.headers) == (200, False)
    clock.forward(seconds=1)
    assert (await app.authorize()).status == 200


async def test_a_consent_is_of_one_user_at_one_address(
    app: App, deployment: Deployment, redis_url: str, clock: Clock
) -> None:
    await app.allow()
    colleague = await app_of(deployment, await deployment.user(name="Olga Other"))
    colleague.consent = app.consent
    assert (await colleague.authorize()).status == 200
    both = f"{REDIRECT_URI},{OTHER_URI}"
    async with deployed(redis_url, clock, EXTENSION_REDIRECT_URIS=both) as other:
        elsewhere = App(other, app.cookie)
        elsewhere.consent = app.consent
        assert (await elsewhere.authorize()).status == 302
        assert (await elsewhere.authorize(redirect_uri=OTHER_URI)).status == 200
        name = (await elsewhere.allow(redirect_uri=OTHER_URI)).headers["Set-Cookie"].partition("=")[0]
        assert app.consent
        elsewhere.consent = f"{name}={app.consent.partition('=')[2]}"  # renamed, it opens nothing
        assert (await elsewhere.authorize(redirect_uri=OTHER_URI)).status == 200


async def test_signing_out_everywhere_ends_consents_in_every_browser(
    app: App, user: Api, deployment: Deployment
) -> None:
    await app.allow()
    await deployment.change_user(user, epoch=1)
    app.cookie = (await app_of(deployment, user)).cookie
    assert (await app.authorize()).status == 200


async def test_a_wrong_request_is_not_allowed_either(app: App) -> None:
    unknown = await app.allow(redirect_uri="https://evil.test/")
    assert (unknown.status, "Location" in unknown.headers) == (400, False)
    told = (await app.allow(code_challenge_method="plain")).back
    assert told["error"] == "invalid_request"
    assert app.consent is None
