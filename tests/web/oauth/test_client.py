"""Where the published extension is sent back to."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from yarl import URL

from admitone.usecases.accounts.oauth_client import (
    EXTENSION_KEY,
    EXTENSION_REDIRECT_URIS,
    chromium_redirect_uri,
    firefox_redirect_uri,
)
from tests.support.api.deployment import PUBLIC_URL

if TYPE_CHECKING:
    from tests.support.oauth.app import App


def test_in_chromium_the_id_follows_from_the_manifest() -> None:
    key = "YWRtaXRvbmU="  # admitone
    digits = hashlib.sha256(b"admitone").digest()[:16]
    letters = "".join("abcdefghijklmnop"[digit] for byte in digits for digit in divmod(byte, 16))
    assert chromium_redirect_uri(key) == f"https://{letters}.chromiumapp.org/"
    assert re.fullmatch(r"https://[a-p]{32}\.chromiumapp\.org/", chromium_redirect_uri(EXTENSION_KEY))


def test_in_firefox_the_address_follows_from_the_id() -> None:
    """As toolkit/components/extensions/child/ext-identity.js makes it."""
    assert firefox_redirect_uri("abc") == (
        "https://a9993e364706816aba3e25717850c26c9cd0d89d.extensions.allizom.org/"
    )


async def test_the_published_extension_is_known_without_a_setting(app: App) -> None:
    for address in EXTENSION_REDIRECT_URIS:
        reply = await app.allow(redirect_uri=address)
        assert reply.status == 303
        back = URL(reply.headers["Location"])
        assert str(back.with_query(None)) == address
        assert back.query["iss"] == PUBLIC_URL
