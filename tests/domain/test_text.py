"""Text that shows nothing, and names that would turn the text around them (docs/rules/text.md)."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.links.link import Person
from admitone.domain.text import BIDI_CONTROLS, is_blank, line_problems, trimmed, without_bidi_controls
from tests.support.factories import a_booking_data, a_user, some_settings

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import BookingData
    from admitone.domain.people.user import Settings, User

UNSEEN = {
    "nothing": "",
    "blanks": " \t\n\u00a0\u2003\u3000",
    "zero-width space, joiners and byte order mark": "\u200b\u200c\u200d\u2060\ufeff",
    "bidi controls": BIDI_CONTROLS,
    "soft hyphen": "\u00ad",
    "Hangul fillers": "\u115f\u1160\u3164\uffa0",
    "Braille blank": "\u2800",
    "variation selectors": "\ufe0f\ufe00\U000e0100",
    "Mongolian separators": "\u180b\u180e\u180f",
    "Khmer inherent vowels": "\u17b4\u17b5",
    "tags": "\U000e0001\U000e0041",
    "grapheme joiner": "\u034f",
    "invisible operators": "\u2061\u2062\u2063\u2064",
    "musical marks": "\U0001d159\U0001d173",
    "reserved to be ignored": "\u2065\ufff0\U000e0fff",
}
PERSIAN = "می\u200cخواهم"
FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_shows_nothing_is_missing(text: str) -> None:
    assert is_blank(text)
    assert trimmed(text) == ""
    assert [problem.message for problem in line_problems("name", text)] == ["This field is required."]


@pytest.mark.parametrize("text", ["x", "\u200bx", PERSIAN, FAMILY, "ก", "\u0301", "❤\ufe0f", "-"])
def test_what_shows_something_is_not_missing(text: str) -> None:
    assert not is_blank(text)
    assert line_problems("name", text) == []


def test_every_format_character_and_blank_of_unicode_shows_nothing() -> None:
    unseen = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in WITHOUT_GLYPH
    ]
    assert [character for character in unseen if not is_blank(character)] == []


def test_no_letter_number_or_punctuation_counts_as_unseen() -> None:
    seen = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] in "LNPS"]
    fillers = set("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
    assert {character for character in seen if is_blank(character)} == fillers


def test_bidi_controls_are_those_of_unicode() -> None:
    explicit = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = {
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.bidirectional(chr(code)) in explicit or unicodedata.name(chr(code), "").endswith(MARKS)
    }
    assert set(BIDI_CONTROLS) == found


def test_joiners_stay_and_bidi_controls_go() -> None:
    assert without_bidi_controls(f"\u202e{PERSIAN}\u2069{FAMILY}\u200f") == PERSIAN + FAMILY


def person(name: str) -> Person:
    return Person(name, "eve@customer.test")


def booking_data(name: str) -> BookingData:
    return a_booking_data(name=name, event_type_name=name)


def user(name: str) -> User:
    return a_user(name=name)


def settings(name: str) -> Settings:
    return some_settings(name=name)


@pytest.mark.parametrize("made", [person, booking_data, user, settings])
def test_a_record_holds_no_name_that_turns_the_text_around_it(made: Any) -> None:
    record = made(" Eve\u202e gnp.exe ")
    assert record.name == "Eve gnp.exe"
    stored = msgspec.json.encode(record).replace(b"Eve ", "\u2067Eve\u202e ".encode())
    assert msgspec.json.decode(stored, type=type(record)) == record  # one that an earlier version has written


WITHOUT_GLYPH = {"Cc", "Cf", "Zl", "Zp", "Zs"}
MARKS = ("LEFT-TO-RIGHT MARK", "RIGHT-TO-LEFT MARK", "ARABIC LETTER MARK")
