"""Who reads: the language of the texts, the order of dates, the clock, the first day of the week."""

from __future__ import annotations

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.people.reader import reader_for
from admitone.texts.catalogues import languages
from admitone.web.http.locale import accepted_tags


@pytest.mark.parametrize(
    ("accepted", "page", "tag", "clock", "week_start"),
    [
        (["en-GB", "en"], None, "en-GB", "h23", 0),
        (["en-US"], "en", "en-US", "h12", 6),
        (["en"], "en-GB", "en-GB", "h12", 0),
        ([], "en-GB", "en-GB", "h23", 0),
        ([], None, "en", "h12", 0),
        (["nl-NL", "en-GB"], None, "en-GB", "h23", 0),
        (["nl-NL"], "nl", "en", "h23", 0),
        (["de-DE", "en-GB"], None, "de-DE", "h23", 0),
        (["de-AT"], "de", "de-AT", "h23", 0),
        (["en-US"], "de", "de", "h12", 6),
        (["fr-CA"], "fr", "fr-CA", "h23", 6),
        (["ar-EG"], "ar", "ar-EG", "h12", 5),
        ([], "pt-BR", "pt-BR", "h23", 6),
        (["no such tag", "x", "en-NZ"], "??", "en-NZ", "h12", 0),
    ],
)
def test_texts_are_in_a_language_that_we_speak_and_the_clock_is_the_readers(
    accepted: list[str], page: str | None, tag: str, clock: str, week_start: int
) -> None:
    reader = reader_for(accepted, page)
    assert (reader.tag, reader.clock, reader.week_start) == (tag, clock, week_start)
    assert (reader.language, reader.direction) == (
        "pt-BR" if tag == "pt-BR" else tag.partition("-")[0],
        "rtl" if tag.startswith("ar") else "ltr",
    )


@given(st.lists(st.text(max_size=20)), st.none() | st.text(max_size=20))
def test_any_text_may_come_as_a_tag(accepted: list[str], page: str | None) -> None:
    assert reader_for(accepted, page).language in languages("customer")


def test_the_languages_of_readers_load_no_locale_that_we_do_not_speak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: set[str] = set()
    load = localedata.load

    def noted(name: str) -> object:
        loaded.add(name)
        return load(name)

    monkeypatch.setattr(localedata, "load", noted)
    for identifier in localedata.locale_identifiers():
        reader_for([identifier.replace("_", "-")], identifier)
    spoken = {tag.partition("-")[0] for tag in languages("customer")}
    assert {name.partition("_")[0] for name in loaded} <= {"root", *spoken}


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("en-GB", ["en-GB"]),
        ("de;q=0.2, fr, en;q=0.8", ["fr", "en", "de"]),
        ("*, de;q=0, en;q=nan-sense, fr;q=1;x=2", []),
        (" , ;q=1, en ; q=0.5", ["en"]),
    ],
)
def test_the_header_is_read_best_first(header: str, tags: list[str]) -> None:
    assert accepted_tags(header) == tags
