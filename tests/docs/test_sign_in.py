"""docs/sign-in.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from admitone.config import SignUp
from admitone.domain import tokens
from admitone.google.errors import GoogleRefused
from admitone.store.records.credentials.sessions import LIFETIME
from admitone.store.records.directory import ORPHAN_AGE
from admitone.web.http.problems import STATUS
from admitone.web.http.session_cookie import FORM_FIELD, HEADER
from admitone.web.oauth import attempt_cookie
from admitone.web.oauth.google_client import CALLBACK
from admitone.web.routes import ROUTES

if TYPE_CHECKING:
    from admitone.domain.errors import Refusal

TEXT = (Path(__file__).parents[2] / "docs" / "sign-in.md").read_text()
SIGNING_IN = ("sign-", "google-", "account-", "address-")


def test_the_refusals_are_those_that_there_are() -> None:
    told = dict(re.findall(r"^\| `([a-z-]+)` \((\d+)\) \|", TEXT, re.MULTILINE))
    known = {one.code: str(int(status)) for one, status in STATUS.items() if is_of_signing_in(one)}
    assert told == known


def is_of_signing_in(refusal: type[Refusal]) -> bool:
    return refusal.code.startswith(SIGNING_IN)


def test_the_reasons_in_the_log_are_explained() -> None:
    assert GoogleRefused.__doc__
    reasons = set(re.findall(r"`([a-z_-]+)`", GoogleRefused.__doc__)) - {"reason"}
    assert {"invalid_grant", "nonce", "authorization"} < reasons
    assert [reason for reason in reasons if f"`{reason}`" not in TEXT] == []


def test_the_rules_are_those_of_the_setting() -> None:
    told = re.findall(r"^\| `([a-z]+)`[^|]*\|[^|]+\|[^|]+\|$", TEXT, re.MULTILINE)
    assert told == [rule.value for rule in SignUp]


def test_names_and_figures_are_those_of_the_code() -> None:
    assert f"<ADMITONE_PUBLIC_URL>{CALLBACK}" in TEXT
    assert CALLBACK in {route.path for route in ROUTES}
    assert f"`__Host-{attempt_cookie.PREFIX}<hash of the state>`" in TEXT
    assert f"field `{FORM_FIELD}`" in TEXT
    assert f"header `{HEADER}`" in TEXT
    assert f"{LIFETIME // 86_400} days from signing in" in TEXT
    assert f"{(tokens.SESSION_LENGTH - tokens.WORKSPACE_LENGTH) * 5} random bits" in TEXT
    assert (attempt_cookie.LIFETIME, attempt_cookie.MOST_BYTES, ORPHAN_AGE) == (600, 4096, 600)
