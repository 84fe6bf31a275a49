"""The form of a master page: from a record to its fields, and from what was sent to the API's document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.web.dashboard.pages.booking_page_form import slug_from
from admitone.web.dashboard.pages.order_form import rearranged

if TYPE_CHECKING:
    from admitone.domain.pages.master_page import MasterPage, Reference
    from admitone.web.dashboard.sent_form import SentForm

_MOVES = {"earlier": "up", "later": "down"}


class RuleForm(msgspec.Struct):
    """One rule; whoever takes a place is `page:ID` or `pool:ID`, and empty where none was chosen."""

    event_type: str
    primary: str = ""
    additional: list[str] = []


class MasterPageForm(msgspec.Struct):
    """Everything that the form holds, both definitions.

    `act` is as in the form of a pool; or `more.ID` for another additional place of an event type's rule,
    which always ends with an empty one; or `earlier.ID` and `later.ID`, which move a rule among the others.
    """

    title: str = ""
    slug: str = ""
    description: str = ""
    rule_type: str = "dynamic"
    rules: list[RuleForm] = []
    pages: list[str] = []
    distribution: str = "round_robin"
    correction: bool = True
    general_link: bool = True
    enabled: bool = True
    host_name: str = "before"
    theme: str = "auto"
    act: str = ""


def master_page_as_form(page: MasterPage) -> MasterPageForm:
    """The form of a master page as it is."""
    return MasterPageForm(
        title=page.title,
        slug=page.slug,
        description=page.description,
        rule_type=page.rule_type,
        rules=[
            RuleForm(rule.event_type, _choice(rule.primary), [_choice(each) for each in rule.additional])
            for rule in page.rules
        ],
        pages=page.pages,
        distribution=page.distribution,
        correction=page.correction,
        general_link=page.general_link,
        enabled=page.enabled,
        host_name=page.host_name,
        theme=page.theme,
    )


def read_master_page(form: SentForm) -> MasterPageForm:
    """What was sent; rules and places that were left empty are gone, so that places agree with errors'."""
    rules = [
        RuleForm(
            form.text(f"rules.{place}.event_type"),
            form.text(f"rules.{place}.primary"),
            [each for each in form.texts(f"rules.{place}.additional") if each],
        )
        for place in form.places("rules")
    ]
    there = [form.text(f"pages.{place}.page") for place in form.places("pages")]
    there += [page for page in dict.fromkeys(form.texts("add")) if page not in there]
    pages, act = rearranged(there, form.text("act"))
    rules, act = _moved([rule for rule in rules if rule.primary or rule.additional], act)
    return MasterPageForm(
        title=form.text("title"),
        slug=form.text("slug") or slug_from(form.text("title")),
        description=form.text("description"),
        rule_type=form.text("rule_type"),
        rules=rules,
        pages=pages,
        distribution=form.text("distribution"),
        correction=form.is_on("correction"),
        general_link=form.is_on("general_link"),
        enabled=form.is_on("enabled"),
        host_name=form.text("host_name"),
        theme=form.text("theme"),
        act=act,
    )


def master_page_document(form: MasterPageForm) -> dict[str, Any]:
    """The document that the API would have been sent."""
    document: dict[str, Any] = msgspec.to_builtins(form)
    del document["act"]
    rules = [
        {
            "event_type": rule.event_type,
            "primary": _reference(rule.primary),
            "additional": [_reference(each) for each in rule.additional],
        }
        for rule in form.rules
    ]
    return document | {"rules": rules}


def _moved(rules: list[RuleForm], act: str) -> tuple[list[RuleForm], str]:
    """The rules after `act`, and the button to be focused."""
    name, _, event_type = act.partition(".")
    place = next((place for place, rule in enumerate(rules) if rule.event_type == event_type), None)
    if place is None or name not in _MOVES:
        return rules, act
    moved, focus = rearranged(rules, f"{_MOVES[name]}.{place}")
    return moved, f"{'earlier' if focus.startswith('up') else 'later'}.{event_type}"


def _choice(reference: Reference) -> str:
    return f"pool:{reference.pool}" if reference.pool else f"page:{reference.page or ''}"


def _reference(choice: str) -> dict[str, str]:
    """Empty for what is no choice: the rule's check says so."""
    kind, _, record_id = choice.partition(":")
    return {kind: record_id} if kind in {"page", "pool"} else {}
