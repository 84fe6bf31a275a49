"""Who may call `/addon`: Google's add-on service, for a user whom Google identified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.accounts.browser import ADA, SAM, UNVERIFIED
from tests.support.accounts.site import ORIGIN, running_site
from tests.support.api.calling import answered
from tests.support.api.deployment import Clock
from tests.web.addon.conftest import CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.accounts.site import Site
    from tests.support.addon.gmail import Person
    from tests.support.api.calling import Api
    from tests.support.fakegoogle.running import FakeGoogle

FORGERIES: list[dict[str, Any]] = [
    {"algorithm": "none"},
    {"algorithm": "HS256"},
    {"key": "other"},
    {"key": "other_with_kid"},
    {"claims": {"exp": 1}},
    {"claims": {"iss": "https://evil.test"}},
    {"claims": {"aud": "https://evil.test/addon"}},
    {"claims": {"aud": f"{ORIGIN}/addon/"}},
    {"claims": {"email_verified": False}},
    {"claims": {"email": None}},
    {"claims": {"email": "service-2@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"}},
]


async def _tokens(google: FakeGoogle, **more: Any) -> Any:
    body = {"account": ADA, "endpoint": f"{ORIGIN}/addon", "oauth_client_id": CLIENT_ID} | more
    return await google.control("addon-tokens", **body)


async def _call(site: Site, tokens: Any, body: Any) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {tokens['systemIdToken']}"} if tokens else {}
    async with site.http.post(f"{site.address}/addon", json=body, headers=headers) as answer:
        return answer.status, await answer.json()


def _make(page: Any, tokens: Any, **changes: Any) -> dict[str, Any]:
    """The request of pressing *Generate a one-time link*."""
    email = "https://www.googleapis.com/auth/userinfo.email"
    return {
        "commonEventObject": {
            "parameters": {"do": "make", "once": "once"},
            "formInputs": {"page": {"stringInputs": {"value": [page["id"]]}}},
        },
        "authorizationEventObject": {"userIdToken": tokens["userIdToken"], "authorizedScopes": [email]}
        | changes,
    }


@pytest.fixture
async def page(ada: Api) -> Any:
    """Ada's page."""
    return await ada.new_page(await ada.new_event_type())


async def _links(ada: Api) -> int:
    return len(answered(await ada.get("/links"))["items"])


async def test_the_right_tokens_may(site: Site, google: FakeGoogle, ada: Api, page: Any) -> None:
    tokens = await _tokens(google)
    status, _ = await _call(site, tokens, _make(page, tokens))
    assert (status, await _links(ada)) == (200, 1)


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_request_that_google_did_not_sign_changes_nothing(
    site: Site, google: FakeGoogle, ada: Api, page: Any, forgery: Any
) -> None:
    tokens = await _tokens(google, system=forgery)
    status, body = await _call(site, tokens, _make(page, tokens))
    assert (status, body["type"]) == (401, "/problems/unauthenticated")
    assert await _links(ada) == 0


@pytest.mark.parametrize("forgery", [each for each in FORGERIES if "email" not in each.get("claims", {})])
async def test_a_user_whom_google_did_not_identify_changes_nothing(
    site: Site, google: FakeGoogle, ada: Api, page: Any, forgery: Any
) -> None:
    tokens = await _tokens(google, user=forgery)
    status, _ = await _call(site, tokens, _make(page, tokens))
    assert (status, await _links(ada)) == (401, 0)


async def test_no_token_is_refused_before_the_body_is_read(site: Site, page: Any) -> None:
    assert (await _call(site, None, "not an event"))[0] == 401
    assert (await _call(site, {"systemIdToken": "a.b.c"}, "not an event"))[0] == 401


async def test_the_tokens_of_other_endpoints_and_clients_are_not_ours(
    site: Site, google: FakeGoogle, ada: Api, page: Any
) -> None:
    for more in ({"endpoint": "https://other.test/addon"}, {"oauth_client_id": "other"}):
        tokens = await _tokens(google, **more)
        assert (await _call(site, tokens, _make(page, tokens)))[0] == 401
    swapped = await _tokens(google)
    body = _make(page, swapped, userIdToken=swapped["systemIdToken"])
    assert (await _call(site, swapped, body))[0] == 401
    assert await _links(ada) == 0


async def test_who_has_not_allowed_enough_is_asked_and_nothing_happens(
    site: Site, google: FakeGoogle, ada: Api, page: Any
) -> None:
    tokens = await _tokens(google)
    consent = {"requesting_google_scopes": {"all_scopes": True}}
    missing: list[dict[str, Any]] = [{"authorizedScopes": []}, {"userIdToken": None}]
    for changes in missing:
        assert await _call(site, tokens, _make(page, tokens, **changes)) == (200, consent)
    assert await _links(ada) == 0


async def test_the_same_request_twice_makes_one_link(
    site: Site, google: FakeGoogle, ada: Api, page: Any
) -> None:
    first, second = await _tokens(google), await _tokens(google)
    once = await _call(site, first, _make(page, first))
    again = await _call(site, second, _make(page, second))
    assert _addresses(once[1]) == _addresses(again[1])
    assert await _links(ada) == 1


async def test_a_body_that_is_no_event_is_said_so(site: Site, google: FakeGoogle, ada: Api) -> None:
    tokens = await _tokens(google)
    odd: list[Any] = ["text", [], {"commonEventObject": 1}, {"commonEventObject": {"parameters": []}}]
    for body in odd:
        status, answer = await _call(site, tokens, body)
        assert (status, answer["type"]) == (422, "/problems/invalid"), body


async def test_unknown_fields_and_odd_values_break_nothing(
    site: Site, google: FakeGoogle, ada: Api, page: Any
) -> None:
    tokens = await _tokens(google)
    body = _make(page, tokens) | {"chat": {"new": [1]}, "gmail": {"toRecipients": [], "other": 1}}
    common = body["commonEventObject"]
    common |= {"platform": "WATCH", "timeZone": {"id": "Mars/Olympus"}, "userLocale": "xx-Zz!"}
    common["formInputs"] |= {"odd": None, "": {"": {}}, "more": {"stringInputs": {"value": 1}}}
    assert (await _call(site, tokens, body))[0] == 200
    assert await _links(ada) == 1


async def test_an_action_that_does_not_exist_is_told_on_a_card(
    site: Site, google: FakeGoogle, ada: Api
) -> None:
    tokens = await _tokens(google)
    body = _make({"id": "x"}, tokens)
    body["commonEventObject"]["parameters"] = {"do": "erase-everything"}
    status, answer = await _call(site, tokens, body)
    assert status == 200
    assert "There is no such action." in str(answer)


async def test_without_its_settings_there_is_no_add_on(redis_url: str, google: FakeGoogle) -> None:
    async with running_site(redis_url, google, Clock()) as site:
        tokens = await _tokens(google)
        assert (await _call(site, tokens, {}))[0] == 404


async def test_who_is_no_user_is_led_to_signing_in(person: Callable[..., Person], site: Site) -> None:
    for account in (SAM, ADA):
        sam = await person(account).open()
        assert sam.link("Sign in") == f"{ORIGIN}/"
    unverified = person(UNVERIFIED)
    with pytest.raises(Exception, match="401"):
        await unverified.open()


def _addresses(answer: Any) -> list[str]:
    """The addresses of links on the card of an answer."""
    [navigation] = answer["renderActions"]["action"]["navigations"]
    widgets = navigation["updateCard"]["sections"][0]["widgets"]
    return [widget["textParagraph"]["text"] for widget in widgets if "/." in str(widget.get("textParagraph"))]
