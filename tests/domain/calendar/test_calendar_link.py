"""Addresses of web calendars: what was said comes out of them as it went in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.calendar.calendar_link import Occasion, calendar_links

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
START, END = 1_793_005_200, 1_793_007_000  # 26 October 2026, 09:00 and 09:30 UTC


@given(TEXTS, TEXTS)
def test_texts_come_out_as_they_went_in(title: str, place: str) -> None:
    links = calendar_links(Occasion(title=title, start=START, end=END, place=place))
    for address in links.values():
        parts = urlsplit(address)
        given = parse_qs(parts.query, strict_parsing=True)
        assert address.isascii()
        assert not set(address) & set(" +\"'<>\r\n")
        assert parts.scheme == "https"
        assert given["location"] == [place]
        assert title in (given.get("text") or given["subject"])


def test_times_are_in_utc() -> None:
    links = calendar_links(Occasion(title="A", start=START, end=END, place=""))
    assert list(links) == ["Google", "Outlook.com", "Microsoft 365"]
    for name, address in links.items():
        given = parse_qs(urlsplit(address).query)
        assert "location" not in given
        if name == "Google":
            assert given["dates"] == ["20261026T090000Z/20261026T093000Z"]
        else:
            assert given["startdt"] == ["2026-10-26T09:00:00Z"]
            assert given["enddt"] == ["2026-10-26T09:30:00Z"]
