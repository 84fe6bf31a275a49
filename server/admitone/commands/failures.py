"""How a command fails: one sentence on standard error and exit status 1."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from admitone.setting import ConfigError
from admitone.store.schema import SchemaError
from admitone.store.unusable import RedisUnusableError
from admitone.web.listen import ListenError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


def told_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """What a person can mend is told in its own words; anything else stays a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (ConfigError, RedisUnusableError, SchemaError, ListenError) as error:
            raise click.ClickException(str(error)) from error

    return run
