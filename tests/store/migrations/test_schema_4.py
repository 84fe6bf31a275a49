"""Pages of schema 3 whose language is English leave it to the browser in schema 4; other languages stay."""

from __future__ import annotations

import pytest

from admitone.domain.pages.language import LANGUAGES
from admitone.store.migrations.migration import Record, UnreadableError
from admitone.store.migrations.schema_4 import LANGUAGES as KEPT
from admitone.store.migrations.schema_4 import TO_SCHEMA_4
from tests.support.factories import SEALER, WORKSPACE

[UPGRADE] = TO_SCHEMA_4.upgrades


def upgraded(fields: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The configuration after the migration."""
    [after] = UPGRADE.apply(Record("config", "key", WORKSPACE, "", [fields]), SEALER)
    found: dict[bytes, bytes] = after
    return found


@pytest.mark.parametrize("kind", ["booking_page", "master_page"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("en", None),
        ("en-GB", None),
        ("de", "de"),
        ("de-AT", "de"),
        ("PT", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("nl", None),
        ("tlh-Latn", None),
    ],
)
def test_a_page_keeps_a_language_that_was_chosen(kind: str, before: str, after: str | None) -> None:
    said = "null" if after is None else f'"{after}"'
    name = f"{kind}:a".encode()
    page = '{{"id":"a","title":"T","locale":{},"theme":"dark"}}'
    others = {b"counter": b"7", b"event_type:e": b'3 {"locale":"en"}', b"settings:-": b'4 {"name":"en"}'}
    done = upgraded({**others, name: b"5 " + page.format(f'"{before}"').encode()})
    assert done == {**others, name: b"5 " + page.format(said).encode()}
    assert upgraded(done) is done


def test_a_page_without_a_language_stays_as_it_is() -> None:
    fields = {b"booking_page:a": b'1 {"id":"a"}', b"master_page:b": b'1 {"id":"b","locale":null}'}
    assert upgraded(fields) is fields


def test_the_languages_that_stay_can_be_chosen() -> None:
    assert set(KEPT.values()) <= set(LANGUAGES)


def test_a_page_that_is_no_json_is_named() -> None:
    with pytest.raises(UnreadableError):
        upgraded({b"master_page:a": b"1 {"})
