"""Names hold no web address; what only looks a little like one is a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.text import has_web_address, line_problems, name_problems

HONEST = [
    "Booking.com",
    "J.P. Morgan",
    "24/7 Co",
    "and/or",
    "Carla Customer",
    "Dr./Prof. Meier",
    "A.B./C.D.",
    "Ph.D./M.D. Smith",
    "3.14/2",
    "No.12/3",
    "AC/DC",
    "Amazon.co.uk Ltd",
    "Carla (c/o Booking.com)",
    "½ Price",
    "St. Gallen/Zürich",
    "http",
    "Wwwala: the 1st",
    "می\u200cخواهم",
    "Node.js / Next.js",
]
ADDRESSES = [
    "https://evil.example",
    "HTTPS://EVIL",
    "x://y",
    "www.evil.example",
    "WWW.evil",
    "evil.com/",
    "Dear Carla, see evil.com/win now",
    "evil.co.uk/x",
    "evil.com:8080/x",
    "evil.com./x",
    "evil-shop.com/x",
    "bücher.example/x",
    "xn--bcher-kva.xn--p1ai/x",
    "почта.рф/x",
    "भारत.भारत/x",
    "例え。テスト/x",
    "ｅｖｉｌ．ｃｏｍ／ｘ",
    "ｗｗｗ．evil",
    "https：／／evil",
    "evil｡com/x",
    "evil․com/x",
    "evil.com∕x",
    "evil.com⁄x",
    "evil\u200b.com/x",
    "ww\u00adw.evil",
    "evil.c\u2060om/x",
    "me@evil.com/x",
    "(evil.com/x)",
]
LABELS = st.from_regex(r"[a-zа-яあ-ん][a-z0-9а-яあ-ん-]{1,10}", fullmatch=True)
DOMAINS = st.lists(LABELS, min_size=2, max_size=4)
DOTS = st.sampled_from([".", "．", "。", "｡", "․"])
SLASHES = st.sampled_from(["/", "／", "∕", "⁄"])
TEXTS = st.text(max_size=40)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_is_kept(name: str) -> None:
    assert name_problems("name", name) == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_name_with_a_web_address_is_refused_at_its_field(name: str) -> None:
    [problem] = name_problems("people.3.name", name)
    assert (problem.field, problem.message) == ("people.3.name", "Web addresses are not allowed here.")


@given(DOMAINS, DOTS, SLASHES, TEXTS, TEXTS)
def test_every_domain_before_a_slash_is_a_web_address(
    labels: list[str], dot: str, slash: str, before: str, after: str
) -> None:
    assert has_web_address(f"{before} {dot.join(labels)}{slash}{after}")


@given(st.text(st.characters(exclude_characters="/:", exclude_categories=["Cs"]), max_size=60))
def test_without_a_slash_only_www_makes_one(text: str) -> None:
    if has_web_address(text):
        assert "www." in text.casefold() or not text.isascii()


@given(TEXTS)
def test_a_name_is_still_one_line(name: str) -> None:
    if problems := line_problems("name", name):
        assert name_problems("name", name) == problems
