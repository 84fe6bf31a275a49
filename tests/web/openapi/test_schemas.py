"""What is present in a record depends on who writes the record: the server, a caller, or a merge patch."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import pytest
from msgspec import UNSET, UnsetType, inspect

from admitone.domain.instant import Instant
from admitone.web.openapi.document import describe
from admitone.web.openapi.operation import JSON, api_call
from admitone.web.openapi.schemas import Form, Schemas
from admitone.web.routes import ROUTES

COMPONENTS = describe(ROUTES, "https://book.example")["components"]["schemas"]


class Place(msgspec.Struct, frozen=True):
    """Where."""

    kind: Literal["phone", "link"]
    detail: str = ""


class Guest(msgspec.Struct):
    """Who."""

    name: str


class Days(msgspec.Struct, frozen=True, tag_field="kind", tag="days"):
    """So many days."""

    days: int


class Until(msgspec.Struct, frozen=True, tag_field="kind", tag="until"):
    """Until then."""

    at: Instant


class MeetingBody(msgspec.Struct, forbid_unknown_fields=True):
    """A meeting."""

    title: str
    host: Guest
    place: Place = Place("phone", "112")
    window: Days | Until | None = Days(60)
    minutes: int = 30
    limit: int | None = None
    note: str | UnsetType = UNSET
    hours: tuple[tuple[str, str], ...] = ()
    pair: tuple[int, str] = (1, "one")
    others: dict[str, Place] = {}
    anything: dict[str, Any] = {}
    follow_ups: list[MeetingBody] = []


class MeetingView(MeetingBody, kw_only=True):
    """A meeting as it is answered."""

    id: str


class MeetingQuery(msgspec.Struct):
    """A query."""

    page: str
    kind: Literal["phone", "link"] | None = None
    limit: int = 50


SCHEMAS = Schemas(answers=[MeetingView], bodies=[MeetingBody, MeetingQuery])


def record(kind: Any, form: Form) -> dict[str, Any]:
    """The record of a type in a form."""
    name = SCHEMAS.schema(kind, form)["$ref"].rpartition("/")[2]
    found: dict[str, Any] = SCHEMAS.components[name]
    return found


ANSWERED = record(MeetingView, Form.ANSWERED)
SENT = record(MeetingBody, Form.SENT)
PATCHED = record(MeetingBody, Form.PATCHED)


def ref(name: str) -> dict[str, str]:
    """A reference to a record."""
    return {"$ref": f"#/components/schemas/{name}"}


def test_an_answer_has_every_field_that_is_not_unset() -> None:
    assert set(ANSWERED["required"]) == ANSWERED["properties"].keys() - {"note"}


def test_a_body_may_leave_out_what_has_a_default() -> None:
    assert SENT["required"] == ["title", "host"]
    assert SENT["properties"]["minutes"] == {"type": "integer", "description": "By default 30."}


def test_a_patch_may_leave_out_everything() -> None:
    assert PATCHED["required"] == []
    assert PATCHED["title"] == "MeetingPatch"
    assert PATCHED["additionalProperties"] is False


def test_null_in_a_patch_sets_the_default_where_there_is_one() -> None:
    minutes = {"anyOf": [{"type": "integer"}, {"type": "null"}], "description": "Null sets the default."}
    assert PATCHED["properties"]["minutes"] == minutes
    assert PATCHED["properties"]["title"] == {"type": "string"}
    assert PATCHED["properties"]["limit"] == {"anyOf": [{"type": "integer"}, {"type": "null"}]}


def test_a_patch_merges_records_and_replaces_lists() -> None:
    assert PATCHED["properties"]["host"] == ref("GuestPatch")
    assert PATCHED["properties"]["others"]["anyOf"][0]["additionalProperties"] == {
        "anyOf": [ref("PlacePatch"), {"type": "null"}]
    }
    assert PATCHED["properties"]["follow_ups"]["anyOf"][0]["items"] == ref("MeetingBodyInput")


@pytest.mark.parametrize(
    ("schema", "days"),
    [(ANSWERED, ref("Days")), (SENT, ref("Days")), (PATCHED, ref("DaysPatch"))],
    ids=["answered", "sent", "patched"],
)
def test_a_choice_of_records_is_told_apart_by_its_tag(schema: dict[str, Any], days: dict[str, str]) -> None:
    choice, null = schema["properties"]["window"]["anyOf"]
    assert null == {"type": "null"}
    assert choice["anyOf"][0] == days
    assert choice["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"days": days["$ref"], "until": days["$ref"].replace("Days", "Until")},
    }


def test_a_record_has_two_names_only_where_it_has_two_forms() -> None:
    assert ANSWERED["properties"]["place"] == ref("Place")
    assert SENT["properties"]["place"] == ref("PlaceInput") | {
        "description": 'By default {"kind":"phone","detail":"112"}.'
    }
    assert ANSWERED["properties"]["host"] == SENT["properties"]["host"] == ref("Guest")


def test_two_records_of_one_name_are_refused() -> None:
    class GuestPatch(msgspec.Struct):
        """A record with the name of another one's patch."""

        name: str

    schemas = Schemas(answers=[], bodies=[Guest, GuestPatch])
    schemas.schema(Guest, Form.PATCHED)
    with pytest.raises(ValueError, match="would both be called GuestPatch"):
        schemas.schema(GuestPatch, Form.SENT)


def test_a_pair_is_a_list_of_two() -> None:
    pair = {"type": "array", "minItems": 2, "maxItems": 2}
    assert ANSWERED["properties"]["hours"] == {"type": "array", "items": pair | {"items": {"type": "string"}}}
    either = {"anyOf": [{"type": "integer"}, {"type": "string"}]}
    assert ANSWERED["properties"]["pair"] == pair | {"items": either}


def test_an_enumeration_has_a_type() -> None:
    kind = SCHEMAS.components["Place"]["properties"]["kind"]
    assert kind == {"enum": ["link", "phone"], "type": "string"}


def test_a_mapping_of_anything_says_so() -> None:
    assert ANSWERED["properties"]["anything"] == {"type": "object", "additionalProperties": True}


def test_a_query_keeps_its_defaults_and_has_no_null() -> None:
    fields, required = SCHEMAS.parameters(MeetingQuery)
    assert required == ["page"]
    assert fields["kind"] == {"enum": ["link", "phone"], "type": "string"}
    assert fields["limit"] == {"type": "integer", "default": 50}


def test_no_record_of_the_document_has_what_generators_refuse() -> None:
    def keywords(part: object) -> set[str]:
        if isinstance(part, dict):
            own = {"items: false"} if part.get("items") is False else set()
            return own | {"default", "prefixItems"} & part.keys() | keywords(list(part.values()))
        return set().union(*map(keywords, part)) if isinstance(part, list) else set()

    for name, schema in COMPONENTS.items():
        assert keywords({**schema, "properties": list(schema["properties"].values())}) == set(), name


def test_no_answer_omits_defaults() -> None:
    """A field that is not always present is UNSET by default: the description follows from the types."""
    calls = [call for route in ROUTES if (call := api_call(route.handler))]
    answers = [call.answer for call in calls if call.answer and call.media_type == JSON]
    for kind in inspect.multi_type_info(answers):
        assert isinstance(kind, inspect.StructType)
        assert not getattr(kind.cls, "__origin__", kind.cls).__struct_config__.omit_defaults
