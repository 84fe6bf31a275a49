"""What a workspace has that its workflows may name, and what is asked about their templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec


class NameUse(msgspec.Struct, frozen=True):
    """A name in a template, such as `contact.first_name`, and its line if there are several."""

    name: str
    line: int | None = None


class TemplateUse(msgspec.Struct, frozen=True):
    """What a template names, and which names it makes itself; or why it is no template."""

    names: Sequence[NameUse] = ()
    made: frozenset[str] = frozenset()
    problem: str | None = None


class Trial(msgspec.Struct, frozen=True):
    """A template that was tried: its text, or the problem, a sentence. Neither without time to try."""

    text: str | None = None
    problem: str | None = None


class Templates(Protocol):
    """Reads and tries Liquid templates; `mail/liquid_names.py` does."""

    def read(self, source: str, *, html: bool = False) -> TemplateUse:
        """What the template names."""

    def trial(self, source: str, values: Mapping[str, Any], *, html: bool = False) -> Trial:
        """The template rendered with these values."""


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
