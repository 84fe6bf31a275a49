"""Invitations: how somebody comes into a workspace that exists, as what an administrator wants them to be."""

from __future__ import annotations

import msgspec

from admitone.domain.people.user import Role

LIFETIME = 14 * 86_400
"""Seconds for which an invitation can be accepted."""


class InvitationBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an administrator writes."""

    email: str
    role: Role = "member"


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """One address that may come in until `expires_at`; the id is the hash of its token, `token` sealed."""

    id: str
    email: str
    role: Role
    created_at: int
    created_by: str
    expires_at: int
    token: str
