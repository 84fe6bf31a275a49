"""The secret key of a deployment without ADMITONE_SECRET_KEY: a file in its data directory."""

from __future__ import annotations

import base64
import os
import secrets
import stat
from typing import TYPE_CHECKING

from admitone.setting import ConfigError
from admitone.setting_values import SECRET_KEY_LENGTH, SecretKeys, secret_keys

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "secret.key"


def local_secret_keys(data_dir: Path) -> SecretKeys:
    """The keys in the data directory's file, which the first call creates, readable by its owner only.

    If several processes call this at once, all of them get the keys of the file that was created first.

    Raises:
        ConfigError: others can read the file, it has no keys, or it cannot be created; the text names it.
    """
    path = data_dir / FILE_NAME
    try:
        if not path.exists():
            _create(path)
    except OSError as error:
        raise ConfigError(f"ADMITONE_DATA_DIR {data_dir} cannot be used: {error}") from error
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"{path} can be read by others. Type: chmod 600 {path}")
    try:
        return secret_keys(path.read_text(encoding="ascii").strip())
    except (ValueError, PermissionError):
        raise ConfigError(
            f"{path} holds no secret key. Restore it from a backup: without it, sealed data stays sealed."
        ) from None


def existing_secret_keys(data_dir: Path) -> SecretKeys | None:
    """The keys in the data directory's file, None if there is no such file. Raises ConfigError as above."""
    return local_secret_keys(data_dir) if (data_dir / FILE_NAME).exists() else None


def _create(path: Path) -> None:
    """Write a complete draft to disk, then give it the file's name; an existing file stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{FILE_NAME}.{secrets.token_hex(8)}")
    key = base64.b64encode(secrets.token_bytes(SECRET_KEY_LENGTH)).decode()
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"1:{key}\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
