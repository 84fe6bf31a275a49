"""What the audit log says about a change, in whole messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.audit import AuditAction, AuditKind

KINDS: Mapping[AuditKind, str] = {
    "api_key": message("API key"),
    "calendar_feed": message("Calendar feed"),
    "google": message("Google connection"),
    "invitation": message("Invitation"),
    "mail_template": message("Mail template"),
    "settings": message("Workspace settings"),
    "user": message("User"),
    "webhook": message("Webhook"),
    "workflow": message("Workflow"),
}
CHANGES: Mapping[tuple[AuditKind, AuditAction], str] = {
    ("api_key", "created"): message("API key created"),
    ("api_key", "changed"): message("API key changed"),
    ("api_key", "deleted"): message("API key deleted"),
    ("calendar_feed", "created"): message("Calendar feed created"),
    ("calendar_feed", "changed"): message("Calendar feed changed"),
    ("calendar_feed", "deleted"): message("Calendar feed deleted"),
    ("google", "created"): message("Google connection created"),
    ("google", "changed"): message("Google connection changed"),
    ("google", "deleted"): message("Google connection deleted"),
    ("invitation", "created"): message("Invitation created"),
    ("invitation", "changed"): message("Invitation changed"),
    ("invitation", "deleted"): message("Invitation deleted"),
    ("mail_template", "created"): message("Mail template created"),
    ("mail_template", "changed"): message("Mail template changed"),
    ("mail_template", "deleted"): message("Mail template deleted"),
    ("settings", "created"): message("Workspace settings created"),
    ("settings", "changed"): message("Workspace settings changed"),
    ("settings", "deleted"): message("Workspace settings deleted"),
    ("user", "created"): message("User created"),
    ("user", "changed"): message("User changed"),
    ("user", "deleted"): message("User deleted"),
    ("webhook", "created"): message("Webhook created"),
    ("webhook", "changed"): message("Webhook changed"),
    ("webhook", "deleted"): message("Webhook deleted"),
    ("workflow", "created"): message("Workflow created"),
    ("workflow", "changed"): message("Workflow changed"),
    ("workflow", "deleted"): message("Workflow deleted"),
}
FIELDS: Mapping[str, str] = {
    "accent": phrase("accent"),
    "active": phrase("active"),
    "address": phrase("address"),
    "blocking": phrase("blocking calendars"),
    "calendar_sync": phrase("calendar sync"),
    "connected_at": phrase("connected at"),
    "contacts_from_bookings": phrase("contacts from bookings"),
    "details": phrase("details"),
    "disabled": phrase("disabled"),
    "domain": phrase("domain"),
    "email": phrase("email"),
    "enabled": phrase("enabled"),
    "endpoint": phrase("endpoint"),
    "epoch": phrase("sessions, apps and keys ended"),
    "events": phrase("events"),
    "expires_at": phrase("expires at"),
    "general_link_bookings_per_hour": phrase("general link bookings per hour"),
    "html": phrase("HTML"),
    "issuer": phrase("issuer"),
    "join_by_domain": phrase("join by domain"),
    "label": phrase("label"),
    "left_at": phrase("left at"),
    "link_expiry_days": phrase("link expiry days"),
    "locale": phrase("language"),
    "logo": phrase("logo"),
    "mails_per_day": phrase("mails per day"),
    "members_see": phrase("members see"),
    "hook": phrase("inbound hook"),
    "host_notices": phrase("mails to hosts"),
    "is_paused": phrase("paused"),
    "is_published": phrase("published"),
    "name": phrase("name"),
    "needs_reconnect": phrase("needs reconnect"),
    "on_cancel": phrase("on cancel"),
    "photo": phrase("photo"),
    "reminders": phrase("reminders"),
    "reporting_timezone": phrase("time zone of reports"),
    "retention_months": phrase("retention months"),
    "role": phrase("role"),
    "scopes": phrase("scopes"),
    "stopped_versions": phrase("versions whose runs stopped"),
    "subject": phrase("subject"),
    "text": phrase("text"),
    "timezone": phrase("time zone"),
    "unwritable": phrase("unwritable calendar"),
    "user": phrase("user"),
    "versions": phrase("versions"),
    "writing": phrase("calendar for bookings"),
}
VALUES: Mapping[object, str] = {
    "administrator": phrase("administrator"),
    "member": phrase("member"),
    True: phrase("yes"),
    False: phrase("no"),
}
"""Those that are neither numbers nor names of scopes."""


def told(name: str, value: object) -> str:
    """A field with its new value. Of scopes, Google's are addresses, which end in the scope's name."""
    if isinstance(value, list):
        said = " ".join(str(one).rpartition("/")[2] for one in value)
    else:
        said = VALUES[value] if value in VALUES else str(value)
    return message("%(field)s: %(value)s", field=field_name(name), value=said)


def field_name(name: str) -> str:
    """What changed, in a word or two. An old entry may name a field that there is no more."""
    return FIELDS.get(name, name)
