"""For any body and parameters, the answer has Google's shape; nothing crashes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admitone.fakegoogle.api import discovery
from admitone.fakegoogle.api.call import Call, act_as, answer
from admitone.fakegoogle.api.schema import violations
from admitone.fakegoogle.oauth import tokens
from admitone.fakegoogle.state import State
from tests.support.fakegoogle.apis import ALL_SCOPES, hour
from tests.support.fakegoogle.running import signing_key

ADMIN = "admin@acme.test"
EVENTS = "/calendar/v3/calendars/primary/events"
PATHS = {
    "calendar.events.insert": EVENTS,
    "calendar.events.list": EVENTS,
    "calendar.events.get": f"{EVENTS}/{{}}",
    "calendar.events.patch": f"{EVENTS}/{{}}",
    "calendar.events.update": f"{EVENTS}/{{}}",
    "calendar.events.delete": f"{EVENTS}/{{}}",
    "calendar.events.watch": f"{EVENTS}/watch",
    "calendar.freebusy.query": "/calendar/v3/freeBusy",
    "calendar.channels.stop": "/calendar/v3/channels/stop",
    "calendar.calendarList.list": "/calendar/v3/users/me/calendarList",
    "gmail.users.messages.send": "/gmail/v1/users/me/messages/send",
    "gmail.users.drafts.create": "/gmail/v1/users/me/drafts",
    "gmail.users.drafts.send": "/gmail/v1/users/me/drafts/send",
    "gmail.users.drafts.get": "/gmail/v1/users/me/drafts/{}",
    "gmail.users.drafts.list": "/gmail/v1/users/me/drafts",
}
NASTY = (
    *("primary", ADMIN, "abc0v", "2026-03-02", "2026-03-02T09:00:00Z", "2026-03-02T10:00:00", "summary"),
    *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-29T02:30:00", "Europe/Zurich", "Mars/X"),
    *("confirmed", "cancelled", "accepted", "opaque", "true", "-1", "1", "2147483648", "startTime", "all"),
    *("VG86IGFAYi50ZXN0DQoNCg==", "a@b.test", "a\r\nX: y", "\u202e", "\U0001f600", "\x00", "../..", "%"),
    *("web_hook", "http://127.0.0.1:9/hook", "hangoutsMeet", ""),
)
INSTANTS = (
    *("2026-03-02T09:00:00Z", "2026-03-02T10:00:00", "2026-03-29T02:30:00", "2026-03-02T10:00:00.5+13:45"),
    *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9998-12-31T23:59:59-12:00", "0002-01-01T00:00:00"),
)
strings = st.sampled_from(NASTY) | st.text(max_size=5)
integers = st.integers(-(2**31), 2**31 - 1) | st.integers(-2, 60)
OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "string": strings,
    "boolean": st.booleans(),
    "integer": integers,
    "date-time": st.sampled_from(INSTANTS),
    "date": st.sampled_from(("2026-03-02", "2026-03-03", "0001-01-01", "9999-12-31")),
    "int64": integers.map(str),
    "byte": st.sampled_from(("VG86IGFAYi50ZXN0DQoNCg==", "AA", "")),
    "any": strings,
}
others = st.integers(-(2**63), 2**63) | strings | st.booleans() | st.lists(strings, max_size=1)


def like(api: discovery.Api, schema: discovery.Schema, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values with a schema's shape; most have its types, some have other values inside."""
    if "$ref" in schema:
        schema = api.schemas[schema["$ref"]]
    if schema["type"] == "array":
        return st.lists(like(api, schema["items"], depth + 1), max_size=2)
    if schema["type"] == "object":
        return _object(api, schema, depth)
    right = OF_TYPE.get(schema.get("format", ""), OF_TYPE[schema["type"]])
    return st.integers(0, 30).flatmap(lambda n: st.none() if n == 0 else others if n == 1 else right)


def _object(api: discovery.Api, schema: discovery.Schema, depth: int) -> st.SearchStrategy[Any]:
    if "additionalProperties" in schema:
        return st.dictionaries(strings, like(api, schema["additionalProperties"], depth + 1), max_size=2)
    properties = schema["properties"] if depth < 4 else {}
    named = st.sampled_from(sorted(properties)) if properties else st.nothing()
    chosen = st.lists(named, unique=True, max_size=5) if properties else st.just([])
    return chosen.flatmap(
        lambda names: st.fixed_dictionaries({name: like(api, properties[name], depth + 1) for name in names})
    )


def api_of(method_id: str) -> discovery.Api:
    return discovery.calendar() if method_id.startswith("calendar.") else discovery.gmail()


BODIES = {
    method_id: like(api_of(method_id), {"$ref": request})
    for method_id in PATHS
    if (request := api_of(method_id).methods[method_id].request) is not None
}
TIMES = st.sampled_from([hour("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"), {}])


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Call]:
    """A method and a call of it. Half of the events have valid times, so that more code runs."""
    method_id = draw(st.sampled_from(sorted(PATHS)))
    method = api_of(method_id).methods[method_id]
    names = sorted(name for name, one in method.parameters.items() if one.location == "query")
    names += ["unknown"]
    query = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(NASTY)), max_size=2))
    if "conferenceDataVersion" in names and draw(st.booleans()):
        query = [("conferenceDataVersion", "1")]
    body = draw(BODIES[method_id]) if method_id in BODIES else None
    if isinstance(body, dict) and "events" in method_id and "watch" not in method_id:
        body = {**body, **draw(TIMES)}
    path = PATHS[method_id].format(quote(draw(st.just("abc0v") | st.sampled_from(NASTY)), safe=""))
    headers = {"content-type": "application/json"}
    encoded = b"" if body is None else msgspec.json.encode(body)
    return method_id, Call(method.verb, path, query, headers, encoded, "http://127.0.0.1:1")


# No deadline: a slow machine is not a defect.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calls())
async def test_no_input_makes_it_stumble(one: tuple[str, Call]) -> None:
    method_id, call = one
    state = State(key=signing_key())
    token = tokens.issue_access_token(state.data, "client", ADMIN, ALL_SCOPES)
    existing = {"id": "abc0v", **hour("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z")}
    act_as(state, ADMIN, "calendar.events.insert", {"calendarId": "primary"}, existing, call.origin)
    call.headers["authorization"] = f"Bearer {token}"
    got = await answer(state, call)
    assert got.status in (200, 204, 400, 403, 404, 409, 410, 501), got.body
    response = api_of(method_id).methods[method_id].response
    if got.status == 200 and response is not None:
        assert violations(api_of(method_id), response, msgspec.json.decode(got.body), nulls=False) == []
