"""The catalogues: complete, up to date, and harmless if a translation has a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.texts import catalogues, translator
from admitone.texts.catalogues import ENGLISH, Part, languages, read_catalogue, translations
from admitone.texts.kept_message import KeptMessage, keep, restore
from admitone.texts.message import count_message, message, phrase
from admitone.texts.placeholders import same_placeholders
from admitone.texts.translator import Translator
from tools.update_texts import CUSTOMER, HOSTS, PACKAGE, PARTS, files, wanted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from babel.messages.catalog import Message as Entry

CATALOGUES = [(tag, part) for part in PARTS for tag in languages(part) if tag != ENGLISH]
NUMBERS = range(200)


def entries(tag: str, part: Part) -> list[Entry]:
    """All messages of a catalogue."""
    return [entry for entry in read_catalogue(tag, part) if entry.id]


def test_customers_read_seven_languages() -> None:
    assert languages("customer") == ("en", "ar", "de", "es", "fr", "ja", "pt-BR")


@pytest.mark.parametrize(("tag", "part"), CATALOGUES)
def test_every_message_is_translated(tag: str, part: Part) -> None:
    said = {
        entry.id: [entry.string] if isinstance(entry.id, str) else entry.string
        for entry in entries(tag, part)
    }
    assert [text for text, forms in said.items() if not forms or not all(forms)] == []


def test_catalogues_have_the_messages_of_the_code_and_no_others() -> None:
    changed = [str(path) for path, content in files() if path.read_bytes() != content]
    assert changed == [], "`make texts` brings them up to date"


@pytest.mark.parametrize(("tag", "part"), CATALOGUES)
def test_translations_have_the_placeholders_of_their_message(tag: str, part: Part) -> None:
    assert [entry.id for entry in entries(tag, part) if not same_placeholders(entry)] == []


@pytest.mark.parametrize("part", PARTS)
def test_messages_have_no_markup(part: Part) -> None:
    assert [entry.id for entry in wanted(part) if re.search(r"[<>]|&#?\w+;", str(entry.id))] == []


@pytest.mark.parametrize(("tag", "part"), CATALOGUES)
def test_there_is_a_text_for_each_plural_category_of_the_language(tag: str, part: Part) -> None:
    catalogue, rule = read_catalogue(tag, part), Translator(tag).locale.plural_form
    plurals = [entry for entry in entries(tag, part) if not isinstance(entry.id, str)]
    assert {len(entry.string or ()) for entry in plurals} <= {catalogue.num_plurals}
    categories = {rule(number) for number in NUMBERS}
    assert len(categories) == catalogue.num_plurals
    chosen = Translator(tag)._translations.plural  # type: ignore[attr-defined]  # gettext has it
    assert len({(rule(number), chosen(number)) for number in NUMBERS}) == len(categories)


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Translator]:
    """A function that makes the translator of a German catalogue with this content."""
    monkeypatch.setattr(catalogues, "_file", lambda _, part: tmp_path / f"{part}.po")
    monkeypatch.setattr(translator, "translations", translations.__wrapped__)

    def make(content: str) -> Translator:
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        (tmp_path / "customer.po").write_text(head + content, "utf-8")
        return Translator("de")

    return make


@pytest.mark.parametrize("said", ["Bis %(bis)s", "Bis %s", "Bis", "100 % bis %(until)s", "%(until)d", ""])
def test_a_translation_with_other_placeholders_is_said_in_english(
    german: Callable[[str], Translator], said: str
) -> None:
    texts = german(f'msgid "Until %(until)s"\nmsgstr "{said}"\n')
    assert texts.say(message("Until %(until)s", until="noon")) == "Until noon"


def test_a_plural_with_other_placeholders_is_said_in_english(german: Callable[[str], Translator]) -> None:
    texts = german(
        'msgid "%(count)s day"\nmsgid_plural "%(count)s days"\nmsgstr[0] "ein Tag"\nmsgstr[1] "%(n)s Tage"\n'
    )
    days = [texts.say(count_message("%(count)s day", "%(count)s days", count=count)) for count in (1, 2)]
    assert days == ["1 day", "2 days"]


def test_the_dashboard_says_what_only_the_catalogue_of_customers_has(
    tmp_path: Path, german: Callable[[str], Translator]
) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (tmp_path / "dashboard.po").write_text(f'{head}msgid "Pools"\nmsgstr "Gruppen"\n', "utf-8")
    texts = german('msgid "Save"\nmsgstr "Speichern"\n')
    assert [texts.say("Pools"), texts.say("Save"), texts.say("Other")] == ["Gruppen", "Speichern", "Other"]


def test_numbers_are_written_as_the_language_writes_them(german: Callable[[str], Translator]) -> None:
    links = count_message("%(count)s link", "%(count)s links", count=12_345)
    texts = german(
        'msgid "%(count)s link"\nmsgid_plural "%(count)s links"\n'
        'msgstr[0] "%(count)s Link"\nmsgstr[1] "%(count)s Links"\n'
    )
    assert (str(links), texts.say(links)) == ("12,345 links", "12.345 Links")


@pytest.mark.parametrize("prefix", [*CUSTOMER, *HOSTS])
def test_what_decides_on_the_catalogue_of_a_text_exists(prefix: str) -> None:
    folder, _, name = prefix.rpartition("/")
    assert any(path.name.startswith(name) for path in (PACKAGE / folder).iterdir())


def test_values_that_are_messages_are_translated(german: Callable[[str], Translator]) -> None:
    texts = german(
        'msgid "%(count)s day"\nmsgid_plural "%(count)s days"\n'
        'msgstr[0] "ein Tag"\nmsgstr[1] "%(count)s Tage"\n\n'
        'msgid "In %(time)s"\nmsgstr "In %(time)s (etwa)"\n\nmsgid "a moment"\nmsgstr "einem Moment"\n'
    )
    for count, said in ((1, "In ein Tag (etwa)"), (3, "In 3 Tage (etwa)")):
        days = count_message("%(count)s day", "%(count)s days", count=count)
        assert texts.say(message("In %(time)s", time=days)) == said
    soon = message("In %(time)s", time=phrase("a moment"))
    assert (str(soon), texts.say(soon)) == ("In a moment", "In einem Moment (etwa)")


def test_a_message_comes_back_from_a_record_as_it_was(german: Callable[[str], Translator]) -> None:
    texts = german(
        'msgid "a moment"\nmsgstr "einem Moment"\n\nmsgid "In %(time)s"\nmsgstr "Erst in %(time)s"\n'
    )
    days = count_message("%(count)s day", "%(count)s days", count=3)
    for text in ("Soon", message("In %(time)s", time=phrase("a moment")), message("In %(time)s", time=days)):
        stored = msgspec.json.encode(keep(text))
        read = restore(str(text), msgspec.json.decode(stored, type=KeptMessage | None))
        assert read == text
        assert texts.say(read) == texts.say(text)
