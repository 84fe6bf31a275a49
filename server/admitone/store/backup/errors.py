"""The error of backups and restores."""

from __future__ import annotations


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message tells the operator what to do."""


class UnfitServerError(BackupError):
    """This server program cannot load the snapshot, or writes what the target cannot read. Another may."""
