"""The audit log: who changed which setting of a workspace, when, and from where.

An entry names records by id. Besides the network address of the person who acts, it holds no personal data,
and no text that could be some: of changed fields it has the names, and of those in `SHOWN` the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

AuditKind = Literal[
    "api_key",
    "calendar_feed",
    "google",
    "invitation",
    "mail_template",
    "settings",
    "user",
    "webhook",
    "workflow",
]
"""What changed; `google` (a connection to Google) and `calendar_feed` have the id of their user."""
AuditAction = Literal["created", "changed", "deleted"]
SHOWN: Mapping[AuditKind, Sequence[str]] = {
    "api_key": ("scopes",),
    "calendar_feed": ("details",),
    "google": ("scopes",),
    "invitation": ("role",),
    "mail_template": (),
    "settings": (),
    "user": ("role", "active"),
    "webhook": ("enabled",),
    "workflow": ("versions", "is_published", "is_paused"),
}
"""The kinds of record whose changes are entered, and the fields whose new values are told: none is a text."""
SECRET = frozenset(
    {
        "changed_at",
        "draft",
        "has_changes",
        "refresh_token",
        "revision",
        "secret",
        "sync_token",
        "token",
        "updated_at",
        "watches",
    }
)
"""Fields that change with others, or without anybody's decision.

The draft of a workflow is one of them: it does nothing before it is published, and an editor saves it often.
"""


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change at `at` (epoch seconds) by a user (their id) or the `system`, from an IP address if known.

    `fields` are the names of what changed, `to` the new values of some. `also` names other records that the
    same change deleted, as `kind:id`: an invitation that was accepted or replaced.
    """

    at: int
    by: str
    kind: AuditKind
    action: AuditAction
    record: str
    address: str = ""
    fields: Sequence[str] = ()
    to: Mapping[str, Any] = {}
    also: Sequence[str] = ()


def audit_entry(
    kind: str,
    record: str,
    before: msgspec.Struct | None,
    after: msgspec.Struct | None,
    *,
    by: str,
    address: str,
    at: int,
    also: Sequence[str] = (),
) -> AuditEntry | None:
    """The entry of a record that `before` was and `after` is; None stands for no record.

    None if changes of this kind are not entered, or if nothing changed.
    """
    shown = SHOWN.get(kind)  # type: ignore[call-overload]
    if shown is None:
        return None
    action: AuditAction = "created" if before is None else "deleted" if after is None else "changed"
    fields = _changed_fields(before, after) if before is not None and after is not None else []
    if action == "changed" and not fields:
        return None
    told = [name for name in shown if action == "created" or name in fields]
    return AuditEntry(
        at=at,
        by=by,
        kind=kind,  # type: ignore[arg-type]
        action=action,
        record=record,
        address=address,
        fields=fields,
        to={name: getattr(after, name) for name in told} if after is not None else {},
        also=also,
    )


def _changed_fields(before: msgspec.Struct, after: msgspec.Struct) -> list[str]:
    return [
        name
        for name in before.__struct_fields__
        if name not in SECRET and getattr(before, name) != getattr(after, name)
    ]
