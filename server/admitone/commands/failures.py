"""How a command fails: one sentence on standard error and exit status 1."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from admitone.domain.errors import Invalid
from admitone.setting import ConfigError
from admitone.store.backup.errors import BackupError
from admitone.store.redis.unusable import RedisUnusableError
from admitone.store.schema import SchemaError
from admitone.web.http.connections.listen_error import ListenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.domain.errors import Refusal

P = ParamSpec("P")
T = TypeVar("T")


def told(refusal: Refusal) -> click.ClickException:
    """A refusal as the error of a command, with the fields that it is about."""
    errors = refusal.errors if isinstance(refusal, Invalid) else ()
    fields = [f"{error.field}: {error.message}" for error in errors]
    return click.ClickException("\n".join(fields) or refusal.detail)


def told_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turn errors that a person can correct into one sentence; other exceptions keep their traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (ConfigError, BackupError, RedisUnusableError, SchemaError, ListenError) as error:
            raise click.ClickException(str(error)) from error

    return run
