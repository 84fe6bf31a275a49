"""Checks addresses that a request gives to redirect to: they must stay on this server (no open redirect)."""

from __future__ import annotations

import re

LONGEST = 2000
# Browsers read a backslash as a slash, and drop tabs and line breaks, before they look for a host.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*", re.ASCII)


def local_path(text: str, default: str) -> str:
    """`text` if it is a path on this server, with or without a query, else `default`."""
    return text if len(text) <= LONGEST and _LOCAL.fullmatch(text) else default
