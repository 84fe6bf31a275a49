"""The text of each mail, from the workspace's own template or from the built-in one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.errors import FieldError
from admitone.domain.mail.kinds import MAILS, MailTemplateBody
from admitone.domain.mail.values import example_values
from admitone.domain.text import is_blank
from admitone.mail.compiled import compiled
from admitone.mail.liquid import TemplateError, render
from admitone.mail.shown_values import shown_values
from admitone.texts.catalogues import ENGLISH
from admitone.texts.message import message
from admitone.texts.translator import translator

if TYPE_CHECKING:
    from jinja2 import Template

    from admitone.domain.mail.kinds import MailKind
    from admitone.domain.mail.values import MailValues

_PART = re.compile(r"\[\[([a-z]\w*)\]\]")
_MESSAGE = re.compile(r"\[\[_(.+?)\]\]")
FOLDERS = {"customer": "customer", "guests": "guests"}
"""Where the templates of each recipient are; those of all others are in `hosts`."""
Field = Literal["subject", "text", "html"]


class Rendered(msgspec.Struct, frozen=True):
    """A mail's words; without `html` it is text only."""

    subject: str
    text: str
    html: str


class TemplateFailed(Exception):  # noqa: N818 - the name says what happened
    """One of a template's fields cannot be rendered."""

    def __init__(self, field: Field, sentence: str) -> None:
        self.field: Field = field
        self.sentence = sentence
        super().__init__(f"{field}: {sentence}")


@cache
def built_in(kind: MailKind, language: str = ENGLISH) -> MailTemplateBody:
    """The template that comes with Admit One, in a language of ours.

    A workspace's own template starts as a copy of it.
    """
    folder = FOLDERS.get(MAILS[kind].to, "hosts")
    texts = translator(language)
    about = {"[[@language]]": language, "[[@direction]]": str(texts.locale.text_direction)}
    said = []
    for field in ("subject", "text", "html"):
        template = _MESSAGE.sub(lambda found: texts.say(found[1]), _read(f"{folder}/{kind}", field))
        for name, value in about.items():
            template = template.replace(name, value)
        said.append(template)
    subject, text, html = said
    return MailTemplateBody(subject=subject.strip(), text=text, html=html)


def render_mail(template: MailTemplateBody, values: MailValues) -> Rendered:
    """Render the mail; raises TemplateFailed."""
    known = shown_values(values)
    subject = _render("subject", template.subject, known)
    if is_blank(subject):
        raise TemplateFailed("subject", message("This comes out empty."))
    return Rendered(
        subject=subject,
        text=_render("text", template.text, known),
        html=_render("html", template.html, known) if template.html.strip() else "",
    )


def render_built_in(kind: MailKind, values: MailValues) -> Rendered:
    """Render the mail that comes with Admit One, in the language of the values.

    Its template is ours and was tried in every language, so it needs no limits, and the event loop need not
    be spared it.
    """
    known = shown_values(values)
    said = (template.render(known) for template in _compiled(kind, values.language))
    subject, text, html = (one.replace("\r\n", "\n").replace("\r", "\n") for one in said)  # as Liquid does
    return Rendered(subject=subject, text=text, html=html)


@cache
def _compiled(kind: MailKind, language: str) -> tuple[Template, Template, Template]:
    """The templates of the subject, the text and the HTML of a mail of ours."""
    body = built_in(kind, language)
    return compiled(body.subject, html=False), compiled(body.text, html=False), compiled(body.html, html=True)


def template_problems(kind: MailKind, template: MailTemplateBody, url: str) -> list[FieldError]:
    """The errors in a template, tried with two examples: all values set, and as few as possible."""
    for sparse in (False, True):
        try:
            render_mail(template, example_values(kind, url, sparse=sparse))
        except TemplateFailed as failed:
            return [FieldError(failed.field, failed.sentence)]
    return []


def _render(field: Field, source: str, values: dict[str, object]) -> str:
    try:
        return render(source, values, html=field == "html")
    except TemplateError as error:
        raise TemplateFailed(field, error.sentence) from error


def _read(path: str, ending: str) -> str:
    """A file of `templates/`, with each `[[part]]` replaced by the file of `parts/` that it names."""
    text = (files("admitone.mail") / "templates" / f"{path}.{ending}").read_text("utf-8")
    return _PART.sub(lambda part: _read(f"parts/{part[1]}", ending).removesuffix("\n"), text)
