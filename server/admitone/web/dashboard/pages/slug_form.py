"""The address of a page in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.shared.slugs import slug_from
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
