"""Every sentence that Python code says to people is marked for translation."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from tests.support.texts.unmarked_code import unmarked_in_code

PACKAGE = Path(str(files("admitone")))
ENGLISH_ONLY = (
    "commands/",
    "config.py",
    "fakegoogle/",
    "secret_key_file.py",
    "setting.py",
    "store/",
    "usecases/times/slots_document.py",
    "web/http/connections/sockets.py",
    "web/http/metrics.py",
    "web/http/request_figures.py",
    "web/http/siblings.py",
    "domain/people/oauth.py",
    "usecases/accounts/oauth_tokens.py",
    "web/addon/deployment.py",
    "web/api/",
    "web/dashboard/struct_form.py",
    "web/oauth/answers.py",
    "web/openapi/",
)
"""What operators and programmers read: commands, settings, metrics, OAuth errors, the API's description."""
NOT_SAID = {
    "domain/availability/zones.py": ["A ZoneInfo has an offset for every datetime."],
    "domain/documents.py": [
        "Expected `([^`]*)`(?: of length)?(?: (>=|<=)?\\s*(-?[\\d.]+))?(?:, got .*)?",
        "Object missing required field `(.*)`",
        "Object contains unknown field `(.*)`",
        "Invalid RFC3339 encoded date",
    ],
    "domain/people/seen.py": ["Mac OS X"],
    "domain/people/territories.py": ["AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"],
    "mail/smtp.py": ["It answered \0 \0", "It cannot be reached (\0)"],
    "web/http/connections/connection.py": ["Too many headers received"],
    "web/http/middlewares.py": ['Bearer error="invalid_token"'],
}
"""Patterns, names and the like, and what only the command `doctor` says."""
EXAMPLES = "domain/mail/values.py"
"""Its texts stand for what people type."""


def test_sentences_in_code_are_marked() -> None:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(ENGLISH_ONLY) and name != EXAMPLES:
            texts = unmarked_in_code(path.read_text("utf-8"))
            found[name] = [text for text in texts if text not in NOT_SAID.get(name, [])]
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_every_exception_is_still_needed() -> None:
    for name, texts in NOT_SAID.items():
        assert set(texts) <= set(unmarked_in_code((PACKAGE / name).read_text("utf-8"))), name
    assert all((PACKAGE / name).exists() for name in (*ENGLISH_ONLY, EXAMPLES))


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('raise invalid("name", "Choose a name.")', ["Choose a name."]),
        ('raise invalid("name", message("Choose a name."))', []),
        ('yield "name", f"At most {most} names."', ["At most \0 names."]),
        ('count_message("%(count)s Name.", "%(count)s of the names.", count=2)', []),
        ('message("At %(time)s.", time="Half past ten.")', []),
        ('class Gone(Refusal):\n    """It is gone."""\n    sentence = "It is gone."', ["It is gone."]),
        ('LABELS = {"moved": "Taken over"}', ["Taken over"]),
        ('log.info("mail-sent", way="by smtp"); key = "Authorization"', []),
        ('KEPT = 5\n"""Numbers that are kept."""', []),
    ],
)
def test_what_counts_as_unmarked(code: str, texts: list[str]) -> None:
    assert unmarked_in_code(code) == texts
