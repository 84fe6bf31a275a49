"""Where the browser extension, our only OAuth client, may be sent back to."""

from __future__ import annotations

EXTENSION_REDIRECT_URIS: tuple[str, ...] = ()
"""The published extension's: its id follows from the `key` of manifest.json."""
