"""What the check of a workflow asks about its Liquid templates; `mail/liquid_names.py` answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping


class NameUse(msgspec.Struct, frozen=True):
    """A name in a template, such as `contact.first_name`, and its line if there are several."""

    name: str
    line: int | None = None


class TemplateUse(msgspec.Struct, frozen=True):
    """What a template names, and which names it makes itself; or why it is no template."""

    names: Sequence[NameUse] = ()
    made: frozenset[str] = frozenset()
    problem: str | None = None


class Templates(Protocol):
    """Reads and tries templates."""

    def read(self, source: str, *, html: bool = False) -> TemplateUse:
        """What the template names."""

    def problem(self, source: str, values: Mapping[str, Any], *, html: bool = False) -> str | None:
        """Why the template cannot be rendered with these values, a sentence, or None."""
