"""Which function does which method; what is missing here is answered 501."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle import (
    calendar_event_read,
    calendar_event_write,
    calendar_freebusy,
    calendar_list,
    calendar_watch,
    gmail_drafts,
    gmail_messages,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.fakegoogle.api import Context

HANDLERS: Mapping[str, Callable[[Context], Any]] = {
    "calendar.calendarList.list": calendar_list.list_calendars,
    "calendar.calendarList.get": calendar_list.get,
    "calendar.channels.stop": calendar_watch.stop,
    "calendar.events.delete": calendar_event_write.delete,
    "calendar.events.get": calendar_event_read.get,
    "calendar.events.insert": calendar_event_write.insert,
    "calendar.events.list": calendar_event_read.list_events,
    "calendar.events.patch": calendar_event_write.patch,
    "calendar.events.update": calendar_event_write.update,
    "calendar.events.watch": calendar_watch.watch,
    "calendar.freebusy.query": calendar_freebusy.query,
    "gmail.users.drafts.create": gmail_drafts.create,
    "gmail.users.drafts.delete": gmail_drafts.delete,
    "gmail.users.drafts.get": gmail_drafts.get,
    "gmail.users.drafts.list": gmail_drafts.list_drafts,
    "gmail.users.drafts.send": gmail_drafts.send,
    "gmail.users.drafts.update": gmail_drafts.update,
    "gmail.users.getProfile": gmail_messages.profile,
    "gmail.users.messages.get": gmail_messages.get,
    "gmail.users.messages.send": gmail_messages.send,
}
