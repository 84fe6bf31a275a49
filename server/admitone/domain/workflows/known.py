"""What a workspace has that its workflows may name."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from admitone.domain.workflows.templates import Templates


class KnownPage(msgspec.Struct, frozen=True):
    """A booking page or master page: its title, its event types, whether it has one-time links."""

    title: str
    event_types: frozenset[str]
    makes_links: bool = True


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What there is, by id: the names of event types, webhooks and users who can send mail."""

    pages: Mapping[str, KnownPage]
    event_types: Mapping[str, str]
    webhooks: Mapping[str, str]
    senders: Mapping[str, str]
    templates: Templates
