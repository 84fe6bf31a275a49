"""What the audit log says about a change, in whole messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.audit import AuditAction, AuditKind

KINDS: Mapping[AuditKind, str] = {
    "api_key": message("API key"),
    "google": message("Google connection"),
    "invitation": message("Invitation"),
    "mail_template": message("Mail template"),
    "settings": message("Workspace settings"),
    "user": message("User"),
    "webhook": message("Webhook"),
}
CHANGES: Mapping[tuple[AuditKind, AuditAction], str] = {
    ("api_key", "created"): message("API key created"),
    ("api_key", "changed"): message("API key changed"),
    ("api_key", "deleted"): message("API key deleted"),
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
}
FIELDS: Mapping[str, str] = {
    "accent": message("accent"),
    "active": message("active"),
    "blocking": message("blocking calendars"),
    "calendar_sync": message("calendar sync"),
    "connected_at": message("connected at"),
    "disabled": message("disabled"),
    "domain": message("domain"),
    "email": message("email"),
    "enabled": message("enabled"),
    "endpoint": message("endpoint"),
    "epoch": message("sessions, apps and keys ended"),
    "events": message("events"),
    "expires_at": message("expires at"),
    "general_link_bookings_per_hour": message("general link bookings per hour"),
    "html": message("HTML"),
    "issuer": message("issuer"),
    "join_by_domain": message("join by domain"),
    "label": message("label"),
    "left_at": message("left at"),
    "link_expiry_days": message("link expiry days"),
    "locale": message("language"),
    "logo": message("logo"),
    "mails_per_day": message("mails per day"),
    "members_see": message("members see"),
    "name": message("name"),
    "needs_reconnect": message("needs reconnect"),
    "on_cancel": message("on cancel"),
    "photo": message("photo"),
    "reminders": message("reminders"),
    "retention_months": message("retention months"),
    "role": message("role"),
    "scopes": message("scopes"),
    "subject": message("subject"),
    "text": message("text"),
    "timezone": message("time zone"),
    "unwritable": message("unwritable calendar"),
    "user": message("user"),
    "writing": message("calendar for bookings"),
}
VALUES: Mapping[object, str] = {
    "administrator": message("administrator"),
    "member": message("member"),
    True: message("yes"),
    False: message("no"),
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
