"""Customers' pages run in the direction of their language."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from admitone.domain.people.reader import reader_for

STYLES = ("tokens.css", "ticket.css")
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


@pytest.mark.parametrize("name", STYLES)
def test_styles_name_no_side_but_start_and_end(name: str) -> None:
    style = (files("admitone.web") / "static" / name).read_text("utf-8")
    assert PHYSICAL.findall(style) == []


def test_arabic_runs_right_to_left_and_scripts_write_its_digits_as_the_server_does() -> None:
    egyptian, german = reader_for(["ar-EG"]), reader_for(["de"])
    assert (egyptian.language, egyptian.direction) == ("ar", "rtl")
    assert (german.direction, german.script_locale) == ("ltr", "de-u-nu-latn")
    assert egyptian.script_locale == "ar-EG-u-nu-latn"
