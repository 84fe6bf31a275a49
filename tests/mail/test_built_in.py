"""Every mail of ours in every language, with all values that a template knows and with as few as possible."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from admitone.domain.mail.kinds import MAIL_KINDS, MailKind, MailTemplateBody
from admitone.domain.mail.values import AnswerValues, MailValues, PersonValues, example_values
from admitone.mail.templates import Rendered, built_in, render_built_in, render_mail
from admitone.texts.catalogues import languages

URL = "https://book.test"
PYTHON = re.compile(r"\{\{|\{%|\[\[|\]\]|%\(|\bNone\b|\bTrue\b|<[\w.]+ object|[\[(]['\"]|\{'")
"""What nobody may read: signs of templates, and values as Python writes them."""
BUTTON = "background:#b93a28"
NO_BUTTON = ("email_code", "guest_")
"""Mails to whom nothing is open: no booking is made yet, or it is not theirs to change."""
TYPED: dict[str, Any] = {
    "notes": "<b>&\r\n'two' \"lines\"\n{{ notes }}",
    "reason": "{% if %}\n\n",
    "title": "A & <B>",
    "customer": PersonValues("<i>Carla</i>", "carla@example.com"),
    "guests": ("<gus>@example.com", "ida@example.com"),
    "answers": (AnswerValues("Q & A", "1\r\n2\r3"),),
}
BLANKS = ("was", "by", "reason", "notes", "policy", "place", "join_url", "taken_by", "expires")
NOBODY = {"customer": PersonValues(None, None), "host": PersonValues("", None)}
EMPTY: dict[str, Any] = dict.fromkeys(BLANKS, "") | NOBODY
NAMES = [name for name in MailValues.__struct_fields__ if name != "language"]


def parts(mail: Rendered) -> tuple[str, str, str]:
    return mail.subject, mail.text, mail.html


@pytest.mark.parametrize("language", languages("customer"))
@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_it_reads_as_text_with_one_button_at_most(kind: MailKind, language: str) -> None:
    for sparse in (False, True):
        mail = render_mail(built_in(kind, language), example_values(kind, URL, sparse=sparse))
        for text in parts(mail):
            assert not PYTHON.search(text), text
        assert mail.html.count(BUTTON) == (not kind.startswith(NO_BUTTON))


@pytest.mark.parametrize("language", languages("customer"))
@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_it_reads_as_its_copy_does_that_a_workspace_makes(kind: MailKind, language: str) -> None:
    for sparse in (False, True):
        values = msgspec.structs.replace(example_values(kind, URL, sparse=sparse), language=language)
        for changes in ({}, TYPED, EMPTY):
            shown = msgspec.structs.replace(values, **changes)
            assert render_built_in(kind, shown) == render_mail(built_in(kind, language), shown)


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_every_value_that_is_shown_whole_reads_as_text(kind: MailKind) -> None:
    said = " | ".join(f"{{{{ {name} }}}}" for name in NAMES)
    template = MailTemplateBody(subject=said, text=said, html=said)
    for sparse in (False, True):
        for text in parts(render_mail(template, example_values(kind, URL, sparse=sparse))):
            assert not PYTHON.search(text), text


def test_people_are_shown_by_name() -> None:
    said = (
        "{{ customer }}, {{ host }}, {{ hosts }}, {{ hosts[1] }}, {{ answers[0] }}, {{ customer | upcase }}"
    )
    template = MailTemplateBody(subject=said, text=said, html="{{ answers }}")
    mail = render_mail(template, example_values("host_scheduled", URL))
    assert mail.subject == (
        "Carla Customer, Hanna Host, Hanna Host and Otto Other, Otto Other, Company: Customer & Sons,"
        " CARLA CUSTOMER"
    )
    assert mail.html == "Company: Customer &amp; Sons\nHow many of you?: Three"


def test_a_cancelled_meeting_cannot_be_joined() -> None:
    values = msgspec.structs.replace(example_values("cancelled", URL), join_url=None)
    for kind in MAIL_KINDS:
        if kind.endswith("cancelled"):
            assert not any("Join" in text for text in parts(render_mail(built_in(kind), values)))
