"""A workspace's colour can be read on every ground, whatever the colour is."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.pages.accent import DARK, LIGHT, READABLE, Scheme, contrast, is_accent, shades

TOKENS = (files("admitone.web") / "static" / "tokens.css").read_text()
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_every_colour_can_be_read(accent: str) -> None:
    for scheme, ink in ((LIGHT, "#20242a"), (DARK, "#ecebe7")):
        found = shades(accent, scheme)
        for ground in (*scheme.grounds, found.soft, found.on_accent):
            assert contrast(found.accent, ground) >= READABLE
        assert contrast(ink, found.soft) >= READABLE


@given(COLOURS, st.sampled_from([LIGHT, DARK]))
def test_a_colour_that_can_be_read_stays_as_it_is(accent: str, scheme: Scheme) -> None:
    found = shades(accent, scheme)
    assert shades(found.accent, scheme) == found


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#b93a28", "#b93a28") == 1


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    light, _, rest = TOKENS.partition("@media")
    for scheme, part in ((LIGHT, light), (DARK, rest)):
        known = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
        assert scheme.card == known["card"]
        assert set(scheme.grounds) == {known["card"], known["paper"]}
        assert scheme.on_accent == known["on-accent"]
        assert shades(known["accent"], scheme).accent == known["accent"]


def test_only_six_digits_are_a_colour() -> None:
    assert is_accent("#1e7A4c")
    for text in ("1e7a4c", "#1e7a4", "#1e7a4cc", "#1e7a4g", "#fff", "red", "", "#1e7a4c;", "#１e7a4c"):
        assert not is_accent(text)
