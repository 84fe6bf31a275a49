"""Our own mail templates, compiled: Jinja makes Python of them, where Liquid walks through objects.

They are written in Liquid, since workspaces begin with copies of them. What little of Liquid they use has one
meaning in Jinja, and a test renders each of them by both. Templates of workspaces never come here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2 import Template

_CONDITION = re.compile(r"\{% (els)?if ([\w ]+?) %\}")
_JOIN = re.compile(r'\| join: ("[^"]*") \}\}')
_LINE_END = re.compile(r"\r?\n")


def compiled(source: str, *, html: bool) -> Template:
    """The template of ours that `source` is, escaped if `html`."""
    return (_HTML if html else _TEXT).from_string(
        _JOIN.sub(r"| join(\1) }}", _CONDITION.sub(_in_jinja, source))
    )


def _in_jinja(found: re.Match[str]) -> str:
    """The condition in Jinja: in Liquid a name is true unless it is missing, also if it is empty."""
    names = " and ".join(f"{name} is not none" for name in found[2].split(" and "))
    return f"{{% {'el' if found[1] else ''}if {names} %}}"


def _shown(value: object) -> object:
    return "" if value is None else value


def _newline_to_br(text: str) -> str:
    return Markup(_LINE_END.sub("<br />\n", escape(text)))  # noqa: S704 - it is escaped


def _environment(*, html: bool) -> Environment:
    made = Environment(
        autoescape=html,  # noqa: S701 - texts and subjects are no HTML
        undefined=StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )
    made.filters["newline_to_br"] = _newline_to_br
    return made


_TEXT, _HTML = _environment(html=False), _environment(html=True)
