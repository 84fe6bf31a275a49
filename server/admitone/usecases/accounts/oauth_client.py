"""The browser extension, our only OAuth client: its ids and the redirect URIs that follow from them."""

from __future__ import annotations

import base64
import hashlib

EXTENSION_KEY = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAz1WXlnLrO7vaGcB1LX0dQJw4GjYsD3p4GKFIVJxpq8eaS0pjhKVWlS"
    "YR4Ph54gXGAQTa/kEApRByTY4Mohma6DVeUYdUnlslub7A/sPtDzs5k1QkKO2xX1INOEglVHkfdXkWL8wnBjoVKEbo+fgnM/uO"
    "yOlBSsCO4PXXEgpsqNMMFpGlvR42WN9qLuOhuh3OnuMEG4gNHdrVxcjnzpGHqQSlZMBE1W784DfNk20zSTuj8CEjgcy5TMdWH6"
    "19zHmHZkKwPqXbOX5EhUWRdEMWqNtsTT4Z+3HRfbvxSMxAvP0Vw3d3eAggFBUNdSL9QXkwzFRmBoLRciXWbyK/4GO8CwIDAQAB"
)
"""The `key` of manifest.json: a public key (DER, base64), from which Chromium derives the extension's id."""
GECKO_ID = "{5cb9a2e3-8607-4496-974c-93e85fb6ec75}"
"""The extension's id in Firefox, in `browser_specific_settings`."""


def chromium_redirect_uri(key: str) -> str:
    """The result of `chrome.identity.getRedirectURL()` in an extension with this key.

    The id is the first half of the key's SHA-256, its hexadecimal digits written as the letters a to p.
    """
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return f"https://{digest.translate(_LETTERS)}.chromiumapp.org/"


def firefox_redirect_uri(gecko_id: str) -> str:
    """The result of `browser.identity.getRedirectURL()` in an extension with this id."""
    digest = hashlib.sha1(gecko_id.encode(), usedforsecurity=False).hexdigest()
    return f"https://{digest}.extensions.allizom.org/"


_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
EXTENSION_REDIRECT_URIS = (chromium_redirect_uri(EXTENSION_KEY), firefox_redirect_uri(GECKO_ID))
"""The redirect URIs of the published extension; a setting adds others."""
EXTENSION_INTERFACES = {"oldest": 1, "newest": 2}
"""The versions of what the extension needs of the API, from the oldest to the newest that this server serves.

The extension names the one that it was written for in `extension/background/interface.js`.
"""
