"""Show who is calling, and for which workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.google.google_view import view_google
from admitone.usecases.shared.picture_view import PictureView, view_picture

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class WorkspaceView(msgspec.Struct, frozen=True):
    """The caller's workspace."""

    id: str
    name: str


class MeView(msgspec.Struct, frozen=True):
    """The caller; `connected` says which of Google's services they gave access to.

    `reconnect` is there, and true, where Google does not take what they allowed any more. `photo` is what
    customers see beside the name, null if there is none.
    """

    id: str
    email: str
    name: str
    role: str
    timezone: str | None
    workspace: WorkspaceView
    connected: dict[str, bool]
    photo: PictureView | None


async def read_me(services: Services, caller: Caller) -> MeView:
    """The caller's own account."""
    user, settings = caller.user, await caller.snapshot.settings()
    google = await view_google(services, caller.workspace, user.id)
    return MeView(
        id=user.id,
        email=user.email,
        name=user.name,
        role=user.role,
        timezone=user.timezone,
        workspace=WorkspaceView(caller.workspace, settings.name),
        connected={
            "google": user.subject is not None,
            "calendar": google.reads_busy and google.writes_events,
            "mail": google.sends_mail,
            **({"reconnect": True} if google.needs_reconnect else {}),
        },
        photo=view_picture(services, user.photo) if user.photo else None,
    )
