"""CSV that spreadsheets open as it is, and compute nothing of."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.csv_text import csv_text, plain

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), min_size=1))
def test_every_text_comes_back_but_for_the_apostrophe(cells: list[str]) -> None:
    [row] = csv.reader(io.StringIO(csv_text([cells]), newline=""))
    assert row == [plain(cell) for cell in cells]
    assert all(cell in {text, f"'{text}"} for cell, text in zip(row, cells, strict=True))
    assert not any(cell.lstrip().startswith(SIGNS) for cell in row)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_formula_begins_with_an_apostrophe(sign: str) -> None:
    assert plain(f"{sign}SUM(A1)") == f"'{sign}SUM(A1)"
    assert plain(f" \u00a0{sign}=SUM(A1)") == f"' \u00a0{sign}=SUM(A1)"
    assert plain(f"A1{sign}") == f"A1{sign}"


def test_texts_are_quoted_and_numbers_are_not() -> None:
    assert csv_text([["a;=b", -1, None, 'say "x"']]) == '"a;=b",-1,"","say ""x"""\r\n'
