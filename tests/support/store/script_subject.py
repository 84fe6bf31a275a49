"""The call of a script, tried again and again in the state that it was recorded in."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from admitone.store.codes import Code
from admitone.store.redis.scripts import load_scripts
from tests.support.redis_server import LINES
from tests.support.sizes import size
from tests.support.store.kept_state import KeptState
from tests.support.store.script_headers import read_script
from tests.support.store.spoiling import Spoilt, read_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import redis

    from tests.support.store.script_cases.call import Call
    from tests.support.store.script_cases.case import Case

SCRIPTS = load_scripts()
TRY = {"email_code"}
"""What a wrong code writes to, although it is refused: the try is counted."""
SHARE = size(1, len(LINES))
"""Under `make test`, each spoilt call is tried on one of the servers, in turn."""
AT_ONCE = 100
"""Calls in one round trip, each in the state of the recorded one."""


class Subject:
    """A recorded call, the state that it was made in, and a connection to a server of `line` to try it with.

    `depends` are the keys that the script writes to only where its arguments or its records say so.
    """

    def __init__(self, case: Case, depends: set[str], line: str, call: Call, client: redis.Redis) -> None:
        self.case = case
        self.depends = depends
        self.line = line
        self.call = call
        self.arguments = call.arguments
        self.client = client
        self.sha = client.script_load(SCRIPTS[case.script].text)
        self.kept = KeptState(client)
        self.kinds: dict[str, Any] = {key: kind for key in call.keys if (kind := client.type(key)) != b"none"}
        hashes: dict[str, Any] = {
            key: client.hkeys(key) for key, kind in self.kinds.items() if kind == b"hash"
        }
        self.fields = read_fields(call, hashes)
        self.unchecked = {key.name for key in read_script(case.script).keys if key.type == "any"}
        """What stays as it is where it cannot be written to, while everything else is done."""
        self.unspoilt = Spoilt("nothing", call.keys, call.argument)

    def attempt(self, calls: Iterable[Spoilt]) -> Iterator[tuple[Spoilt, Any, set[bytes]]]:
        """Make each call in the recorded state: what it answered, and the keys that it changed."""
        rest = iter(calls)
        while batch := list(islice(rest, AT_ONCE)):
            pipeline = self.client.pipeline(transaction=False)
            places = []
            for spoilt in batch:
                self.kept.spoil(pipeline, spoilt.before)
                places.append(len(pipeline))
                given = [] if spoilt.argument is None else [spoilt.argument]
                pipeline.evalsha(self.sha, len(spoilt.keys), *spoilt.keys, *given)
                self.kept.settle(pipeline, spoilt.before)
            found = pipeline.execute(raise_on_error=False)
            for spoilt, place in zip(batch, places, strict=True):
                *before, answer, changed = found[place - len(spoilt.before) : place + 2]
                assert before == [b"spoilt"] * len(spoilt.before), (spoilt.what, before)
                yield spoilt, answer, set(changed)

    def make(self) -> Any:
        """Make the recorded call: its answer."""
        pipeline = self.client.pipeline(transaction=False)
        pipeline.evalsha(self.sha, len(self.call.keys), *self.call.keys, self.call.argument)
        [answer] = pipeline.execute(raise_on_error=False)
        return answer

    def changed(self) -> set[bytes]:
        """The keys that `make` has changed."""
        pipeline = self.client.pipeline(transaction=False)
        self.kept.settle(pipeline)
        [changed] = pipeline.execute()
        return set(changed)

    def problems(self, calls: Iterable[Spoilt]) -> str:
        """What is wrong with how the script took these calls, or this server's share of them, a line each."""
        share = islice(calls, list(LINES).index(self.line) % SHARE, None, SHARE)
        return "\n".join(
            problem
            for spoilt, answer, changed in self.attempt(share)
            if (problem := self.problem(spoilt, answer, changed))
        )

    def problem(self, spoilt: Spoilt, answer: Any, changed: set[bytes]) -> str | None:
        """What is wrong with how the script took this call, or None."""
        code = answer[0] if isinstance(answer, list) else None
        if code == Code.CODE_WRONG and self.roles(spoilt.keys, changed) <= TRY:
            return None
        if code != Code.OK:
            return f"{spoilt.what}: {answer!r:.200}, and {changed} changed" if changed else None
        may_stay = self.depends | self.unchecked
        unchanged = self.case.changes - self.roles(spoilt.keys, changed) - may_stay
        return f"{spoilt.what}: OK, and {unchanged} did not change" if unchanged else None

    def roles(self, keys: list[str], changed: set[bytes]) -> set[str]:
        """What the header calls the keys that have changed."""
        named = read_script(self.case.script).named_keys(keys, self.arguments)
        return {name for name, those in named.items() if not changed.isdisjoint(map(str.encode, those))}
