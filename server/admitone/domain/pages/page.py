"""The common fields of booking pages and master pages: title, description, slug and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from admitone.domain.errors import FieldError
from admitone.domain.pages.language import language_problems
from admitone.domain.text import line_problems, text_problems
from admitone.domain.tokens import CODE_LENGTH
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.pages.booking_page import BookingPageBody
    from admitone.domain.pages.master_page import MasterPageBody

LONGEST_SLUG = 60
_SLUG = re.compile(rf"[a-z0-9-]{{3,{LONGEST_SLUG}}}")
RESERVED_SLUGS = frozenset(
    """
    about account addon admin api app assets auth availability billing book booking bookings
    calendar callback contact dashboard demo docs error events favicon google health healthz help
    home hooks icons images invitations invite legal link links login logout manage master metrics
    new oauth pages ping pools preview pricing privacy problems profile public readyz reports reset
    resend robots security settings share sign-in sign-out sign-up signin signout signup sitemap
    static status support team teams terms test users webhooks well-known workflows workspace www
    """.split()  # noqa: SIM905 - sixty quoted words would be harder to read
)


def page_problems(page: BookingPageBody | MasterPageBody) -> list[FieldError]:
    """The errors in the title, the description, the slug and the language."""
    found = line_problems("title", page.title)
    found += text_problems("description", page.description)
    if problem := slug_problem(page.slug):
        found.append(FieldError("slug", problem))
    return found + language_problems(page.locale)


def slug_problem(slug: str) -> str | None:
    """A sentence that says what is wrong with a slug, or None.

    Twenty letters and digits could be a one-time code, which `/api/v1/book/CODE` accepts without its dot.
    """
    if not _SLUG.fullmatch(slug):
        return message("Use 3 to 60 lower-case letters, digits and hyphens.")
    if slug in RESERVED_SLUGS:
        return message("This word is reserved. Choose another one.")
    if len(slug) == CODE_LENGTH and "-" not in slug:
        return message("Twenty letters and digits look like a one-time code. Add a hyphen.")
    return None
