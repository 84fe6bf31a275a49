"""A user, the settings of the workspace, and API keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.mail.kinds import Reminders
from admitone.domain.pages.accent import Accent
from admitone.domain.people.scopes import Scope
from admitone.domain.picture import Picture
from admitone.domain.text import kept_name

Role = Literal["administrator", "member"]
OnCancel = Literal["keep", "reactivate"]
MembersSee = Literal["own", "all"]
"""What members see of links and bookings: their own (docs/rules/members.md), or all of the workspace."""
HostNotices = Literal["once", "always"]
"""Whether a host whom Google tells of a booking gets our mail, too: `once` means that they do not."""
ExpiryDays = Annotated[int, Meta(ge=1, le=365)]
LONGEST_RETENTION = 120
RetentionMonths = Annotated[int, Meta(ge=1, le=LONGEST_RETENTION)]
DailyMails = Annotated[int, Meta(ge=1, le=20_000)]
HourlyBookings = Annotated[int, Meta(ge=1, le=1000)]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A user of one workspace; (issuer, subject) identifies them after their first sign-in with Google."""

    id: str
    email: str
    name: str
    role: Role
    created_at: int
    active: bool = True
    issuer: str | None = None
    subject: str | None = None
    timezone: str | None = None
    epoch: int = 0
    """Raised when the user is deactivated, leaves or signs out everywhere; credentials of before then end."""
    left_at: int | None = None
    """When the user left the workspace, in epoch seconds: they bear no name in the directory since then."""
    photo: Picture | None = None
    """Customers see it beside the name of their host."""

    def __post_init__(self) -> None:
        """Keep a name that cannot turn the text around it, whether typed or from Google."""
        msgspec.structs.force_setattr(self, "name", kept_name(self.name))

    def accepts(self, epoch: int) -> bool:
        """Whether a session, grant, token or API key that was issued in `epoch` still acts for the user."""
        return self.active and self.epoch == epoch


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a workspace; with `link_expiry_days` None, links do not expire.

    `accent` is the colour of the customers' pages, None for ours. `general_link_bookings_per_hour` is the
    maximum for one network address, None for no limit.
    """

    name: str
    created_at: int
    domain: str | None = None
    join_by_domain: bool = True
    """Whether people of `domain` become members at their first sign-in; otherwise they need an invitation."""
    link_expiry_days: ExpiryDays | None = 90
    on_cancel: OnCancel = "keep"
    calendar_sync: bool = False
    """Whether a booking follows its event when a host moves or deletes it in Google Calendar."""
    accent: Accent | None = None
    general_link_bookings_per_hour: HourlyBookings | None = 60
    reminders: Reminders = []
    """When customers are reminded; an event type can have reminders of its own."""
    members_see: MembersSee = "own"
    retention_months: RetentionMonths | None = None
    """Months after their end at which bookings and links are erased; None keeps them."""
    mails_per_day: DailyMails = 2000
    """Mails and invitations to people who are no users, but for confirmations of one-time links."""
    locale: str | None = None
    """The language of customers' pages that fix none themselves; None: the customer's browser decides."""
    host_notices: HostNotices = "once"
    contacts_from_bookings: bool = False
    """Whether whoever books becomes a contact."""
    reporting_timezone: str | None = None
    """The zone of the days of reports; None: the first administrator's."""
    logo: Picture | None = None
    """Customers see it on their pages, beside the workspace's name."""

    def __post_init__(self) -> None:
        """Keep a name that cannot turn the text around it: mails show it."""
        msgspec.structs.force_setattr(self, "name", kept_name(self.name))


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """An API key of one user; the key itself is shown once; `id` is its hash.

    `expires_at` is in epoch seconds, None for never. `epoch` is the user's when the key was made.
    """

    id: str
    user: str
    label: str
    created_at: int
    scopes: Sequence[Scope]
    expires_at: int | None = None
    epoch: int = 0

    def is_live(self, user: User, now: int) -> bool:
        """Whether the key still acts for its user."""
        return user.accepts(self.epoch) and (self.expires_at is None or now < self.expires_at)
