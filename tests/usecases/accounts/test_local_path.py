"""`next` leads to this server or nowhere, however a browser reads what was asked for."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from admitone.web.http.local_path import LONGEST, local_path
from tests.support.accounts.browser import ADA

if TYPE_CHECKING:
    from tests.support.accounts.browser import Browser

HERE = "https://book.acme.test"
HOME = "/dashboard"

GOOD = [
    "/",
    "/dashboard",
    "/dashboard/links?status=active&q=caf%C3%A9",
    "/oauth/authorize?redirect_uri=https%3A%2F%2Fabc.chromiumapp.org%2F&state=x",
    "/oauth/authorize?redirect_uri=https://abc.chromiumapp.org/",
    "/dashboard#bookings",
    "/x//evil.test",
    "/x/../../evil.test",
    "/@evil.test",
    "/:80@evil.test",
    "/https://evil.test",
    "/%2Fevil.test",
    "/%5Cevil.test",
    "/%09/evil.test",
    "/.//evil.test",
    "/..//evil.test",
    "/;//evil.test",
]
BAD = [
    "",
    "dashboard",
    "//evil.test",
    "///evil.test",
    "////evil.test",
    "/\\evil.test",
    "/\\/evil.test",
    "\\/evil.test",
    "\\\\evil.test",
    "\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/\r/evil.test",
    "\t//evil.test",
    "\n//evil.test",
    " //evil.test",
    "\x00//evil.test",
    "\x1f//evil.test",
    "/\x00/evil.test",
    "/ /evil.test",
    "/x\\evil.test",
    "//evil.test/%2F..",
    "//evil%E3%80%82test",
    "/\u3002/evil.test",
    "/\u2044/evil.test",
    "/\uff0fevil.test",
    "\uff0f\uff0fevil.test",
    "/x\u2028y",
    "/caf\u00e9",
    "/\ud800",
    "//[::1]",
    "//user@evil.test",
    "//book.acme.test@evil.test",
    "//book.acme.test.evil.test",
    "http:evil.test",
    "http://evil.test",
    "https:/evil.test",
    "https:///evil.test",
    "https:\\\\evil.test",
    "hTTps://evil.test",
    "ftp://evil.test",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "?next=//evil.test",
    "#//evil.test",
    ".//evil.test",
    "..//evil.test",
    "@evil.test",
    ":80",
    "/x\r\nSet-Cookie: admitone=x",
    "/x\nLocation: //evil.test",
    "/x\x7f",
    "/" + "x" * LONGEST,
]
PIECES = st.sampled_from(
    [
        *string.printable,
        "//",
        "\\\\",
        "..",
        "%2F",
        "%5C",
        "%09",
        "evil.test",
        "https:",
        "@",
        "\u3002",
        "\uff0f",
    ]
)


def as_a_browser_reads(location: str) -> str:
    """The host that a browser goes to from HERE, by the URL Standard (https://url.spec.whatwg.org/#url-parsing).

    It strips C0 controls and blanks at both ends, drops tabs and line breaks anywhere, and takes a backslash
    for a slash in addresses of the web; two slashes at the start then begin a host.
    """
    stripped = location.strip("".join(map(chr, range(0x21))))
    text = stripped.translate({ord(dropped): None for dropped in "\t\n\r"})
    scheme, colon, rest = text.partition(":")
    if colon and scheme[:1].isalpha() and all(c.isalnum() or c in "+-." for c in scheme):
        if scheme.lower() not in {"http", "https"}:
            return f"{scheme.lower()}:"
        return rest.lstrip("/\\").split("/")[0]
    path = text.partition("?")[0].partition("#")[0].replace("\\", "/")
    if path.startswith("//"):
        return path.lstrip("/").split("/")[0]
    return "book.acme.test"


def stays_here(location: str) -> bool:
    """Whether everybody who might resolve it agrees that it is on this server."""
    joined = URL(HERE).join(URL(location, encoded=True))
    return (
        as_a_browser_reads(location) == "book.acme.test"
        and urlsplit(urljoin(f"{HERE}/auth/google/callback", location))[:2] == ("https", "book.acme.test")
        and (joined.scheme, joined.host) == ("https", "book.acme.test")
        and "\r" not in location
        and "\n" not in location
    )


@pytest.mark.parametrize("text", GOOD)
def test_a_path_of_ours_is_kept(text: str) -> None:
    assert local_path(text, HOME) == text
    assert stays_here(text)


@pytest.mark.parametrize("text", BAD)
def test_what_leads_or_may_lead_elsewhere_is_not(text: str) -> None:
    assert local_path(text, HOME) == HOME


@pytest.mark.parametrize(
    "text", ["//evil.test", "/\\evil.test", "/\t/evil.test", "https:evil.test", " //evil.test"]
)
def test_the_model_of_a_browser_sees_what_a_browser_would_do(text: str) -> None:
    assert as_a_browser_reads(text) == "evil.test"


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20))
def test_whatever_is_asked_for_the_answer_is_here(text: str) -> None:
    for asked in text, f"/{text}", f"//{text}", f"/\\{text}":
        assert stays_here(local_path(asked, HOME))


@settings(deadline=None)
@given(st.text(string.ascii_letters + string.digits + "/-._~?=&%+#:@!$'()*,;", max_size=40))
def test_every_ordinary_path_is_kept(text: str) -> None:
    path = "/" + text.lstrip("/")
    assert local_path(path, HOME) == path


@pytest.mark.parametrize(
    "text", ["//evil.test", "/\\evil.test", "https://evil.test", "/\t/evil.test", "/x\r\nX: y"]
)
async def test_through_a_whole_sign_in_too(browser: Browser, text: str) -> None:
    google = (await browser.get(f"/auth/google/start?next={quote(text, safe='')}")).location
    answer = await browser.get(await browser.choose(google, ADA))
    assert answer.wanted == HOME
    assert "X" not in answer.headers


async def test_of_several_the_first_counts_and_is_looked_at(browser: Browser) -> None:
    google = (await browser.get("/auth/google/start?next=//evil.test&next=/dashboard/links")).location
    assert (await browser.get(await browser.choose(google, ADA))).wanted == HOME
