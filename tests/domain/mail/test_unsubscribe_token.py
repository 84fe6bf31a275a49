"""Tokens of unsubscribe links: what they name, that nobody makes one, and that they show no address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.mail.unsubscribe_token import LENGTH, hash_recipient, make_token, read_token
from admitone.domain.tokens import ALPHABET

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
CONTACT = "0123456789abcdef"
EMAIL = "carla@customer.test"
TOKEN = make_token(KEY, "AB12", CONTACT, EMAIL)


def test_a_token_names_workspace_contact_and_recipient() -> None:
    named = read_token(KEY, TOKEN)
    assert named
    assert (named.workspace, named.contact) == ("AB12", CONTACT)
    assert named.recipient == hash_recipient(KEY, "AB12", EMAIL)
    assert (len(TOKEN), TOKEN.startswith("AB12"), TOKEN.strip(ALPHABET)) == (LENGTH, True, "")


def test_it_is_the_same_each_time_and_forgives_its_case() -> None:
    assert make_token(KEY, "AB12", CONTACT, EMAIL) == TOKEN
    assert read_token(KEY, TOKEN.lower()) == read_token(KEY, TOKEN)


@given(place=st.integers(0, LENGTH - 1), letter=st.sampled_from(ALPHABET))
def test_a_token_with_another_letter_is_none(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert (read_token(KEY, changed) is None) == (changed != TOKEN)


@given(st.text(max_size=80))
def test_any_other_text_is_none(text: str) -> None:
    assert read_token(KEY, text) is None


def test_another_key_makes_others() -> None:
    assert read_token(OTHER, TOKEN) is None
    assert hash_recipient(OTHER, "AB12", EMAIL) != hash_recipient(KEY, "AB12", EMAIL)


def test_spellings_of_one_mailbox_are_one_recipient_of_one_workspace() -> None:
    one = hash_recipient(KEY, "AB12", "carla.c@gmail.com")
    assert hash_recipient(KEY, "AB12", "CarlaC+News@googlemail.com") == one
    assert hash_recipient(KEY, "AB13", "carla.c@gmail.com") != one
