"""The workspace's settings as the API shows and takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.mail.kinds import Reminders, reminder_problems
from admitone.domain.pages.accent import Accent
from admitone.domain.pages.language import Language, language_problems
from admitone.domain.people.time_zone import zone_problems
from admitone.domain.people.user import (
    DailyMails,
    ExpiryDays,
    HostNotices,
    HourlyBookings,
    MembersSee,
    OnCancel,
    RetentionMonths,
    Settings,
)
from admitone.domain.text import line_problems
from admitone.usecases.shared.picture_view import PictureView, view_picture

if TYPE_CHECKING:
    from admitone.domain.errors import FieldError
    from admitone.usecases.shared.services import Caller, Services


class SettingsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an administrator writes; `link_expiry_days` None means that links do not expire.

    With `join_by_domain`, people of the workspace's domain join as members at their first sign-in; without,
    they need an invitation.

    With `calendar_sync`, bookings follow their events where hosts move or delete them in Google Calendar.
    `accent` is the colour of the customers' pages, in lower case once it is written; None means ours.
    `general_link_bookings_per_hour` is how many one network address may make; None means any number.
    `mails_per_day` limits mails and invitations to people who are no users; those beyond it are held.
    With `members_see` `own`, members see their own links and bookings only; administrators see all.
    Bookings and links are erased `retention_months` after their end; None keeps them.
    With `host_notices` `once`, a host whom Google tells of a booking gets no mail of ours about it.
    With `contacts_from_bookings`, whoever books becomes a contact, if they are none yet.
    `locale` is the language of customers' pages that fix none themselves; None leaves it to the browser.
    `reporting_timezone` is the zone of the days of reports; None means the first administrator's.
    """

    name: str
    join_by_domain: bool = True
    link_expiry_days: ExpiryDays | None = 90
    on_cancel: OnCancel = "keep"
    calendar_sync: bool = False
    accent: Accent | None = None
    general_link_bookings_per_hour: HourlyBookings | None = 60
    reminders: Reminders = []
    members_see: MembersSee = "own"
    retention_months: RetentionMonths | None = None
    mails_per_day: DailyMails = 2000
    locale: Language | None = None
    host_notices: HostNotices = "once"
    contacts_from_bookings: bool = False
    reporting_timezone: str | None = None

    def problems(self) -> list[FieldError]:
        """The errors in the values, beyond their types."""
        found = line_problems("name", self.name) + reminder_problems("reminders", self.reminders)
        if self.reporting_timezone is not None:
            found += zone_problems("reporting_timezone", self.reporting_timezone)
        return found + language_problems(self.locale)


class SettingsView(SettingsBody, frozen=True, kw_only=True):
    """What was written, with defaults; `domain` is the Google Workspace domain whose people belong here.

    `logo` is null if there is none; calls of its own change it.
    """

    id: str
    url: str
    domain: str | None
    logo: PictureView | None


async def read_settings(services: Services, caller: Caller) -> SettingsView:
    """The settings of the caller's workspace."""
    return view_settings(services, caller.workspace, await caller.snapshot.settings())


def view_settings(services: Services, workspace: str, settings: Settings) -> SettingsView:
    """The view of a workspace's settings."""
    return SettingsView(
        id=workspace,
        url=f"{services.public_url}/api/v1/settings",
        name=settings.name,
        join_by_domain=settings.join_by_domain,
        link_expiry_days=settings.link_expiry_days,
        on_cancel=settings.on_cancel,
        calendar_sync=settings.calendar_sync,
        accent=settings.accent,
        general_link_bookings_per_hour=settings.general_link_bookings_per_hour,
        reminders=settings.reminders,
        members_see=settings.members_see,
        retention_months=settings.retention_months,
        mails_per_day=settings.mails_per_day,
        locale=settings.locale,
        host_notices=settings.host_notices,
        contacts_from_bookings=settings.contacts_from_bookings,
        reporting_timezone=settings.reporting_timezone,
        domain=settings.domain,
        logo=view_picture(services, settings.logo) if settings.logo else None,
    )
