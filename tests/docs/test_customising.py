"""docs/customising.md names rooms, languages and figures as they are."""

from __future__ import annotations

import re
from pathlib import Path

from admitone.domain.people.user import Settings
from admitone.domain.picture import MOST_BYTES
from admitone.pictures.recode import LONGEST_SIDE, MOST_PIXELS
from admitone.store.records.mail.email_codes import LIFETIME
from admitone.texts.catalogues import languages
from admitone.web.routes import PICTURE

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "server" / "admitone" / "web" / "templates" / "dashboard"
DOCUMENT = (ROOT / "docs" / "customising.md").read_text()
HOURLY = Settings(name="", created_at=0).general_link_bookings_per_hour
TEXT = " ".join(DOCUMENT.split())


def test_rooms_and_fields_are_those_that_there_are() -> None:
    tabs = set(re.findall(r'_\("([^"]+)"\)', (TEMPLATES / "_settings_frame.html").read_text()))
    assert set(re.findall(r"\*Settings → ([A-Z][a-z ]+)\*", TEXT)) <= tabs
    forms = "".join(file.read_text() for file in TEMPLATES.rglob("*.html"))
    for name in re.findall(r"\*([A-Z][^*→]+)\*", TEXT):
        assert f'"{name}"' in forms or name == "Try again", name


def test_languages_are_those_of_the_catalogues() -> None:
    codes = TEXT.partition("in the API `locale`: ")[2].partition("or null")[0]
    assert re.findall(r"`([a-zA-Z-]+)`", codes) == sorted(languages("customer"))


def test_figures_are_those_of_the_code() -> None:
    for figure in (
        f"{HOURLY} by default",
        f"at most {PICTURE.body // 1024**2} MB, {MOST_PIXELS // 1_000_000} million pixels",
        f"{LONGEST_SIDE:,} pixels on each side",
        f"at most {MOST_BYTES // 1000} kB",
        f"good for {LIFETIME // 60} minutes",
    ):
        assert figure in TEXT, figure
