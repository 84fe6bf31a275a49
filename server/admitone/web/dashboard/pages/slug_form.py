"""The address of a page in its form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from admitone.domain.pages.page import LONGEST_SLUG
from admitone.store.records.search_words import fold
from admitone.web.dashboard.struct_form import FormPart

if TYPE_CHECKING:
    from msgspec.inspect import Field

    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues


class Slug(FormPart):
    """The slug; an empty one is made from the title."""

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> str:
        """The slug that was sent, or else the one made from the title."""
        shown[name] = form.text(name) or slug_from(form.text("title"))
        slug: str = shown[name]
        return slug


def slug_from(title: str) -> str:
    """A slug made of a title. It may still be too short; the page's own check refuses it then."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:LONGEST_SLUG].strip("-")
