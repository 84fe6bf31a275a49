"""The language of customers' pages: fixed by the page, else by its workspace, else that of the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from admitone.domain.errors import FieldError
from admitone.texts.catalogues import languages
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.domain.pages.master_page import MasterPage
    from admitone.domain.people.user import Settings

LANGUAGES = languages("customer")
"""The languages in which customers' pages exist, as language tags (BCP 47)."""
Language = Annotated[str, Meta(extra_json_schema={"enum": list(LANGUAGES)})]
"""One of LANGUAGES. The description of the API lists them; `language_problems` refuses others.

Stored records have a plain text in its place: a new language changes no stored format.
"""


def language_problems(locale: str | None) -> list[FieldError]:
    """The error in the field `locale`, unless it is null or a language in which customers' pages exist."""
    if locale is None or locale in LANGUAGES:
        return []
    known = ", ".join(LANGUAGES)
    return [FieldError("locale", message("Choose one of these languages: %(known)s.", known=known))]


def fixed_language(page: BookingPage | MasterPage | None, settings: Settings) -> str | None:
    """The language that the page fixes, or else its workspace; None if customers' browsers decide."""
    return (page.locale if page else None) or settings.locale
