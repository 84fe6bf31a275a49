"""A master page: one page over booking pages and pools, assigned by rules (docs/rules/master-pages.md).

The checks of the rules, which need the records that the rules name, are in master_page_rules.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.availability.distribution import Method
from admitone.domain.pages.language import Language
from admitone.domain.pages.page import page_problems

if TYPE_CHECKING:
    from admitone.domain.errors import FieldError

MOST_ADDITIONAL = 8
"""Additional places of one rule at most: even with the largest pools, one script call takes all members."""
MOST_PAGES = 200
MOST_RULES = 100


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A booking page or a pool: exactly one of the two."""

    page: str | None = None
    pool: str | None = None


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes the bookings of one event type: one of the primary, who organises, and one of each more."""

    event_type: str
    primary: Reference
    additional: Annotated[list[Reference], Meta(max_length=MOST_ADDITIONAL)] = []


class MasterPageBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a master page.

    Only the definition of `rule_type` is in force (`rules`, or `pages` with `distribution` and `correction`);
    the other one is kept for switching back. `host_name` says when customers read who the host is: `before`
    they book, where the primary is one page and so one person, or `after` in any case. `locale` fixes the
    language of the page; null leaves it to the workspace, and then to the browser.
    """

    title: str
    slug: str
    rule_type: Literal["dynamic", "static"]
    description: str = ""
    rules: Annotated[list[Rule], Meta(max_length=MOST_RULES)] = []
    pages: Annotated[list[str], Meta(max_length=MOST_PAGES)] = []
    distribution: Method = "round_robin"
    correction: bool = True
    general_link: bool = True
    confirm_email: bool = False
    enabled: bool = True
    host_name: Literal["before", "after"] = "before"
    locale: Language | None = None
    theme: Literal["light", "dark", "auto"] = "auto"

    @property
    def is_dynamic(self) -> bool:
        """Whether rules assign the bookings; one-time links exist for such pages only."""
        return self.rule_type == "dynamic"

    def references(self, event_type: str) -> list[Reference | None]:
        """What the rule of an event type names for each place, the primary's first.

        One None for static rules, and for an event type without a rule.
        """
        for rule in self.rules if self.is_dynamic else ():
            if rule.event_type == event_type:
                return [rule.primary, *rule.additional]
        return [None]

    def problems(self) -> list[FieldError]:
        """The errors in the values, beyond their types; records that they name are not read."""
        return page_problems(self)


class MasterPage(MasterPageBody, frozen=True, kw_only=True):
    """A master page as it is stored."""

    id: str
    created_at: int
    locale: str | None = None
