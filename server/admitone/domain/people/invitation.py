"""Invitations: an administrator invites a person into the workspace, with a role."""

from __future__ import annotations

import msgspec

from admitone.domain.people.user import Role

LIFETIME = 14 * 86_400
"""Seconds within which an invitation can be accepted."""


class InvitationBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an administrator writes."""

    email: str
    role: Role = "member"


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invited address, until `expires_at` (epoch seconds); `id` is the token's hash, `token` is sealed."""

    id: str
    email: str
    role: Role
    created_at: int
    created_by: str
    expires_at: int
    token: str
