"""A template names the same link after steps were added, moved, copied and deleted."""

from __future__ import annotations

import msgspec

from admitone.domain.workflows.edit import Place, find_step, inserted, moved_to, removed
from admitone.domain.workflows.kept_links import with_kept_links
from admitone.domain.workflows.steps import Branch, GenerateLink, SendEmail, SetField, Step

FIRST = "{{ generate_one_time_booking_link.one_time_link }}"
SECOND = "{{ generate_one_time_booking_link_2.one_time_link }}"
A, B = GenerateLink(id="a"), GenerateLink(id="b")
STEPS: list[Step] = [
    A,
    SendEmail(id="of_a", subject="{{ user.name }}", text=FIRST),
    B,
    Branch(
        id="way",
        then=(SendEmail(id="of_b", text=SECOND),),
        else_=(SetField(id="both", value=FIRST + SECOND),),
    ),
]


def texts(steps: list[Step] | tuple[Step, ...]) -> list[str]:
    """What the three templates say."""
    mail, other, field = (find_step(steps, step) for step in ("of_a", "of_b", "both"))
    assert isinstance(mail, SendEmail)
    assert isinstance(other, SendEmail)
    assert isinstance(field, SetField)
    return [mail.text, other.text, field.value]


def test_a_link_that_is_made_first_moves_the_numbers_of_the_others() -> None:
    after = with_kept_links(STEPS, inserted(STEPS, Place(0), GenerateLink(id="new")))
    third = "{{ generate_one_time_booking_link_3.one_time_link }}"
    assert texts(list(after)) == [SECOND, third, SECOND + third]


def test_links_that_change_places_change_their_names() -> None:
    after = with_kept_links(STEPS, moved_to(STEPS, "b", Place(0)))
    assert texts(list(after)) == [SECOND, FIRST, SECOND + FIRST]


def test_a_deleted_link_is_missing_and_comes_back() -> None:
    without = with_kept_links(STEPS, removed(STEPS, "a"))
    gone = "{{ generate_one_time_booking_link_a.one_time_link }}"
    assert texts(list(without)) == [gone, FIRST, gone + FIRST]
    again = with_kept_links(without, inserted(without, Place(0), A))
    assert texts(list(again)) == texts(STEPS)


def test_what_makes_no_link_changes_no_name() -> None:
    after = [SendEmail(id="more", text=FIRST), *STEPS]
    assert msgspec.json.encode(with_kept_links(STEPS, after)) == msgspec.json.encode(after)
