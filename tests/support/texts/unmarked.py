"""Finds texts in templates that are not marked for translation."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from jinja2 import Environment

from tests.support.texts.names import without_names

if TYPE_CHECKING:
    from collections.abc import Iterator

Token = tuple[int, str, str]
VALUE = "\0"
"""Stands for what a template fills in."""
SAID = frozenset({"alt", "aria-label", "aria-description", "placeholder", "title", "abbr"})
"""Attributes that people read or hear."""
ATTRIBUTES = frozenset(
    {"kind", "part_attributes", "form_class", "share_class", "share_query", "ticket_class"}
)
"""Blocks of templates that stand in a tag."""
MARKED = frozenset({"_", "gettext", "ngettext", "forms"})
UNSAID = frozenset(
    {"static", "url", "icon", "include", "get", "startswith", "endswith", "replace", "join", "attr"}
)
"""Functions whose texts are names of files, fields and the like."""
LITERAL = re.compile(r"[A-Z]\w*[a-z]|\w \w")
"""A text in an expression that is a word or a sentence for people, not a name in the code."""
_ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
"""Attributes that a macro makes stand outside of a tag."""
_FILLED_IN_MAIL = re.compile(r"\[\[.*?\]\]|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def unmarked_in_page(source: str) -> list[str]:
    """The texts in a template of a page that are not marked."""
    tokens = list(Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lex(source))
    return [*_words(_data(tokens)), *_arguments(tokens)]


def unmarked_in_mail(source: str) -> list[str]:
    """The texts in a template of a mail that are not marked."""
    return _words(_FILLED_IN_MAIL.sub(VALUE, source))


def _data(tokens: list[Token]) -> str:
    """The template's HTML, with a mark for each value, without translated blocks and those in attributes."""
    found: list[str] = []
    until = ""
    for place, (_, kind, value) in enumerate(tokens):
        if kind == "block_begin":
            tag, name = _tag(tokens[place + 1 : place + 5])
            if until:
                until = "" if tag == until else until
            elif tag == "trans" or (tag == "block" and name in ATTRIBUTES):
                until = f"end{tag}"
        elif until or kind not in {"variable_begin", "data"}:
            continue
        else:
            found.append(VALUE if kind == "variable_begin" else value)
    return "".join(found)


def _tag(tokens: list[Token]) -> tuple[str, str]:
    """The first two names of a tag."""
    names = [value for _, kind, value in tokens if kind == "name"]
    return names[0], names[1] if len(names) > 1 else ""


def _words(html: str) -> list[str]:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return [one for one in reader.found if re.search(r"[^\W\d_]", without_names(one.replace(VALUE, " ")))]


class _Words(HTMLParser):
    """Collects what people read: text between tags, and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        self.found += [value for name, value in attributes if name in SAID and value]

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.found.append(" ".join(_ATTRIBUTE.sub("", data).split()))


def _arguments(tokens: list[Token]) -> Iterator[str]:
    """The texts that are passed to macros and functions, unless to one that translates them."""
    calls: list[str] = []
    name = ""
    for _, kind, value in tokens:
        if kind == "operator" and value == "(":
            calls.append(name)
        elif kind == "operator" and value == ")" and calls:
            calls.pop()
        elif kind == "string" and any(calls) and not {*calls} & (MARKED | UNSAID):
            text = value[1:-1]
            if LITERAL.search(without_names(text)) and not text.startswith("/"):
                yield text
        if kind != "whitespace":
            name = value if kind == "name" else ""
