"""Tokens: what people type is what was written, and what opens a record is not what names it."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain import tokens

LENGTHS = st.integers(1, 40)
TOKENS = st.text(tokens.ALPHABET, min_size=20, max_size=20)


@given(st.binary(min_size=1, max_size=40), LENGTHS)
def test_encoding_takes_five_bits_a_character_from_the_front(data: bytes, length: int) -> None:
    bits = "".join(f"{byte:08b}" for byte in data)
    if len(bits) < 5 * length:
        with pytest.raises(ValueError, match="do not fill"):
            tokens.encode(data, length)
    else:
        expected = [int(bits[i : i + 5], 2) for i in range(0, 5 * length, 5)]
        assert tokens.encode(data, length) == "".join(tokens.ALPHABET[value] for value in expected)


@given(st.integers(1, 8).flatmap(lambda n: st.binary(min_size=5 * n, max_size=5 * n)))
def test_decoding_undoes_encoding(data: bytes) -> None:
    assert tokens.decode(tokens.encode(data, len(data) * 8 // 5), len(data)) == data


def test_the_alphabet_is_crockfords() -> None:
    assert len(set(tokens.ALPHABET)) == 32
    assert not set("ILOU") & set(tokens.ALPHABET)
    assert list(tokens.ALPHABET) == sorted(tokens.ALPHABET)


@given(TOKENS)
def test_a_token_is_its_own_normal_form(token: str) -> None:
    assert tokens.normalise(token, 20) == token


@given(TOKENS, st.data())
def test_case_and_what_is_mistaken_for_a_digit_are_forgiven(token: str, data: st.DataObject) -> None:
    mistaken = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        data.draw(st.sampled_from(mistaken.get(character, character + character.lower())))
        for character in token
    )
    assert tokens.normalise(typed, 20) == token


@given(st.text(max_size=30))
def test_anything_else_is_no_token(text: str) -> None:
    allowed = tokens.ALPHABET + tokens.ALPHABET.lower() + "OoIiLl"
    is_token = len(text) == 20 and all(character in allowed for character in text)
    assert (tokens.normalise(text, 20) is not None) is is_token


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * 19,
        "0" * 21,
        "U" * 20,
        "u" * 20,
        "." + "0" * 19,
        "0" * 19 + "-",
        "0" * 19 + " ",
        "0" * 19 + "ı",  # upper-cased it would be an I
        "٠" * 20,  # digits, of another script
        "０" * 20,
        "ſ" + "0" * 19,  # upper-cased it would be an S
    ],
)
def test_lookalikes_are_no_tokens(text: str) -> None:
    assert tokens.normalise(text, 20) is None


@given(st.integers(0, 2**20 - 1))
def test_a_workspace_is_a_number_of_twenty_bits(number: int) -> None:
    workspace = tokens.encode((number << 4).to_bytes(3, "big"), tokens.WORKSPACE_LENGTH)
    assert tokens.workspace_number(workspace) == number


@given(TOKENS)
def test_an_address_names_one_token_of_one_kind_and_does_not_contain_it(token: str) -> None:
    found = {tokens.address(kind, token) for kind in ("code", "manage", "key")}
    assert len(found) == 3
    for address in found:
        assert len(address) == tokens.ID_LENGTH
        assert set(address) <= set(tokens.ALPHABET.lower())
    assert tokens.link_id(token) == tokens.address("code", token)
    assert tokens.booking_id(token) == tokens.address("manage", token)


def test_addresses_stay_what_they_are() -> None:
    """Records lie under them: a change would lose every link and booking there is."""
    assert tokens.link_id("0ABC0123456789ABCDEF") == "b0vwjgz31kdf6bjkk7zqkpc3q2"


def test_codes_have_eighty_random_bits() -> None:
    assert tokens.CODE_LENGTH - tokens.WORKSPACE_LENGTH == 80 / 5
    codes = {tokens.encode(secrets.token_bytes(10), 16) for _ in range(1000)}
    assert len(codes) == 1000
