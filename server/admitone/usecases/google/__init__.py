"""Connect and disconnect a Google account, and choose its calendars."""
