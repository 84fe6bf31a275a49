"""Pages: templates, the reader's language, and the values that every template can use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
import jinja2
from babel.numbers import format_decimal
from markupsafe import Markup

from admitone.domain.availability.zones import zone
from admitone.domain.date_text import DateText
from admitone.web.http.accent_style import accent_name
from admitone.web.http.appkeys import KEPT, STATIC
from admitone.web.http.locale import reader_of
from admitone.web.http.static_files import StaticFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.people.reader import Reader
    from admitone.texts.catalogues import Part
    from admitone.texts.translator import Translator


def set_up_pages(app: web.Application) -> None:
    """Give the application its templates and static files."""
    app[STATIC] = _static_files()
    app[KEPT] = {}
    app[aiohttp_jinja2.APP_KEY] = _environment()


@cache
def _static_files() -> StaticFiles:
    """The files that all applications of this process serve: reading and compressing them takes a while."""
    return StaticFiles()


@cache
def _environment() -> jinja2.Environment:
    """The templates of all applications of this process: read and compiled once, when first used."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("admitone.web"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = _static_files().url
    environment.install_gettext_callables(_say, _say_number, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["_"] = _write
    environment.globals["forms"] = _forms
    environment.filters["say"] = _say
    environment.filters["number"] = _number
    return environment


@jinja2.pass_context
def _say(context: jinja2.runtime.Context, text: str) -> str:
    """`text | say`: a text in the reader's language, escaped as all values are."""
    texts: Translator = context["reader"].texts
    return texts.say(text)


@jinja2.pass_context
def _write(context: jinja2.runtime.Context, text: str, **values: object) -> Markup:
    """`_("…")`: a text that stands in a template, in the reader's language; its values are escaped.

    It does what Jinja's own does, which takes four times as long: few texts have values to fill in.
    """
    texts: Translator = context["reader"].texts
    said = Markup(texts.say(text))  # noqa: S704 - our own text, as it stands in the template
    return said % values if "%" in said else said


@jinja2.pass_context
def _say_number(context: jinja2.runtime.Context, one: str, other: str, number: int) -> str:
    texts: Translator = context["reader"].texts
    return texts.choose(one, other, number)


@jinja2.pass_context
def _number(context: jinja2.runtime.Context, number: int) -> str:
    """`total | number`: with the reader's signs between the thousands."""
    reader: Reader = context["reader"]
    return format_decimal(number, locale=reader.locale, numbering_system="latn")


@jinja2.pass_context
def _forms(context: jinja2.runtime.Context, one: str, other: str) -> list[tuple[str, str]]:
    """`forms(one, other)`: for scripts, the text for each plural category."""
    texts: Translator = context["reader"].texts
    return texts.forms(one, other)


def respond_page(
    request: web.Request,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    reader: Reader | None = None,
    theme: str = "auto",
    accent: str | None = None,
) -> web.Response:
    """A page. Templates also have `reader`, `theme` (`light`, `dark` or `auto`) and `static(name)`.

    Without a `reader`, it is in a language of the part of our texts to which the template belongs.
    `accent` is the workspace's own colour as `#rrggbb`, for its customers' pages.
    """
    part: Part = "dashboard" if template.startswith("dashboard/") else "customer"
    style = accent_name(accent) if accent else None
    known = {"reader": reader or reader_of(request, part), "theme": theme, "accent_style": style, **context}
    return aiohttp_jinja2.render_template(template, request, known, status=status)


def date_text(reader: Reader, zone_name: str) -> DateText:
    """How dates and times are written for `reader` in a zone; raises KeyError for an unknown zone."""
    return DateText(reader, zone(zone_name))
