"""The function for each method; a method that is not listed here is answered with 501."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.calendar import calendar_list, event_read, event_write, freebusy, watch
from admitone.fakegoogle.gmail import drafts, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.fakegoogle.api.call import Context

HANDLERS: Mapping[str, Callable[[Context], Any]] = {
    "calendar.calendarList.list": calendar_list.list_calendars,
    "calendar.calendarList.get": calendar_list.get,
    "calendar.channels.stop": watch.stop,
    "calendar.events.delete": event_write.delete,
    "calendar.events.get": event_read.get,
    "calendar.events.insert": event_write.insert,
    "calendar.events.list": event_read.list_events,
    "calendar.events.patch": event_write.patch,
    "calendar.events.update": event_write.update,
    "calendar.events.watch": watch.watch,
    "calendar.freebusy.query": freebusy.query,
    "gmail.users.drafts.create": drafts.create,
    "gmail.users.drafts.delete": drafts.delete,
    "gmail.users.drafts.get": drafts.get,
    "gmail.users.drafts.list": drafts.list_drafts,
    "gmail.users.drafts.send": drafts.send,
    "gmail.users.drafts.update": drafts.update,
    "gmail.users.getProfile": messages.profile,
    "gmail.users.messages.get": messages.get,
    "gmail.users.messages.send": messages.send,
}
