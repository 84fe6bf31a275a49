"""A struct as a form: what is shown of a record, and the document that the sent fields stand for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta
from multidict import MultiDict

from admitone.web.dashboard.form_parts import Chosen, LeftOutIfEmpty, OneLine
from admitone.web.dashboard.sent_form import SentForm
from admitone.web.dashboard.struct_form import StructForm


class Inner(msgspec.Struct, frozen=True):
    text: str = ""
    most: int | None = None


class Days(msgspec.Struct, tag_field="kind", tag="days"):
    days: int


class Between(msgspec.Struct, tag_field="kind", tag="between"):
    first: date = msgspec.field(name="from")


class Body(msgspec.Struct):
    name: str
    size: Annotated[int, Meta(ge=1)]
    choice: Literal["a", "b"] = "a"
    is_on: bool = True
    zone: str | None = None
    buffer: Annotated[int, Meta(ge=0)] = 0
    notice: Annotated[int, Meta(ge=0)] = 60
    inner: Inner = Inner()
    window: Days | Between | None = None
    ids: list[str] = []
    numbers: Annotated[list[int], Meta(max_length=2)] = []


FORM = StructForm(Body)
FULL = Body(
    "Ada", 3, "b", True, "UTC", 5, 1440, Inner("hello", 7), Between(date(2026, 12, 1)), ["x", "y"], [60, 30]
)


def sent(**fields: Any) -> SentForm:
    """The fields as a browser sends them; `__` in a name stands for a dot."""
    found = MultiDict[Any]()
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            found.add(name.replace("__", "."), each)
    return SentForm(found)


def test_a_record_shown_and_sent_is_the_same_record() -> None:
    values = FORM.values(FULL)
    form = MultiDict[Any]()
    for name, value in values.items():
        for each in value if isinstance(value, list) else [value]:
            form.add(name, str(each))
    form_sent = SentForm(form)
    _, document = FORM.read(form_sent)
    assert form_sent.problems == []
    assert msgspec.convert(document, Body) == FULL


def test_an_empty_form_is_null_or_zero_or_required() -> None:
    form = sent()
    _, document = FORM.read(form)
    assert [problem.field for problem in form.problems] == ["size"]
    assert document == {
        "name": "",
        "size": 0,
        "choice": "",
        "is_on": False,
        "zone": None,
        "buffer": 0,
        "notice": 0,
        "inner": {"text": "", "most": None},
        "window": None,
        "ids": [],
        "numbers": [],
    }


def test_a_default_of_zero_is_shown_empty() -> None:
    values = FORM.values(Body("Ada", 3, notice=0))
    assert (values["buffer"], values["notice"], values["window.kind"]) == (None, 0, "none")


def test_a_length_of_time_has_a_unit() -> None:
    assert FORM.values(FULL).length("notice") == (1, "days")
    shown, document = FORM.read(sent(notice="2", notice__unit="hours"))
    assert document["notice"] == 120
    assert shown.length("notice") == ("2", "hours")
    assert FORM.values(FULL).length("inner.text.missing", 90) == (90, "minutes")


def test_only_the_chosen_struct_counts() -> None:
    form = sent(size="1", window__kind="days", window__days="5", window__from="no date")
    _, document = FORM.read(form)
    assert form.problems == []
    assert document["window"] == {"kind": "days", "days": 5}


def test_what_cannot_be_read_is_a_problem_at_its_field_and_is_shown_again() -> None:
    form = sent(size="many", window__kind="between", window__from="soon", inner__most="-1", numbers__1="x")
    shown, _ = FORM.read(form)
    assert {problem.field for problem in form.problems} == {"size", "window.from", "inner.most", "numbers.1"}
    assert (shown["size"], shown["window.from"]) == ("many", "soon")


def test_boxes_are_shown_again_as_they_were_ticked() -> None:
    shown, document = FORM.read(sent(size="1", ids=["x", "y"]))
    assert shown["ids"] == document["ids"] == ["x", "y"]


def test_parts_replace_the_reading_of_their_field() -> None:
    form = StructForm(
        Body,
        {
            "name": OneLine(),
            "zone": LeftOutIfEmpty(),
            "inner.most": Chosen("limit", when="own", otherwise="no"),
        },
        without=("window",),
    )
    assert form.values(FULL)["limit"] == "own"
    _, document = form.read(sent(size="1", limit="no", inner__most="8"))
    assert "zone" not in document
    assert "window" not in document
    assert document["inner"]["most"] is None
    bad = sent(size="1", name=" ", limit="own", inner__most="8")
    _, document = form.read(bad)
    assert document["inner"]["most"] == 8
    assert [problem.field for problem in bad.problems] == ["name"]


def test_only_the_named_fields() -> None:
    _, document = StructForm(Body, only=("inner",)).read(sent(inner__text="hello"))
    assert document == {"inner": {"text": "hello", "most": None}}


def test_a_type_without_a_field_needs_a_part() -> None:
    class Free(msgspec.Struct):
        answers: dict[str, str]

    with pytest.raises(TypeError, match="answers"):
        StructForm(Free).read(sent())


@pytest.mark.parametrize("choice", ["", "sometimes"])
@pytest.mark.parametrize(("when_missing", "most"), [(None, None), ("own", 8)])
def test_a_choice_that_is_not_offered_is_as_one_that_is_missing(
    choice: str, when_missing: str | None, most: int | None
) -> None:
    form = StructForm(Body, {"inner.most": Chosen("limit", "own", "no", when_missing=when_missing)})
    _, document = form.read(sent(size="1", limit=choice, inner__most="8"))
    assert document["inner"]["most"] == most
