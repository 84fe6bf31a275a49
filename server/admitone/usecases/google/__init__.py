"""Connect a Google account, and choose its calendars."""
