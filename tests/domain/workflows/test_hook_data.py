"""What an inbound hook receives, by places, and the contact in it: whatever comes is bounded."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.contacts.contact import MOST_TAGS, VALUE, ContactBody
from admitone.domain.workflows.hook_data import LONGEST_PLACE, MOST_PLACES, contact_in, places_in, without

ORDER = {
    "customer": {"mail": "carla@customer.test", "name": " Carla\r\n ", "zone": None},
    "items": [{"email": "first@item.test"}, {"email": "second@item.test"}],
    "paid": True,
    "total": 12.5,
    "count": 3,
    "tags": ["Lead", "trial, long"],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_a_place_is_a_path_of_names_and_numbers() -> None:
    assert places_in(ORDER) == {
        "customer.mail": "carla@customer.test",
        "customer.name": " Carla\r\n ",
        "items.0.email": "first@item.test",
        "items.1.email": "second@item.test",
        "paid": "true",
        "total": "12.5",
        "count": "3",
        "tags.0": "Lead",
        "tags.1": "trial, long",
    }


def test_a_name_with_a_dot_is_found_first_at_the_top() -> None:
    assert places_in({"a": {"b": "inner"}, "a.b": "outer"}) == {"a.b": "outer"}
    assert places_in({"contact[email]": "x", "__proto__": {"x": 1}}) == {
        "contact[email]": "x",
        "__proto__.x": "1",
    }


@given(st.dictionaries(st.text(), JSON))
def test_whatever_comes_is_bounded(data: dict[str, Any]) -> None:
    found = places_in(data)
    assert len(found) <= MOST_PLACES
    assert all(len(place) <= LONGEST_PLACE and isinstance(value, str) for place, value in found.items())
    mapping = dict(zip(("email", "first_name", "tags", "fields.a", "nothing"), found, strict=False))
    body = contact_in(found, mapping)
    texts = [body.email, body.first_name or "", *body.tags, *body.fields.values()]
    assert all(text == text.strip() for text in texts)
    assert not any(character in "\r\n\x00" for text in texts for character in text)


def test_what_lies_near_the_top_is_found_under_a_heap() -> None:
    lists = {str(number): list(range(100)) for number in range(30)}
    found = places_in({"list": list(range(30_000)), "heap": lists, "customer": {"email": "x"}, "email": "y"})
    assert (len(found), found["email"], found["customer.email"]) == (MOST_PLACES, "y", "x")
    assert ("list.49" in found, "list.50" in found) == (True, False)
    deep: dict[str, Any] = {"end": 1}
    for _ in range(900):
        deep = {"d": deep}
    assert places_in(deep) == {}


def test_details_come_from_their_places() -> None:
    mapping = {
        "email": "customer.mail",
        "first_name": "customer.name",
        "timezone": "customer.zone",
        "fields.total": "total",
        "fields.paid": "paid",
        "tags": "tags",
        "fields.Wrong": "total",
        "id": "total",
        "phone": "",
    }
    assert contact_in({**places_in(ORDER), "": "x"}, mapping) == ContactBody(
        email="carla@customer.test",
        first_name="Carla",
        phone="x",
        tags=["Lead", "trial long"],
        fields={"total": "12.5", "paid": "true"},
    )


@pytest.mark.parametrize(
    ("sent", "tags"), [("a, b ,,c", ["a", "b", "c"]), (["a", "b"], ["a", "b"]), ("", []), ({"a": 1}, [])]
)
def test_tags_are_a_list_or_a_text_with_commas(sent: Any, tags: list[str]) -> None:
    assert contact_in(places_in({"t": sent}), {"tags": "t"}).tags == tags
    many = {"t": [str(number) for number in range(200)]}
    assert len(contact_in(places_in(many), {"tags": "t"}).tags) == MOST_TAGS


def test_fields_are_cut_and_without_an_address_there_is_none() -> None:
    body = contact_in({"note": "x" * 9000}, {"email": "mail", "fields.note": "note"})
    assert (body.email, len(body.fields["note"])) == ("", VALUE)


def test_details_that_no_contact_can_have_are_left_out() -> None:
    body = ContactBody(
        email="carla@customer.test", first_name="a", phone="b", tags=["x", "y"], fields={"a": "1", "b": "2"}
    )
    left = without(body, {"phone", "tags.0", "fields.b", "email", "fields"})
    assert left == msgspec.structs.replace(body, phone=None, tags=["y"], fields={"a": "1"})
