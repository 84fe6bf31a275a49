"""The form of a resource pool: from a record to its fields, and from what was sent to the API's document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import FieldError
from admitone.domain.text import line_problems
from admitone.web.dashboard.pages.order_form import rearranged

if TYPE_CHECKING:
    from admitone.domain.pages.pool import Pool
    from admitone.web.dashboard.sent_form import SentForm

LONGEST_PRIORITY = 9


class PoolForm(msgspec.Struct):
    """Everything that the form holds; `members` are ids of booking pages with priorities as they were typed.

    `act` is the button that moved something, empty where the form is to be saved.
    """

    name: str = ""
    method: str = "round_robin"
    correction: bool = True
    members: list[tuple[str, str]] = []
    act: str = ""


def pool_as_form(pool: Pool) -> PoolForm:
    """The form of a pool as it is."""
    members = [(member.page, str(member.priority)) for member in pool.members]
    return PoolForm(pool.name, pool.method, pool.correction, members)


def read_pool(form: SentForm) -> PoolForm:
    """What was sent; what is ticked to be added comes last."""
    members = [
        (form.text(f"members.{place}.page"), form.text(f"members.{place}.priority"))
        for place in form.places("members")
    ]
    there = {page for page, _ in members}
    members += [(page, "") for page in dict.fromkeys(form.texts("add")) if page not in there]
    rows, focus = rearranged(members, form.text("act"))
    return PoolForm(form.text("name"), form.text("method"), form.is_on("correction"), rows, focus)


def pool_document(form: PoolForm) -> dict[str, Any]:
    """The document that the API would have been sent."""
    return {
        "name": form.name,
        "method": form.method,
        "correction": form.correction,
        "members": [{"page": page, "priority": int(priority or 0)} for page, priority in form.members],
    }


def pool_problems(form: PoolForm) -> list[FieldError]:
    """What the document cannot say, and the name with it: all that is wrong is said at once."""
    found = line_problems("name", form.name)
    found += [
        FieldError(f"members.{place}.priority", "Write a whole number.")
        for place, (_, priority) in enumerate(form.members)
        if priority and not (priority.isascii() and priority.isdigit() and len(priority) <= LONGEST_PRIORITY)
    ]
    return found if form.members else [*found, FieldError("members", "Choose at least one booking page.")]
