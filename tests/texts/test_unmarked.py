"""Every text in a template is marked for translation."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from tests.support.texts.unmarked import unmarked_in_mail, unmarked_in_page

PAGES = Path(str(files("admitone.web") / "templates"))
MAILS = Path(str(files("admitone.mail") / "templates"))
ENGLISH_ONLY = ("openapi/",)
"""The description of the API is for programmers, in English."""


def test_texts_of_pages_are_marked() -> None:
    names = {path.relative_to(PAGES).as_posix(): path for path in PAGES.rglob("*.html")}
    found = {
        name: unmarked_in_page(path.read_text("utf-8"))
        for name, path in names.items()
        if not name.startswith(ENGLISH_ONLY)
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_texts_of_mails_are_marked() -> None:
    found = {
        path.name: unmarked_in_mail(path.read_text("utf-8")) for path in MAILS.rglob("*") if path.is_file()
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ name }} and {{ other }}</p>", ["\0 and \0"]),
        ('<p>{{ _("Hello") }}, {{ name }}.</p>', []),
        ("<p>{% trans name=name %}Hello {{ name }}{% endtrans %}</p>", []),
        ("<p>{%- trans -%}Hello{%- endtrans -%}</p> there", ["there"]),
        ('<p class="day" title="A day" data-x="A day">1</p>', ["A day"]),
        ('<p aria-label="{{ _("A day") }}">Google Meet</p>', []),
        ('{{ ui.field(values, "name", "Your name") }}', ["Your name"]),
        ('{{ ui.field(values, "name", "Name") }}', ["Name"]),
        ('{{ ui.field(values, "name", _("Name"), forms("a day", "two days")) }}', []),
        ('{{ "day chosen" if x == "Some text" else static("A.css") }}', []),
        ('{% block kind %}torn{% endblock %}{% macro m() %} data-x="{{ y }}"{% endmacro %}', []),
        ("{# A comment #}<!-- Another one -->", []),
    ],
)
def test_what_counts_as_unmarked(source: str, texts: list[str]) -> None:
    assert unmarked_in_page(source) == texts


def test_what_counts_as_unmarked_in_a_mail() -> None:
    assert unmarked_in_mail("[[head]] [[_Hello {{ name }},]] {% if by %}{{ by }}{% endif %}") == []
    assert unmarked_in_mail("{{ name }} has booked") == ["\0 has booked"]
