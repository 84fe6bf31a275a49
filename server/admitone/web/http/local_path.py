"""Addresses on this server that came from outside: an open redirect would lend our name to other sites."""

from __future__ import annotations

import re

# Browsers read a backslash as a slash, and drop tabs and line breaks, before they look for a host.
LONGEST = 2000
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*", re.ASCII)


def local_path(text: str, default: str) -> str:
    """`text` if it is a path on this server, with a query perhaps, else `default`."""
    return text if len(text) <= LONGEST and _LOCAL.fullmatch(text) else default
