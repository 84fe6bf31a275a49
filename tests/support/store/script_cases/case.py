"""One call of a script, and how it is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from admitone.store.store import Store

Act = Callable[[], Awaitable[Any]]
Prepare = Callable[["Store"], Awaitable[Act]]


class Case(msgspec.Struct, frozen=True):
    """`prepare` makes the state and answers what makes the call; `changes` are the keys that it writes to."""

    name: str
    script: str
    changes: frozenset[str]
    prepare: Prepare

    def __str__(self) -> str:
        return self.name


class Cases(list[Case]):
    """The cases of one capability."""

    def add(self, script: str, changes: str) -> Callable[[Prepare], Prepare]:
        """Add a case of `script`, named as its function; `changes` lists key names, separated by spaces."""

        def add(prepare: Prepare) -> Prepare:
            name = getattr(prepare, "__name__", script)
            self.append(Case(name, script, frozenset(changes.split()), prepare))
            return prepare

        return add
