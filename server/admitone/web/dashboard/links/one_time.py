"""Why a page has no one-time links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.links.target import is_available
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.links.target import Target


def why_no_one_time(target: Target | None) -> str | None:
    """A sentence for hosts, None if one-time links of the page can be created."""
    if target is None or is_available(target, None):
        return None
    if not target.is_one_time:
        return message(
            "A master page with static rules has no one-time links. Give it dynamic rules to have them."
        )
    if not target.page.enabled:
        return message("This page is off. Switch it on to create one-time links.")
    return message("Nothing can be booked on this page at present, so no one-time links can be created.")
