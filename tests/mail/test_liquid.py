"""Templates that workspaces write: they show what they are given, and nothing they do lasts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from admitone.domain.mail.kinds import MAIL_KINDS, MailKind, MailTemplateBody
from admitone.domain.mail.values import MailValues, example_values
from admitone.mail.liquid import LENGTH, TemplateError, render
from admitone.mail.templates import TemplateFailed, built_in, render_mail, template_problems

URL = "https://book.test"
VALUES = {"name": "<b>Ö & co</b>\nnext", "nothing": None, "list": [{"a": 1}, {"a": 2}], "long": "x" * 5000}
LOOPS, ENDS = "{% for a in list %}" * 8, "{% endfor %}" * 8
LONG = "{% assign s = long %}" + "{% assign s = s | append: s %}" * 4 + f"{{% assign n = '{'x' * 90}y' %}}"
BOUNDLESS = [
    "{{ (1..10000000000) | join }}",
    "{% for i in (1..10000000000) reversed %}x{% endfor %}",
    "{% if true %}{% assign x = (1..9999999999) %}{{ x | join }}{% endif %}",
    "{% assign x = long %}" + "{% assign x = x | append: x %}" * 40 + "{{ x }}",
    "{{ name " + "| url_encode " * 3000 + "}}",
    "{% for a in list %}" * 25 + "x" + "{% endfor %}" * 25,
    "{% for a in list %}{{ long }}{% endfor %}" * 15,
    "{% if " * 3000,
    "{% if a == " + "1 or " * 4000 + "1 %}{% endif %}",
    "{{ a" + "[" * 9000,
    "{% if true %}" * 2000 + "{% endif %}" * 2000,
    "{" * 20_000,
    "{" * 19_998 + "}}",
    "{{" + " " * 19_990,
    ("{{" + " " * 900 + "}}") * 22,
    "{% if " + "(" * 9000 + "1" + ")" * 9000 + " %}{% endif %}",
    "{% raw %}" * 2000,
    "{{ nothing }}" * 1500,
    LOOPS + "{{ nothing }}" * 500 + ENDS,
    LOOPS + "{% if nothing %}{% endif %}" * 500 + ENDS,
    LOOPS + "{% for a in list %}{% endfor %}" * 500 + ENDS,
    LOOPS + f"{{% if {' or '.join(['1 == 2'] * 90)} %}}{{% endif %}}" * 5 + ENDS,
    LONG + f"{{% if {' or '.join(['s contains n'] * 60)} %}}{{% endif %}}" * 20,
]
WORDS = ["{{ ", " }}", "{% ", " %}", "(", "..", ")", "[", "]", ".", "|", "=", "1", "'a'", "<b>", "\n"]
WORDS += [
    "name",
    "nothing",
    "list",
    "x",
    "for",
    "in",
    "if",
    "endif",
    "endfor",
    "assign",
    "default:",
    "join",
    "case",
]


@pytest.mark.parametrize("source", BOUNDLESS, ids=lambda source: source[:30])
def test_what_has_no_end_is_refused_before_it_costs_anything(source: str) -> None:
    with pytest.raises(TemplateError) as refusal:
        render(source, VALUES)
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("Dear {{ nobody }}", "There is no nobody."),
        ("{{ name.first_name }}", "There is no name.first_name."),
        ("{{ name.__class__ }}", "There is no name.__class__."),
        ("{{ name | safe }}", "Unknown filter 'safe'."),
        ("{{ name | replace: 'a', name }}", "Unknown filter 'replace'."),
        ("{% include 'x' %}", "Unexpected tag 'include'."),
        ("{% render '/etc/passwd' %}", "Unexpected tag 'render'."),
        ("a\nb\n{% endfor %}", "Line 3: Unexpected tag 'endfor'."),
    ],
)
def test_the_author_is_told_what_is_wrong_and_where(source: str, sentence: str) -> None:
    with pytest.raises(TemplateError) as refusal:
        render(source, VALUES)
    assert refusal.value.sentence == sentence


def test_what_is_slow_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admitone.mail.liquid_budget.SECONDS", 0)
    with pytest.raises(TemplateError, match="takes too long"):
        render("{{ name }}", VALUES)


def test_a_mail_with_many_answers_is_within_the_budget() -> None:
    row = "{% for one in list %}{% if one.a == 1 or one.a %}<b>{{ one.a }}</b>{% endif %}\n{% endfor %}"
    rendered = render(row * 5, {"list": [{"a": number} for number in range(100)]}, html=True)
    assert rendered.count("<b>99</b>") == 5


def test_what_is_raw_is_shown_as_it_stands() -> None:
    assert render("{% raw %}{{ {% if {%- endraw -%} {{ list.size }}", VALUES) == "{{ {% if  2"


def test_what_there_is_not_is_false_and_prints_nothing() -> None:
    assert render("{% if nothing %}a{% else %}b{% endif %}{{ nothing }}", VALUES) == "b"


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=60))
def test_whatever_is_written_renders_or_is_refused_in_a_sentence(source: str) -> None:
    for html in (False, True):
        try:
            found = render(source, VALUES, html=html)
        except TemplateError as error:
            found = error.sentence[-1:]
        assert len(found) <= LENGTH


class Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        self.found.append((tag, sorted(name for name, _ in attrs)))


HOSTILE = st.text("<>\"'&/ =;{}%|aé\n", max_size=60)


@settings(deadline=None)
@given(st.sampled_from(MAIL_KINDS), HOSTILE)
@example("host_scheduled", "<script>alert(1)</script>")
@example("cancelled", "\" onmouseover=\"x' onload='y")
@example("rescheduled", "{{ workspace }}{% endif %}")
def test_what_people_type_is_text_in_html(kind: MailKind, typed: str) -> None:
    def spoilt(values: MailValues) -> MailValues:
        found = example_values(kind, URL)
        texts = {
            name: typed
            for name in ("event_type", "place", "policy", "by", "reason", "notes", "workspace")
            if getattr(found, name) is not None
        }
        person = type(values.customer)(typed, values.customer.email)
        answers = tuple(type(answer)(typed, typed) for answer in values.answers)
        return type(values)(
            **{name: getattr(values, name) for name in values.__struct_fields__}
            | texts
            | {"customer": person, "answers": answers}
        )

    values = example_values(kind, URL)
    plain = Tags(render_mail(built_in(kind), values).html)
    shown = render_mail(built_in(kind), spoilt(values))
    found = Tags(shown.html).found
    assert [tag for tag in found if tag[0] != "br"] == [tag for tag in plain.found if tag[0] != "br"]


ADDRESSES = {kind: f"{URL}/dashboard/bookings" for kind in MAIL_KINDS if kind.startswith("host_")} | {
    "email_code": "012345",
    "link": f"{URL}/.EXAMPLE",
    "link_reminder": f"{URL}/.EXAMPLE",
}
"""What a mail leads to, if that is not the customer's booking."""


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_built_in_mails_hold_in_every_case(kind: MailKind) -> None:
    assert template_problems(kind, built_in(kind), URL) == []
    assert built_in(kind).problems() == []
    for sparse in (False, True):
        found = render_mail(built_in(kind), example_values(kind, URL, sparse=sparse))
        said = found.subject + found.text + found.html
        assert "None" not in said
        assert "[[" not in said
        assert "\n\n\n" not in found.text
        for text in (found.text, found.html):
            if kind.startswith("guest_"):
                assert URL not in text
            else:
                assert ADDRESSES.get(kind, f"{URL}/manage/EXAMPLE") in text


def test_a_template_that_fails_names_its_field() -> None:
    good = built_in("confirmation")
    for field in ("subject", "text", "html"):
        body = MailTemplateBody(**{"subject": good.subject, "text": good.text, field: "{{ nobody }}"})
        [problem] = template_problems("confirmation", body, URL)
        assert (problem.field, problem.message) == (field, "There is no nobody.")


def test_a_template_must_hold_where_there_is_little() -> None:
    body = MailTemplateBody(subject="{{ reason | upcase }}", text="x")
    [problem] = template_problems("cancelled", body, URL)
    assert (problem.field, problem.message) == ("subject", "This comes out empty.")
    with pytest.raises(TemplateFailed):
        render_mail(body, example_values("cancelled", URL, sparse=True))


def test_a_mail_may_be_text_alone() -> None:
    body = MailTemplateBody(subject="Booked", text="Hello {{ customer.name }}", html=" ")
    found = render_mail(body, example_values("confirmation", URL))
    assert (found.text, found.html) == ("Hello Carla Customer", "")
