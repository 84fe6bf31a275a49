"""Filling the places of a booking: the first choice in the candidates' order, found without trying all."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.sizes import size
from tests.support.store.examples import examples
from tests.support.store.script_headers import LUA

if TYPE_CHECKING:
    import redis as blocking

    from tests.support.redis_server import RedisServer

FILL = (
    "".join((LUA / "include" / f"{name}.lua").read_text() for name in ("arguments", "places"))
    + """
local args, asked = cmsgpack.unpack(ARGV[1]), {}
local chosen = fill(args.places, function(index)
  if asked[index] then error('asked twice') end
  asked[index] = true
  return args.free[index]
end)
return chosen or 'none'
"""
)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[list[int]], list[bool]]:
    """Candidates for each place, by index from 1, and which of them are free."""
    users = draw(st.integers(1, 6))
    one = st.lists(st.integers(1, users), unique=True, max_size=users)
    places = draw(st.lists(one, min_size=1, max_size=5))
    return places, draw(st.lists(st.booleans(), min_size=users, max_size=users))


@pytest.mark.soak
@examples(size(3000, 200))
@given(problem=problems())
def test_it_is_the_first_of_all_choices(
    redis_server: RedisServer, problem: tuple[list[list[int]], list[bool]]
) -> None:
    places, free = problem
    choices = (list(choice) for choice in product(*places) if len(set(choice)) == len(choice))
    expected = next((choice for choice in choices if all(free[index - 1] for index in choice)), None)
    with redis_server.client() as client:
        assert fill(client, places, free) == expected


def test_many_places_and_one_user_too_few_are_told_at_once(redis_server: RedisServer) -> None:
    count = 60
    with redis_server.client() as client:
        assert fill(client, [list(range(1, count))] * count, [True] * count) is None
        assert fill(client, [list(range(1, count + 1))] * count, [True] * count) == list(range(1, count + 1))


def test_a_user_who_is_not_needed_is_not_looked_at(redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        script = FILL.replace("return chosen or 'none'", "return asked[2] and 'asked' or 'not asked'")
        argument = msgspec.msgpack.encode({"places": [[1, 2]], "free": [True, True]})
        assert client.eval(script, 0, argument) == b"not asked"


def fill(client: blocking.Redis, places: list[list[int]], free: list[bool]) -> list[int] | None:
    answer: Any = client.eval(FILL, 0, msgspec.msgpack.encode({"places": places, "free": free}))
    return None if answer == b"none" else answer
