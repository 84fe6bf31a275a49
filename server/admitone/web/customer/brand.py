"""Whose page it is: the workspace's name and logo, and the photo of the host whom the page names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.picture import Picture

if TYPE_CHECKING:
    from admitone.domain.people.user import Settings, User


class Brand(msgspec.Struct, frozen=True):
    """What a customer's page shows of its workspace; `name` is empty if the host's name says it already."""

    name: str
    logo: Picture | None
    photo: Picture | None


def brand_of(settings: Settings, host: User | None) -> Brand:
    """The brand of a page that names `host`, or nobody. A photo is shown with its name only."""
    is_told = host is not None and host.name == settings.name and settings.logo is None
    return Brand("" if is_told else settings.name, settings.logo, host.photo if host else None)
