"""Random workflows that can be published, for property tests.

Steps are drawn with mistakes in their templates and places; `mended` takes those out that the check finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from hypothesis import strategies as st

from admitone.domain.workflows.check import publish_problems
from admitone.domain.workflows.workflow import ReEntry, WorkflowBody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.workflows.known import Known

LINK = "generate_one_time_booking_link"
TAGS = ("vip", "trial", "old")
VALUES = ("pro", "basic", "", "{{ contact.fields.plan }}")
IS_VIP = {"about": "contact.tags", "is": "is", "value": "vip"}
NAMES = (
    "contact.first_name",
    "contact.email",
    "contact.phone",
    "contact.fields.plan",
    "workspace.name",
    "user.name",
    f"{LINK}.one_time_link",
    f"{LINK}_2.one_time_link",
    f"{LINK}_2.page",
    "link.one_time_link",
    "booking.host",
    "x",
)
TIMES = ("booking.start", f"{LINK}.expires_at", f"{LINK}_2.expires_at", "link.expires_at")
EVENT_TRIGGERS = ("contact.created", "contact.tagged", "link.opened", "booking.scheduled", "booking.no_show")

_names = st.sampled_from(NAMES)
_pieces = st.one_of(
    st.sampled_from(["Hello ", "<b>", "\n"]),
    _names.map("{{{{ {} }}}}".format),
    st.sampled_from(TIMES).map("{{{{ {} | date_in: contact.timezone }}}}".format),
    st.sampled_from(TIMES).map("{{{{ {} | time_in: 'Asia/Tokyo' }}}}".format),
    _names.map("{{% assign x = {} %}}{{{{ x | upcase }}}}".format),
    st.builds(
        "{{% if {} %}}{{% assign x = 1 %}}{{{{ {} }}}}{{% else %}}{{{{ {} }}}}{{% endif %}}".format,
        _names,
        _names,
        _names,
    ),
    _names.map("{{% for x in contact.tags %}}{{{{ x }}}}{{{{ {} }}}}{{% endfor %}}".format),
    _names.map("{{% case contact.locale %}}{{% when {} %}}de{{% endcase %}}".format),
)
templates = st.lists(_pieces, min_size=1, max_size=4).map("".join)
_subjects = templates.map(lambda text: f"Hello {text}".replace("\n", " "))
_spans = st.one_of(
    st.fixed_dictionaries({"minutes": st.integers(1, 90)}),
    st.fixed_dictionaries({"hours": st.integers(1, 50)}),
    st.fixed_dictionaries({"days": st.integers(1, 9)}, optional={"at": st.just("09:00")}),
)
_waits = st.one_of(
    st.fixed_dictionaries({"for": _spans}),
    st.fixed_dictionaries({"until": st.just({"field": "renewal"})}),
    st.fixed_dictionaries({"booking": st.sampled_from([{"before": 60}, {"after": 0}, {"after": 90}])}),
    st.fixed_dictionaries({"link": st.sampled_from(["opened", "booked"]), "timeout": _spans}),
)
_conditions = st.one_of(
    st.builds(
        lambda operator, tag: {"about": "contact.tags", "is": operator, "value": tag},
        st.sampled_from(["is", "is_not", "contains", "set", "not_set"]),
        st.sampled_from(TAGS),
    ),
    st.builds(
        lambda operator, value: {"about": "link", "is": operator, "value": value},
        st.sampled_from(["is", "is_not", "set", "not_set"]),
        st.sampled_from(["opened", "booked", "active", "expired"]),
    ),
    st.builds(
        lambda operator, value: {"about": "booking", "is": operator, "value": value},
        st.sampled_from(["is", "is_not", "set", "not_set"]),
        st.sampled_from(["scheduled", "rescheduled", "cancelled", "completed"]),
    ),
    st.just({"about": "contact.fields.plan", "is": "is", "value": "pro"}),
)
_tags = st.lists(st.sampled_from(TAGS), min_size=1, max_size=2, unique=True)


def _step(kind: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **fields})


def _leaves(known: Known) -> st.SearchStrategy[dict[str, Any]]:
    pages = [page for page, what in known.pages.items() if what.makes_links]
    link = _step(LINK, page=st.sampled_from(pages), expires_in_days=st.sampled_from([None, 1, 14]))
    mail = _step("send_email", subject=_subjects, text=templates, html=st.just("") | templates)
    leaves = [
        link,
        link,
        mail,
        mail,
        _waits.flatmap(lambda wait: _step("wait", **{name: st.just(value) for name, value in wait.items()})),
        _step("add_tags", tags=_tags),
        _step("remove_tags", tags=_tags),
        _step("set_field", name=st.just("plan"), value=st.sampled_from(VALUES)),
        _step("notify_host", subject=_subjects, text=templates),
        _step("stop"),
    ]
    if known.webhooks:
        leaves.append(_step("call_webhook", webhook=st.sampled_from([*known.webhooks])))
    return st.one_of(leaves)


def _steps(known: Known) -> st.SearchStrategy[list[dict[str, Any]]]:
    when = st.fixed_dictionaries(
        {
            "match": st.sampled_from(["all", "any"]),
            "conditions": st.lists(_conditions, min_size=1, max_size=3),
        }
    )
    level = st.lists(_leaves(known), max_size=3)
    for _ in range(3):
        branch = st.fixed_dictionaries({"kind": st.just("if"), "when": when, "then": level, "else": level})
        level = st.lists(st.one_of(_leaves(known), _leaves(known), branch), max_size=4)
    return st.lists(st.one_of(_leaves(known), _leaves(known), branch), min_size=1, max_size=8)


@st.composite
def workflows(
    draw: st.DrawFn,
    known: Known,
    triggers: Sequence[str] = EVENT_TRIGGERS,
    re_entries: Sequence[ReEntry] = get_args(ReEntry),
) -> WorkflowBody:
    """A workflow that can be published, with any of these triggers."""
    document = {
        "name": "Random",
        "trigger": {"kind": draw(st.sampled_from(triggers))},
        "steps": draw(_steps(known)),
        "re_entry": draw(st.sampled_from(re_entries)),
        "stop_on_booking": draw(st.sampled_from(["own", "any", None])),
        "sender": draw(st.sampled_from(sorted(known.senders))),
    }
    return mended(document, known)


@st.composite
def chains(draw: st.DrawFn, known: Known) -> WorkflowBody:
    """A workflow that tags start and that adds tags. Nothing in it depends on what other runs do."""
    waits = st.fixed_dictionaries({"kind": st.just("wait"), "for": _spans})
    link = _step(LINK, page=st.sampled_from(sorted(known.pages)))
    mail = _step("send_email", subject=_subjects, text=templates)
    steps = st.lists(st.one_of(_step("add_tags", tags=_tags), waits, link, mail), min_size=1, max_size=5)
    filters = draw(st.none() | st.sampled_from(TAGS).map(lambda tag: {"tag": tag}))
    document = {
        "name": "Random",
        "trigger": {
            "kind": draw(st.sampled_from(["contact.tagged"] * 3 + ["contact.created"])),
            "filters": filters,
        },
        "steps": draw(steps),
        "re_entry": draw(st.sampled_from(get_args(ReEntry))),
        "sender": draw(st.sampled_from(sorted(known.senders))),
    }
    return mended(document, known)


def mended(document: dict[str, Any], known: Known) -> WorkflowBody:
    """The workflow without what the check finds: what names nothing is replaced, and steps are taken out."""
    while True:
        _give_ids(document["steps"], [0])
        body = msgspec.convert(document, WorkflowBody)
        problems = publish_problems(body, known)
        if not problems:
            return body
        # From the end, so that a step which is taken out moves none of the places before it.
        _mend(document, problems[-1].field)


def _give_ids(steps: list[dict[str, Any]], count: list[int]) -> None:
    for step in steps:
        step["id"] = f"s{count[0]}"
        count[0] += 1
        for side in ("then", "else"):
            _give_ids(step.get(side, []), count)


def _mend(document: dict[str, Any], place: str) -> None:
    if place == "steps":
        document["steps"] = [{"kind": "add_tags", "tags": [TAGS[0]]}]
        return
    found = re.fullmatch(r"(steps(?:\.\d+\.(?:then|else))*)\.(\d+)(?:\.(.+))?", place)
    assert found is not None, place
    steps: Any = document
    for name in found[1].split("."):
        steps = steps[int(name) if name.isdigit() else name]
    step, field = steps[int(found[2])], found[3] or ""
    if field in {"subject", "text", "html", "value"}:
        step[field] = "Hello"
    elif field.startswith("when.conditions."):
        step["when"]["conditions"][int(field.split(".")[2])] = IS_VIP
    elif field in {"booking", "link"}:
        del step[field]
        step.pop("timeout", None)
        step["for"] = {"hours": 5}
    else:
        del steps[int(found[2])]
