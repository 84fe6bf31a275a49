"""Every kind of event has a sentence, and a name in the filter, unless it is no news for people."""

from __future__ import annotations

import re
from typing import get_args

from admitone.domain.event import EventKind
from admitone.usecases.activity.sentences import SENTENCES
from admitone.web.dashboard.activity.kind_names import GROUPS, NAMES

NO_NEWS = {"email_code.requested", "hook.received", "timer.due"}
NUMBERED = {"contacts.imported"}
PLACES = {"who", "gave", "took", "start", "booking", "link", "contact", "workflow", "tag", "record"}


def test_every_kind_is_told_or_known_to_be_no_news() -> None:
    assert {*SENTENCES, *NUMBERED, *NO_NEWS} == set(get_args(EventKind))


def test_every_kind_that_is_told_can_be_chosen_once() -> None:
    assert set(NAMES) == {*SENTENCES, *NUMBERED}
    assert sorted(kind for _, kinds in GROUPS for kind in kinds) == sorted(NAMES)


def test_sentences_name_what_can_be_named() -> None:
    for kind, text in SENTENCES.items():
        assert set(re.findall(r"%\((\w+)\)s", text)) <= PLACES, kind
