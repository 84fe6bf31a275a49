"""docs/mail.md names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from admitone.domain.mail.kinds import MAIL_KINDS
from admitone.domain.mail.values import MailValues, example_values
from admitone.mail.liquid import FILTERS, ITERATIONS, LENGTH, LONGEST_MARKUP, TAGS
from admitone.mail.liquid_budget import PARTS, STEPS
from admitone.mail.smtp import SECONDS
from admitone.store.records.mail.mails import KEPT, REMEMBERED

DOCUMENT = (Path(__file__).parents[2] / "docs" / "mail.md").read_text()
ROWS = re.findall(r"^\| (`.+?) \|", DOCUMENT, re.MULTILINE)
NAMED = [name for row in ROWS for name in re.findall(r"`([a-z_.]+)`", row)]
INNER = {"#", "content", "illegal", "output"}
"""What the library calls tags, and nobody writes."""


def test_the_mails_are_those_that_there_are() -> None:
    assert NAMED[: len(MAIL_KINDS)] == list(MAIL_KINDS)


def test_the_names_are_those_that_templates_know() -> None:
    known = []
    for name, value in msgspec.to_builtins(example_values("confirmation", "")).items():
        known += [f"{name}.{part}" for part in value] if isinstance(value, dict) else [name]
    assert sorted(NAMED[len(MAIL_KINDS) :]) == sorted(known)
    assert len(known) > len(MailValues.__struct_fields__)


def test_tags_filters_and_limits_are_as_they_are() -> None:
    [said] = re.findall(r"^Tags: (.*?)Filters: (.*?)There", DOCUMENT, re.DOTALL | re.MULTILINE)
    tags, filters = (set(re.findall(r"`(\w+)`", part)) for part in said)
    assert tags == (TAGS - INNER) | {"raw"}
    assert filters == FILTERS
    assert f"at most {ITERATIONS} iterations, and {LENGTH:,} characters" in DOCUMENT
    assert f"at most {LONGEST_MARKUP:,} characters between" in DOCUMENT
    assert f"and {PARTS:,} parts" in DOCUMENT
    assert f"at most {STEPS:,} parts" in DOCUMENT
    assert (KEPT, REMEMBERED, SECONDS) == (100, 30 * 86_400, 30)
