"""What is wrong in the templates of a workflow, and where."""

from __future__ import annotations

import msgspec
import pytest

from admitone.domain.workflows.steps import Branch, Condition, SetField, Stop, When
from admitone.domain.workflows.trigger import Trigger
from tests.support.workflows.known import (
    BOOKED,
    LINK,
    MAKE_LINK,
    VIP,
    a_workflow,
    mail,
    places,
    problems,
    said_of,
)


def test_links_exist_after_the_step_that_makes_them_on_every_path() -> None:
    assert not said_of(LINK, MAKE_LINK)
    not_yet = "Not every run has made this link before this step: "
    name = "generate_one_time_booking_link.one_time_link"
    assert problems(a_workflow(mail(LINK), MAKE_LINK)) == {"steps.0.text": f"{not_yet}{name}."}
    assert said_of(LINK, Branch(id="if", when=VIP, then=(MAKE_LINK,))) == f"{not_yet}{name}."
    second = msgspec.structs.replace(MAKE_LINK, id="make2")
    both = Branch(id="if", when=VIP, then=(MAKE_LINK,), else_=(second,))
    assert said_of(LINK, both) == f"{not_yet}{name}."
    ends = Branch(id="if", when=VIP, then=(MAKE_LINK,), else_=(Stop(id="stop"),))
    assert not said_of(LINK, ends)
    assert not said_of("{{ generate_one_time_booking_link_2.page }}", MAKE_LINK, second)
    assert said_of("{{ generate_one_time_booking_link_3.page }}", MAKE_LINK, second).startswith(
        "There is no "
    )
    inner = Branch(id="if", when=VIP, then=(mail(LINK), MAKE_LINK, mail(LINK, id="mail2")))
    assert places(inner) == ["steps.0.then.0.text"]


def test_a_booking_exists_with_its_trigger_or_where_it_was_found() -> None:
    text = "{{ booking.start | date_in: contact.timezone }}"
    assert not said_of(text, trigger=Trigger(kind="booking.cancelled"))
    assert said_of(text) == "booking.start does not exist with this trigger."
    assert said_of(text, MAKE_LINK).startswith("Not every run has a booking here.")
    found = Branch(id="if", when=BOOKED, then=(mail(text, id="a"),))
    assert not places(MAKE_LINK, found)
    lost = Branch(id="if", when=BOOKED, then=(), else_=(mail(text),))
    assert places(MAKE_LINK, lost) == ["steps.1.else.0.text"]
    negated = When("any", (Condition("booking", "not_set"), Condition("contact.tags", "is", "vip")))
    assert not places(MAKE_LINK, Branch(id="if", when=negated, else_=(mail(text),)))
    again = msgspec.structs.replace(MAKE_LINK, id="again")
    renewed = Branch(id="if", when=BOOKED, then=(again, mail(text)))
    assert places(MAKE_LINK, renewed) == ["steps.1.then.1.text"]
    assert not places(MAKE_LINK, renewed, trigger=Trigger(kind="booking.no_show"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ contact.first_nam }}", "There is no contact.first_nam."),
        ("{{ contact }}", "There is no contact."),
        ("{{ contact.__class__ }}", "There is no contact.__class__."),
        ("{{ contact['__init__'] }}", "There is no contact.__init__."),
        ("{{ contact[contact.email] }}", "There is no contact[contact.email]."),
        ("{{ contact.tags[0] }}", "There is no contact.tags[0]."),
        ("{{ contact.fields.A }}", "There is no contact.fields.A."),
        ("{{ nobody }}", "There is no nobody."),
        ("Hello\n\n{{ nobody }}", "Line 3: There is no nobody."),
        ("{% if nobody %}{% endif %}", "There is no nobody."),
        ("{{ contact.email | append: nobody }}", "There is no nobody."),
        ("{% for a in nobody %}{{ a }}{% endfor %}", "There is no nobody."),
        ("{% for a in contact.tags %}{{ a.b }}{% endfor %}", "There is no a.b."),
        ("{% for a in contact.tags %}{% endfor %}{{ a }}", "There is no a."),
        ("{% for a in contact.tags %}{% else %}{{ a }}{% endfor %}", "There is no a."),
        ("{{ forloop.index }}", "There is no forloop.index."),
        ("{% if true %}{% assign x = 1 %}{% endif %}{{ x }}", "There is no x."),
        ("{{ x }}{% assign x = 1 %}", "There is no x."),
        ("{% case contact.phone %}{% when nobody %}{% endcase %}", "There is no nobody."),
        ("{% assign contact = 1 %}", "A template cannot make the name contact."),
        (
            "{% if true %}{% assign user = 1 %}{% endif %}{{ user.name }}",
            "A template cannot make the name user.",
        ),
        ("{% for booking in contact.tags %}{% endfor %}", "A template cannot make the name booking."),
        ("{{ contact.email | safe }}", "Unknown filter 'safe'."),
        ("{% include 'x' %}", "Unexpected tag 'include'."),
        (
            "{{ contact.email | date_in: contact.timezone }}",
            "This filter is for times, such as booking.start.",
        ),
        (
            "{{ contact.email | date_in: 'Europe/Pariss' }}",
            "Name a time zone, such as contact.timezone or 'Europe/Paris'.",
        ),
        (
            "{{ contact.email | time_in }}",
            "Name a time zone, such as contact.timezone or 'Europe/Paris'.",
        ),
    ],
)
def test_what_is_wrong_in_templates(text: str, said: str) -> None:
    assert said_of(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "{{ contact.first_name | default: 'there' }}, {{ contact.fields.company }} {{ workspace.name }}",
        "{% if contact.tags contains 'vip' %}{{ user.name }}{% else %}{{ user.email }}{% endif %}",
        "{% for a in contact.tags %}{{ a }} {{ forloop.index }} {{ forloop.last }}{% endfor %}",
        "{% assign x = contact.email %}{% if x %}{{ x | upcase }}{% assign y = x %}{{ y }}{% endif %}",
        "{% raw %}{{ nobody }}{% endraw %}{% comment %}{{ nobody }}{% endcomment %}",
        "{% case contact.locale %}{% when 'de' %}Hallo{% else %}Hello{% endcase %}",
        "{{ contact['first_name'] }} {{ contact.tags | first }} {{ contact.timezone }}",
        "{{ contact.phone | upcase | truncate: 5 | append: contact.fields.a | url_encode }}",
        "{{ contact.tags | join: ', ' | prepend: contact.last_name }}{{ contact.tags | size }}",
        "{% unless contact.phone == blank %}{{ contact.phone }}{% endunless %}",
    ],
)
def test_what_templates_can_do(text: str) -> None:
    assert not said_of(f"Hello {text}")


def test_what_comes_out_empty() -> None:
    said = "This is empty for a contact of whom only the email address is known."
    assert said_of("{% if contact.phone %}Call us{% endif %}") == said
    assert not said_of("{{ contact.phone | default: 'Write to us' }}")
    assert places(mail("Hi", subject="{{ contact.first_name }}")) == ["steps.0.subject"]
    assert not places(mail("Hi", html="{{ contact.first_name }}"))
    assert not places(SetField(id="s", name="called", value="{{ contact.phone }}"))


def test_a_sender_is_needed_for_its_values() -> None:
    step = SetField(id="s", name="seller", value="{{ user.name }}")
    assert problems(a_workflow(step, sender=None)) == {"steps.0.value": "user.name needs a sender."}


@pytest.mark.parametrize(
    "text",
    [
        "{% assign x = 'x' %}" + "{% assign x = x | append: x %}" * 40,
        "{% for a in (1..10000000) %}{% endfor %}",
        "{" * 20_000,
        "{% if true %}" * 2000 + "{% endif %}" * 2000,
        "{{ contact" + "[" * 9000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_templates_are_refused_with_their_place(text: str) -> None:
    branch = Branch(id="if", when=VIP, else_=(mail("Hi", id="a"), mail(text)))
    assert places(branch) == ["steps.0.else.1.text"]


def test_a_hundred_hostile_templates_take_no_longer_than_a_few() -> None:
    doubling = "{% assign x = 'x' %}" + "{% assign x = x | append: x %}" * 40
    hostile = [mail(f"{doubling}{number}", id=f"s{number}") for number in range(100)]
    assert len(places(*hostile)) == 5
    names = [mail(f"{{{{ nobody }}}}{number}", id=f"s{number}", subject="{{ a }}") for number in range(100)]
    assert len(places(*names)) == 100
