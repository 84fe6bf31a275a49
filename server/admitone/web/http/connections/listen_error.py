"""The error of an address that cannot be listened on; commands know it without the web server's modules."""

from __future__ import annotations


class ListenError(Exception):
    """The address cannot be listened on; the text says which and why."""
