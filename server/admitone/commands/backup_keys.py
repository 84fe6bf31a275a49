"""What the commands of backups share: the keys of the file, progress, and how they end."""

from __future__ import annotations

import base64
import binascii
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from admitone.secret_key_file import existing_secret_keys
from admitone.setting_values import SECRET_KEY_LENGTH
from admitone.store.backup.errors import BackupError
from admitone.store.backup.sealed_file import FILE_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from admitone.config import Config

SECONDS = 2
"""Seconds between two lines that report progress."""


def secret_keys_in_use(config: Config) -> Mapping[str, bytes]:
    """The secret keys of this deployment; raises BackupError if there is none. None is made here."""
    keys = config.secret_key or existing_secret_keys(config.data_dir)
    if keys is None:
        raise BackupError(
            "There is no secret key: set ADMITONE_SECRET_KEY, or put the file secret.key of the deployment "
            f"into {config.data_dir}."
        )
    return keys


def backup_keys(config: Config, key_file: Path | None) -> Mapping[str, bytes]:
    """The keys for the file itself: the one in `key_file`, or the secret keys. Raises BackupError."""
    if key_file is None:
        return secret_keys_in_use(config)
    try:
        key = base64.b64decode(key_file.read_bytes().strip(), validate=True)
    except OSError as error:
        raise BackupError(f"{key_file} cannot be read: {error.strerror}.") from error
    except binascii.Error:
        key = b""
    if len(key) != SECRET_KEY_LENGTH:
        raise BackupError(
            f"{key_file} must hold {SECRET_KEY_LENGTH} bytes in base64. Make one with "
            f"`openssl rand -base64 {SECRET_KEY_LENGTH}`."
        )
    return {FILE_KEY: key}


def progress() -> Callable[[str], None]:
    """Prints what it is told to standard error, every few seconds."""
    last = time.monotonic()

    def tell(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS:
            last = time.monotonic()
            click.echo(text, err=True)

    return tell


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that drafts are removed and servers ended."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
