"""The placeholders of a message, which each of its translations must have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Message as Entry

_PLACEHOLDER = re.compile(
    r"%\(\w+\)s"  # Python: filled in when a page or a mail is made
    r"|\{\{.*?\}\}|\{%.*?%\}"  # Liquid: in the templates of mails
    r"|\{\w+\}"  # scripts: filled in by the browser
)


def placeholders(text: str) -> list[str]:
    """The placeholders in a text, sorted. A percent sign that begins none is one as well: it would fail."""
    rest = _PLACEHOLDER.sub("", text)
    return sorted(_PLACEHOLDER.findall(text)) + ["%"] * rest.count("%")


def same_placeholders(entry: Entry) -> bool:
    """Whether all translations of an entry have the placeholders of its message.

    Where there is a plural, a translation may leave `%(count)s` or `{count}` out: `one day`, `two days`; and
    what the English text for one leaves out.
    """
    if isinstance(entry.id, str):
        return placeholders(str(entry.string)) == placeholders(entry.id) or not entry.string
    wanted = [_without_count(text) for text in entry.id]
    said = entry.string if isinstance(entry.string, (list, tuple)) else ()
    return all(not one or _without_count(one) in wanted for one in said)


def _without_count(text: str) -> list[str]:
    return [one for one in placeholders(text) if one not in {"%(count)s", "{count}"}]
