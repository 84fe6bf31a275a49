"""What is sealed opens where it was sealed, with a key that is still there, and nowhere else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from admitone.sealing import KEY_LENGTH, Carried, Kept, Purpose, Sealer, UnsealError, key_of
from admitone.setting_values import KEY_ID_LENGTH

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@given(text=st.binary(max_size=200), purpose=st.sampled_from([*Kept, *Carried]), place=st.text(max_size=50))
def test_it_opens_where_it_was_sealed(text: bytes, purpose: Purpose, place: str) -> None:
    sealer = Sealer({"a": OLD})
    assert sealer.open(purpose, place, sealer.seal(purpose, place, text)) == text


@given(text=st.binary(max_size=50), one=st.text(max_size=20), other=st.text(max_size=20))
def test_it_opens_at_no_other_place_and_for_no_other_purpose(text: bytes, one: str, other: str) -> None:
    sealer = Sealer({"a": OLD})
    sealed = sealer.seal(Kept.CODE, one, text)
    if one != other:
        with pytest.raises(UnsealError):
            sealer.open(Kept.CODE, other, sealed)
    with pytest.raises(UnsealError):
        sealer.open(Kept.MANAGE_LINK, one, sealed)


@given(text=st.binary(max_size=20), data=st.data())
def test_an_altered_text_never_opens(text: bytes, data: st.DataObject) -> None:
    sealer = Sealer({"a": OLD})
    sealed = sealer.seal(Kept.CODE, "place", text)
    place = data.draw(st.integers(0, len(sealed) - 1))
    altered = sealed[:place] + data.draw(st.characters()) + sealed[place + 1 :]
    assume(altered != sealed)
    with pytest.raises(UnsealError):
        sealer.open(Kept.CODE, "place", altered)


@pytest.mark.parametrize("text", [b"", b"a", b"ab"])
def test_a_text_is_sealed_in_one_way_only(text: bytes) -> None:
    """The last letter stands for bits that are not there, and other letters for none."""
    sealer = Sealer({"a": OLD})
    sealed = sealer.seal(Kept.CODE, "place", text)
    for altered in (f"{sealed}=", f"{sealed}!", f"{sealed[:5]} {sealed[5:]}"):
        with pytest.raises(UnsealError):
            sealer.open(Kept.CODE, "place", altered)
    opened = 0
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        with suppress(UnsealError):
            opened += sealer.open(Kept.CODE, "place", sealed[:-1] + last) == text
    assert opened == 1


@pytest.mark.parametrize(
    "sealed",
    ["", ".", "a", "a.", "b.AAAA", "a.A", "a.ü", "a.AAAAAAAAAAAAAAAA", "a." + "A" * 38, "a.b.c"],
)
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(UnsealError):
        Sealer({"a": OLD}).open(Kept.CODE, "place", sealed)


@given(st.text(max_size=60))
def test_no_text_breaks_it(sealed: str) -> None:
    with pytest.raises(UnsealError):
        Sealer({"a": OLD}).open(Kept.CODE, "place", sealed)


def test_it_is_short_text_and_never_the_same_twice() -> None:
    sealer = Sealer({"k" * KEY_ID_LENGTH: OLD})
    sealed = {sealer.seal(Kept.CODE, "place", b"0123456789") for _ in range(100)}
    assert len(sealed) == 100
    for text in sealed:
        assert text.isascii()
        assert len(text) <= 64
        assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_the_first_key_seals_and_all_open() -> None:
    before = Sealer({"old": OLD})
    sealed = before.seal(Kept.CODE, "place", b"text")
    both = Sealer({"new": NEW, "old": OLD})
    assert both.open(Kept.CODE, "place", sealed) == b"text"
    assert key_of(sealed) == "old"
    again = both.seal(Kept.CODE, "place", b"text")
    assert key_of(again) == both.first == "new"
    after = Sealer({"new": NEW})
    assert after.open(Kept.CODE, "place", again) == b"text"
    with pytest.raises(UnsealError):
        after.open(Kept.CODE, "place", sealed)


def test_another_key_of_the_same_id_opens_nothing() -> None:
    sealed = Sealer({"a": OLD}).seal(Kept.CODE, "place", b"text")
    with pytest.raises(UnsealError):
        Sealer({"a": NEW}).open(Kept.CODE, "place", sealed)


@pytest.mark.parametrize("keys", [{}, {"a": b""}, {"a": bytes(KEY_LENGTH - 1)}, {"a": OLD, "b": NEW + b"x"}])
def test_keys_are_of_256_bits(keys: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(keys)
